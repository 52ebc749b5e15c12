package io.overt.engine.hosts;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.StorageHosts;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.BootProtocol;
import io.overt.model.types.CustomProperty;
import io.overt.model.types.Host;
import io.overt.model.types.HostNic;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Identified;
import io.overt.model.types.Ip;
import io.overt.model.types.IpAddressAssignment;
import io.overt.model.types.IpVersion;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkAttachment;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.Option;
import io.overt.model.types.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Arranges the networks of a host. What was arranged is the host's to remember: afterwards it is
 * read back from what the host says of itself.
 */
final class HostNetworkSetup {
  private static final Set<HostStatus> POSSIBLE =
      Set.of(HostStatus.UP, HostStatus.MAINTENANCE, HostStatus.NON_OPERATIONAL);

  /** oVirt: NetworkConnectivityCheckTimeoutInSeconds. */
  private static final long STANDARD_PATIENCE = 120;

  private static final Duration WORK = Duration.ofMinutes(3);
  private static final Duration CONFIRM = Duration.ofSeconds(1);
  private static final Duration REPORT_WITHIN = Duration.ofSeconds(10);

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Resource<Host> hosts;
  private final String id;

  HostNetworkSetup(Platform platform, Supplier<Fleet> fleet, Resource<Host> hosts, String id) {
    this.platform = platform;
    this.fleet = fleet;
    this.hosts = hosts;
    this.id = id;
  }

  /**
   * What is to be changed.
   *
   * @param patience seconds that the host waits for the engine to reach it again; 0 = not at all
   */
  record Change(
      List<NetworkAttachment> modified,
      List<NetworkAttachment> removed,
      List<HostNic> modifiedBonds,
      List<HostNic> removedBonds,
      long patience,
      boolean commit) {

    static Change of(List<NetworkAttachment> modified, List<NetworkAttachment> removed) {
      return new Change(modified, removed, List.of(), List.of(), STANDARD_PATIENCE, false);
    }

    Change withBonds(List<HostNic> modifiedOnes, List<HostNic> removedOnes) {
      return new Change(modified, removed, modifiedOnes, removedOnes, patience, commit);
    }

    static long patience(@Nullable Boolean check, @Nullable Long seconds) {
      return Boolean.FALSE.equals(check)
          ? 0
          : Objects.requireNonNullElse(seconds, STANDARD_PATIENCE);
    }
  }

  /** Does it, and comes back when the host has said what it has now. */
  void perform(Call call, Change change) {
    Entity<Host> host = hosts.require(call, platform.snapshot(), id);
    requirePossible(host);
    Map<String, Object> networks = new LinkedHashMap<>();
    for (NetworkAttachment attachment : change.removed()) {
      networks.put(name(host, attachment), Map.of("remove", true));
    }
    for (NetworkAttachment attachment : change.modified()) {
      networks.put(name(host, attachment), described(host, attachment, change.modifiedBonds()));
    }
    Map<String, Object> bondings = new LinkedHashMap<>();
    change.removedBonds().forEach(bond -> bondings.put(nicName(bond), Map.of("remove", true)));
    change.modifiedBonds().forEach(bond -> bondings.put(nicName(bond), bonding(bond)));
    if (networks.isEmpty() && bondings.isEmpty()) {
      return;
    }
    call(
        call,
        host,
        "Host.setupNetworks",
        Map.of(
            "networks",
            networks,
            "bondings",
            bondings,
            "options",
            Map.of(
                "connectivityCheck", change.patience() > 0,
                "connectivityTimeout", change.patience(),
                "commitOnSuccess", change.commit())));
    awaitReport();
  }

  /** From now on the host starts with the networks that it has. */
  void commit(Call call) {
    Entity<Host> host = hosts.require(call, platform.snapshot(), id);
    requirePossible(host);
    call(call, host, "Host.setSafeNetworkConfig", Map.of());
  }

  private static void requirePossible(Entity<Host> host) {
    HostStatus status = HostRules.status(host.value());
    if (!POSSIBLE.contains(status)) {
      throw ApiFault.conflict(
          "Cannot change the networks of host '%s': it is %s, not up or in maintenance."
              .formatted(host.value().name(), status.wire()));
    }
  }

