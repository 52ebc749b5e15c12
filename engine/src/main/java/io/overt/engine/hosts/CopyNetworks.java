package io.overt.engine.hosts;

import io.overt.engine.networks.ManagementNetworks;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.fleet.Fleet;
import io.overt.fleet.Report;
import io.overt.fleet.Reports;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.BootProtocol;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostNic;
import io.overt.model.types.IpAddressAssignment;
import io.overt.model.types.NetworkAttachment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Arranges a host's networks as another host's are: the same networks and bonds on the cards of the
 * same names. Fixed addresses stay with the host that has them, and what the engine reaches a host
 * by is left alone.
 */
final class CopyNetworks {
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Resource<Host> hosts;

  CopyNetworks(Platform platform, Supplier<Fleet> fleet, Resource<Host> hosts) {
    this.platform = platform;
    this.fleet = fleet;
    this.hosts = hosts;
  }

  /** Does it, and notes how it went; what was copied outlasts a restart of the target. */
  void perform(Call call, Host sourceReference, String targetId) {
    Snapshot snapshot = platform.snapshot();
    Entity<Host> target = hosts.require(call, snapshot, targetId);
    Entity<Host> source = hosts.require(call, snapshot, sourceId(snapshot, sourceReference));
    HostNetworkSetup.Change change = change(snapshot, source, target);
    HostNetworkSetup setup = new HostNetworkSetup(platform, fleet, hosts, targetId);
    try {
      setup.perform(call, change);
      setup.commit(call);
    } catch (ApiFault e) {
      report(call, "NETWORK_COPY_HOST_NETWORKS_FAILED", source, target);
      throw e;
    }
    report(call, "NETWORK_COPY_HOST_NETWORKS", source, target);
  }

  private void report(Call call, String type, Entity<Host> source, Entity<Host> target) {
    platform.write(
        transaction -> {
          platform
              .events()
              .append(
                  transaction,
                  type,
                  platform
                      .about(call, target.value())
                      .with("SourceHost", name(source))
                      .with("DestinationHost", name(target)));
          return target.id();
        });
  }

  /** What is to be changed on the target. */
  private HostNetworkSetup.Change change(
      Snapshot snapshot, Entity<Host> source, Entity<Host> target) {
    if (source.id().equals(target.id())) {
      throw ApiFault.bad("source_host must be another host than '%s'".formatted(name(target)));
    }
    Arrangement from = arrangement(snapshot, source);
    Arrangement to = arrangement(snapshot, target);
    return HostNetworkSetup.Change.of(
            from.attachments().values().stream()
                .filter(attachment -> !from.onSameCard(attachment, to))
                .map(attachment -> copied(from, attachment))
                .toList(),
            to.attachments().entrySet().stream()
                .filter(entry -> !from.attachments().containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList())
        .withBonds(
            from.bonds().values().stream()
                .filter(bond -> !from.sameBond(bond, to))
                .map(from::named)
                .toList(),
            to.bonds().entrySet().stream()
                .filter(entry -> !from.bonds().containsKey(entry.getKey()))
                .filter(entry -> !to.managing().contains(entry.getKey()))
                .map(entry -> new HostNic().name(entry.getKey()))
                .toList());
  }

  private static String sourceId(Snapshot snapshot, Host reference) {
    String id = reference.id();
    if (id != null) {
      return References.uuid(id);
    }
    String name = reference.name();
    if (name == null) {
      throw ApiFault.incomplete("Host", "source_host.id|name", "copyHostNetworks");
    }
    return snapshot
        .byName(Kinds.HOST, "", name)
        .map(Entity::id)
        .orElseThrow(() -> ApiFault.missing("Host: name=" + name));
  }

  private static String name(Entity<Host> host) {
    return Objects.requireNonNullElse(host.value().name(), host.id());
  }

  /**
   * What a host has beside what the engine reaches it by.
   *
   * @param attachments by network
   * @param bonds by name
   * @param names of cards and bonds by id
   * @param managing names of the card or bond that the engine reaches the host by
   */
  private record Arrangement(
      Map<String, NetworkAttachment> attachments,
      Map<String, HostNic> bonds,
      Map<String, String> names,
      Set<String> managing) {

    @Nullable String card(NetworkAttachment attachment) {
      HostNic nic = attachment.hostNic();
      return nic == null ? null : names.get(nic.requireId());
    }

    boolean onSameCard(NetworkAttachment attachment, Arrangement other) {
      NetworkAttachment there = other.attachments().get(network(attachment));
      return there != null && Objects.equals(other.card(there), card(attachment));
    }

    List<String> slaves(HostNic bond) {
      return Objects.requireNonNull(bond.bonding()).slaves().stream()
          .map(slave -> Objects.requireNonNullElse(names.get(slave.requireId()), ""))
          .sorted()
          .toList();
    }

    boolean sameBond(HostNic bond, Arrangement other) {
      HostNic there = other.bonds().get(bond.name());
      return there != null && other.slaves(there).equals(slaves(bond));
    }

    /** As another host knows it: by names. */
    HostNic named(HostNic bond) {
      return new HostNic()
          .name(bond.name())
          .bonding(
              Objects.requireNonNull(bond.bonding())
                  .copy()
                  .slaves(slaves(bond).stream().map(name -> new HostNic().name(name)).toList()));
    }
  }

  private static String network(NetworkAttachment attachment) {
    return Objects.requireNonNull(attachment.network()).requireId();
  }

  private Arrangement arrangement(Snapshot snapshot, Entity<Host> host) {
    Reports reports = fleet.get().reports();
    Report capabilities = reports.capabilities(host.id());
    String management = management(snapshot, host.value()).orElse("");
    Map<String, String> names = new HashMap<>();
    Map<String, HostNic> bonds = new HashMap<>();
    for (HostNic nic : HostDescriptions.nics(host.id(), capabilities, reports.host(host.id()))) {
      String name = Objects.requireNonNull(nic.name());
      names.put(nic.requireId(), name);
      if (nic.bonding() != null) {
        bonds.put(name, nic);
      }
    }
    Map<String, NetworkAttachment> attachments = new HashMap<>();
    Set<String> managing = new HashSet<>();
    for (NetworkAttachment each : HostDescriptions.attachments(snapshot, host, capabilities)) {
      HostNic nic = each.hostNic();
      if (!network(each).equals(management)) {
        attachments.put(network(each), each);
      } else if (nic != null && names.containsKey(nic.requireId())) {
        managing.add(names.get(nic.requireId()));
      }
    }
    return new Arrangement(attachments, bonds, names, managing);
  }

  private static Optional<String> management(Snapshot snapshot, Host host) {
    Cluster cluster = host.cluster();
    return cluster == null
        ? Optional.empty()
        : ManagementNetworks.of(snapshot, Kinds.CLUSTER.key(cluster.requireId())).map(Entity::id);
  }

  private static NetworkAttachment copied(Arrangement from, NetworkAttachment attachment) {
    return new NetworkAttachment()
        .network(attachment.network())
        .hostNic(new HostNic().name(from.card(attachment)))
        .ipAddressAssignments(
            Objects.requireNonNullElse(
                    attachment.ipAddressAssignments(), List.<IpAddressAssignment>of())
                .stream()
                .filter(assignment -> assignment.assignmentMethod() != BootProtocol.STATIC)
                .toList());
  }
}
