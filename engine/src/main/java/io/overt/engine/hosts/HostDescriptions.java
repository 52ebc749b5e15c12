package io.overt.engine.hosts;

import io.overt.engine.resource.StorageHosts;
import io.overt.fleet.Report;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Bonding;
import io.overt.model.types.BootProtocol;
import io.overt.model.types.Core;
import io.overt.model.types.Cpu;
import io.overt.model.types.Hook;
import io.overt.model.types.Host;
import io.overt.model.types.HostCpuUnit;
import io.overt.model.types.HostDevice;
import io.overt.model.types.HostNic;
import io.overt.model.types.Ip;
import io.overt.model.types.IpAddressAssignment;
import io.overt.model.types.IpVersion;
import io.overt.model.types.Mac;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkAttachment;
import io.overt.model.types.NicStatus;
import io.overt.model.types.NumaNode;
import io.overt.model.types.Option;
import io.overt.model.types.Product;
import io.overt.model.types.UnmanagedNetwork;
import io.overt.model.types.Vendor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a host's reports (VDSM's key names) as objects of the API. */
final class HostDescriptions {
  private static final long MEGABIT = 1_000_000;

  private HostDescriptions() {}

  /** Ids follow from the host and the name, so that they stay the same between reports. */
  private static String idOf(String hostId, String what, String name) {
    return UUID.nameUUIDFromBytes(
            (hostId + "/" + what + "/" + name).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  @SuppressWarnings("unchecked")
  private static Report of(@Nullable Object value) {
    return new Report(
        value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of(), Instant.EPOCH);
  }

  /** Interfaces; a network's addresses are shown on the interface that carries it. */
  static List<HostNic> nics(String hostId, Report capabilities, Report statistics) {
    Map<String, Object> traffic = statistics.object("network");
    List<HostNic> all = new ArrayList<>();
    new TreeMap<>(capabilities.object("nics"))
        .forEach((name, value) -> all.add(nic(hostId, name, of(value), of(traffic.get(name)))));
    new TreeMap<>(capabilities.object("bondings"))
        .forEach(
            (name, value) ->
                all.add(
                    nic(hostId, name, of(value), of(traffic.get(name)))
                        .bonding(bonding(hostId, of(value)))));
    return all;
  }

  private static Bonding bonding(String hostId, Report values) {
    List<Option> options = new ArrayList<>();
    new TreeMap<>(values.object("opts"))
        .forEach(
            (name, value) -> options.add(new Option().name(name).value(String.valueOf(value))));
    return new Bonding()
        .options(options)
        .slaves(
            values.list("slaves").stream()
                .map(slave -> new HostNic().id(idOf(hostId, "nic", String.valueOf(slave))))
                .toList());
  }

  private static HostNic nic(String hostId, String name, Report values, Report traffic) {
    Long speed = values.number("speed");
    HostNic nic =
        new HostNic()
            .id(idOf(hostId, "nic", name))
            .name(name)
            .bootProtocol(bootProtocol(values))
            .bridged(false)
            .customConfiguration(false)
            .ip(ip(values))
            .mac(new Mac().address(values.text("hwaddr")))
            .mtu(values.number("mtu"))
            .properties(List.of())
            .status("up".equals(traffic.text("state")) ? NicStatus.UP : NicStatus.DOWN)
            .host(new Host().id(hostId));
    return speed == null || speed <= 0 ? nic : nic.speed(speed * MEGABIT);
  }

  private static BootProtocol bootProtocol(Report values) {
    if ("true".equals(values.text("dhcpv4"))) {
      return BootProtocol.DHCP;
    }
    return empty(values.text("addr")) ? BootProtocol.NONE : BootProtocol.STATIC;
  }

  private static Ip ip(Report values) {
    Ip ip = new Ip().version(IpVersion.V4);
    if (!empty(values.text("addr"))) {
      ip.address(values.text("addr")).netmask(values.text("netmask"));
    }
    return empty(values.text("gateway")) ? ip : ip.gateway(values.text("gateway"));
  }

  private static boolean empty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  static List<Hook> hooks(String hostId, Report capabilities) {
    List<Hook> all = new ArrayList<>();
    new TreeMap<>(capabilities.object("hooks"))
        .forEach(
            (event, scripts) ->
                new TreeMap<>(of(scripts).values())
                    .forEach(
                        (script, properties) ->
                            all.add(
                                new Hook()
                                    .id(idOf(hostId, "hook", event + "/" + script))
                                    .name(script)
                                    .eventName(event)
                                    .md5(checksum(of(properties)))
                                    .host(new Host().id(hostId)))));
    return all;
  }

  /** Today's hosts report SHA-256, which clients find where that of 3.4 was: in {@code md5}. */
  private static @Nullable String checksum(Report script) {
    String checksum = script.text("checksum");
    return checksum == null ? script.text("md5") : checksum;
  }

  static List<NumaNode> numaNodes(String hostId, Report capabilities) {
    Map<String, Object> distances = capabilities.object("numaNodeDistance");
    List<NumaNode> all = new ArrayList<>();
    new TreeMap<>(capabilities.object("numaNodes"))
        .forEach(
            (index, value) -> {
              Report node = of(value);
              all.add(
                  new NumaNode()
                      .id(idOf(hostId, "numa", index))
                      .index(Long.valueOf(index))
                      .memory(node.number("totalMemory"))
                      .nodeDistance(distance(distances.get(index)))
                      .cpu(new Cpu().cores(cores(node)))
                      .host(new Host().id(hostId)));
            });
    return all;
  }

  private static String distance(@Nullable Object distances) {
    return distances instanceof List<?> list
        ? String.join(" ", list.stream().map(String::valueOf).toList())
        : "";
  }

  private static List<Core> cores(Report node) {
    return node.list("cpus").stream()
        .map(Report::decimal)
        .filter(Objects::nonNull)
        .map(index -> new Core().index(index.longValue()))
        .toList();
  }

  static List<HostCpuUnit> cpuUnits(Report capabilities) {
    List<HostCpuUnit> all = new ArrayList<>();
    List<?> topology = capabilities.list("cpuTopology");
    Set<String> agents =
        capabilities.list("vdsmToCpusAffinity").stream()
            .map(String::valueOf)
            .collect(Collectors.toSet());
    for (Object value : topology) {
      Report cpu = of(value);
      HostCpuUnit unit =
          new HostCpuUnit()
              .cpuId(cpu.number("cpu_id"))
              .coreId(cpu.number("core_id"))
              .socketId(cpu.number("socket_id"));
      // said only where it is so: clients of the API look whether it is there
      boolean kept = agents.size() < topology.size() && agents.contains(cpu.text("cpu_id"));
      all.add(kept ? unit.runsVdsm(true) : unit);
    }
    return all;
  }

  static List<HostDevice> devices(String hostId, @Nullable Object answer) {
    List<HostDevice> all = new ArrayList<>();
    new TreeMap<>(of(answer).values())
        .forEach((name, value) -> all.add(device(hostId, name, of(of(value).object("params")))));
    return all;
  }

  private static HostDevice device(String hostId, String name, Report values) {
    HostDevice device =
        new HostDevice()
            .id(idOf(hostId, "device", name))
            .name(name)
            .capability(values.text("capability"))
            .driver(values.text("driver"))
            .iommuGroup(values.number("iommu_group"))
            .placeholder(false)
            .host(new Host().id(hostId));
    if (values.text("product") != null) {
      device.product(new Product().id(values.text("product_id")).name(values.text("product")));
    }
    if (values.text("vendor") != null) {
      device.vendor(new Vendor().id(values.text("vendor_id")).name(values.text("vendor")));
    }
    String parent = values.text("parent");
    return parent == null
        ? device
        : device.parentDevice(new HostDevice().id(idOf(hostId, "device", parent)));
  }

  /** The networks of the data center that the host carries. */
  static List<NetworkAttachment> attachments(
      Snapshot snapshot, Entity<Host> host, Report capabilities) {
    List<NetworkAttachment> all = new ArrayList<>();
    new TreeMap<>(capabilities.object("networks"))
        .forEach(
            (name, value) ->
                network(snapshot, host.value(), name)
                    .ifPresent(
                        network -> all.add(attachment(host.id(), name, network, of(value)))));
    return all;
  }

  private static NetworkAttachment attachment(
      String hostId, String name, Entity<Network> network, Report values) {
    NetworkAttachment attachment =
        new NetworkAttachment()
            .id(idOf(hostId, "attachment", name))
            .inSync(true)
            .ipAddressAssignments(
                List.of(
                    new IpAddressAssignment()
                        .assignmentMethod(bootProtocol(values))
                        .ip(ip(values))))
            .host(new Host().id(hostId))
            .network(new Network().id(network.id()));
    String carrier = carrier(values);
    return carrier == null
        ? attachment
        : attachment.hostNic(new HostNic().id(idOf(hostId, "nic", carrier)));
  }

  static List<UnmanagedNetwork> unmanaged(
      Snapshot snapshot, Entity<Host> host, Report capabilities) {
    List<UnmanagedNetwork> all = new ArrayList<>();
    for (Map.Entry<String, Object> each :
        new TreeMap<>(capabilities.object("networks")).entrySet()) {
      if (network(snapshot, host.value(), each.getKey()).isPresent()) {
        continue;
      }
      UnmanagedNetwork network =
          new UnmanagedNetwork()
              .id(each.getKey())
              .name(each.getKey())
              .host(new Host().id(host.id()));
      String carrier = of(each.getValue()).text("southbound");
      all.add(
          carrier == null
              ? network
              : network.hostNic(new HostNic().id(idOf(host.id(), "nic", carrier))));
    }
    return all;
  }

  /** The card or bond below the network's VLAN. */
  private static @Nullable String carrier(Report values) {
    String south = values.text("southbound");
    String tag = values.text("vlanid");
    return south != null && tag != null && south.endsWith("." + tag)
        ? south.substring(0, south.length() - tag.length() - 1)
        : south;
  }

  private static Optional<Entity<Network>> network(Snapshot snapshot, Host host, String name) {
    return StorageHosts.dataCenter(snapshot, host)
        .flatMap(
            dataCenter ->
                snapshot.referrers(Kinds.NETWORK, "data_center", dataCenter).stream()
                    .filter(
                        network ->
                            name.equals(network.value().vdsmName())
                                || name.equals(network.value().name()))
                    .findFirst());
  }
}