  /** While the host works, it is told that the engine still reaches it. */
  private void call(Call call, Entity<Host> host, String verb, Map<String, ?> parameters) {
    CountDownLatch done = new CountDownLatch(1);
    Thread confirming = Thread.ofVirtual().start(() -> confirm(done));
    try {
      fleet.get().host(id).call(verb, parameters, WORK, platform.caller(call).correlationId());
    } catch (HostCallFailed | HostUnreachable e) {
      throw ApiFault.conflict(
          "Cannot change the networks of host '%s': %s"
              .formatted(host.value().name(), e.getMessage()));
    } finally {
      done.countDown();
      confirming.interrupt();
    }
  }

  private void confirm(CountDownLatch done) {
    try {
      while (!done.await(CONFIRM.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          fleet.get().host(id).call("Host.confirmConnectivity", Map.of());
        } catch (HostCallFailed | HostUnreachable ignored) {
          // That is what the host wants to know.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReport() {
    Instant asked = platform.clock().instant();
    long end = System.nanoTime() + REPORT_WITHIN.toNanos();
    fleet.get().refreshCapabilities(id);
    while (!fleet.get().reports().capabilities(id).time().isAfter(asked)
        && System.nanoTime() < end) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Report capabilities() {
    return fleet.get().reports().capabilities(id);
  }

  private Entity<Network> network(Entity<Host> host, NetworkAttachment attachment) {
    Snapshot snapshot = platform.snapshot();
    Network wanted = attachment.network();
    String network =
        wanted != null && wanted.id() != null
            ? wanted.id()
            : attachment.id() == null ? null : networkOf(host, attachment.id());
    String name = wanted == null ? null : wanted.name();
    return StorageHosts.dataCenter(snapshot, host.value()).stream()
        .flatMap(center -> snapshot.referrers(Kinds.NETWORK, "data_center", center).stream())
        .filter(
            known ->
                network == null
                    ? Objects.equals(known.value().name(), name)
                    : known.id().equals(network))
        .findFirst()
        .orElseThrow(
            () ->
                ApiFault.bad(
                    "network_attachment.network '%s' must be a network of the host's data center"
                        .formatted(network == null ? name : network)));
  }

  private String networkOf(Entity<Host> host, String attachment) {
    return attached(host)
        .filter(known -> attachment.equals(known.id()))
        .findFirst()
        .map(known -> Objects.requireNonNull(known.network()).requireId())
        .orElseThrow(
            () -> ApiFault.bad("network_attachment '%s' does not exist".formatted(attachment)));
  }

  private Stream<NetworkAttachment> attached(Entity<Host> host) {
    return HostDescriptions.attachments(platform.snapshot(), host, capabilities()).stream();
  }

  private String name(Entity<Host> host, NetworkAttachment attachment) {
    Network network = network(host, attachment).value();
    return Objects.requireNonNull(network.vdsmName() == null ? network.name() : network.vdsmName());
  }

  private Map<String, Object> described(
      Entity<Host> host, NetworkAttachment attachment, List<HostNic> newBonds) {
    Entity<Network> network = network(host, attachment);
    Network value = network.value();
    String carrier = carrier(host, attachment, network.id(), newBonds);
    boolean bond =
        capabilities().object("bondings").containsKey(carrier)
            || newBonds.stream().anyMatch(each -> carrier.equals(each.name()));
    Set<NetworkUsage> usages =
        value.usages() == null ? Set.of(NetworkUsage.VM) : Set.copyOf(value.usages());
    Map<String, Object> described = new LinkedHashMap<>();
    described.put(bond ? "bonding" : "nic", carrier);
    if (value.vlan() != null && value.vlan().id() != null) {
      described.put("vlan", value.vlan().id());
    }
    described.put("bridged", usages.contains(NetworkUsage.VM));
    described.put("mtu", value.mtu() == null || value.mtu() == 0 ? 1500L : value.mtu());
    described.put("STP", Boolean.TRUE.equals(value.stp()) ? "yes" : "no");
    described.put("switch", "legacy");
    described.put("defaultRoute", usages.contains(NetworkUsage.DEFAULT_ROUTE));
    Objects.requireNonNullElse(attachment.ipAddressAssignments(), List.<IpAddressAssignment>of())
        .forEach(assignment -> address(described, assignment));
    custom(host, attachment).ifPresent(properties -> described.put("custom", properties));
    return described;
  }

  /** The card or bond: the one that is named, else the one that carries the network already. */
  private String carrier(
      Entity<Host> host, NetworkAttachment attachment, String network, List<HostNic> newBonds) {
    HostNic wanted = attachment.hostNic();
    if (wanted == null) {
      wanted =
          attached(host)
              .filter(known -> Objects.requireNonNull(known.network()).requireId().equals(network))
              .map(NetworkAttachment::hostNic)
              .filter(Objects::nonNull)
              .findFirst()
              .orElseThrow(
                  () ->
                      ApiFault.incomplete("NetworkAttachment", "hostNic.id|name", "setupNetworks"));
    }
    String nicId = wanted.id();
    String nicName = wanted.name();
    List<HostNic> known =
        Stream.concat(
                HostDescriptions.nics(id, capabilities(), fleet.get().reports().host(id)).stream(),
                newBonds.stream())
            .toList();
    return known.stream()
        .filter(nic -> nicId != null ? nicId.equals(nic.id()) : Objects.equals(nicName, nic.name()))
        .map(HostNic::name)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                ApiFault.bad(
                    "network_attachment.host_nic '%s' must be one of the host's: %s"
                        .formatted(
                            nicId == null ? nicName : nicId,
                            known.stream().map(Identified::name).toList())));
  }

  private static void address(Map<String, Object> described, IpAddressAssignment assignment) {
    Ip ip = assignment.ip() == null ? new Ip() : assignment.ip();
    BootProtocol method =
        Objects.requireNonNullElse(assignment.assignmentMethod(), BootProtocol.NONE);
    if (ip.version() == IpVersion.V6) {
      if (method == BootProtocol.STATIC) {
        described.put("ipv6addr", text(ip.address()) + "/" + text(ip.netmask()));
        put(described, "ipv6gateway", ip.gateway());
      } else {
        described.put("dhcpv6", method == BootProtocol.DHCP);
        described.put("ipv6autoconf", method == BootProtocol.AUTOCONF);
      }
    } else {
      described.put("bootproto", method == BootProtocol.DHCP ? "dhcp" : "none");
      if (method == BootProtocol.STATIC) {
        put(described, "ipaddr", ip.address());
        put(described, "netmask", ip.netmask());
        put(described, "gateway", ip.gateway());
      }
    }
  }

  private static void put(Map<String, Object> described, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      described.put(name, value);
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private Optional<Map<String, String>> custom(Entity<Host> host, NetworkAttachment attachment) {
    List<Property> given = attachment.properties();
    if (given == null || given.isEmpty()) {
      return Optional.empty();
    }
    List<CustomProperty> properties =
        given.stream()
            .map(property -> new CustomProperty().name(property.name()).value(property.value()))
            .toList();
    platform
        .customProperties()
        .networks()
        .at(
            StorageHosts.dataCenter(platform.snapshot(), host.value())
                .flatMap(center -> platform.snapshot().find(Kinds.DATA_CENTER, center))
                .map(center -> center.value().version())
                .orElse(null))
        .check(properties, "network_attachment.properties");
    return Optional.of(
        given.stream()
            .collect(
                Collectors.toMap(
                    property -> text(property.name()),
                    property -> text(property.value()),
                    (first, second) -> second,
                    LinkedHashMap::new)));
  }

  /** By its name; one that is there may be named by its id. */
  private String nicName(HostNic bond) {
    if (bond.name() != null) {
      return bond.name();
    }
    return HostDescriptions.nics(id, capabilities(), fleet.get().reports().host(id)).stream()
        .filter(nic -> Objects.equals(nic.id(), bond.id()))
        .map(HostNic::name)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> ApiFault.incomplete("HostNic", "name", "setupNetworks"));
  }

  private Map<String, Object> bonding(HostNic bond) {
    if (bond.bonding() == null || bond.bonding().slaves() == null) {
      throw ApiFault.incomplete("HostNic", "bonding.slaves", "setupNetworks");
    }
    String options =
        Objects.requireNonNullElse(bond.bonding().options(), List.<Option>of()).stream()
            .map(option -> option.name() + "=" + option.value())
            .collect(Collectors.joining(" "));
    return Map.of(
        "nics",
        bond.bonding().slaves().stream().map(this::nicName).toList(),
        "options",
        options.isEmpty() ? "mode=4 miimon=100" : options,
        "switch",
        "legacy");
  }
}
