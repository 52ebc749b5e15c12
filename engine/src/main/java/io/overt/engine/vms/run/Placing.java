package io.overt.engine.vms.run;

import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Network;
import io.overt.model.types.Vm;
import io.overt.scheduling.HostState;
import io.overt.scheduling.Placement;
import io.overt.scheduling.PlacementRequest;
import io.overt.scheduling.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings what the inventory knows before the scheduler. */
final class Placing {
  private static final long MIB = 1L << 20;

  /** Kept for the host itself and per guest (oVirt {@code VDS.java}: 256 + 65 MiB). */
  private static final long HOST_RESERVE = 321 * MIB;

  private final Scheduler scheduler = new Scheduler();

  Placement place(Snapshot snapshot, VmParts parts, Set<String> excluded) {
    return place(snapshot, parts, excluded, null);
  }

  /**
   * @param only the hosts to look at; null for all
   */
  Placement place(
      Snapshot snapshot, VmParts parts, Set<String> excluded, @Nullable Set<String> only) {
    Vm vm = parts.vm().value();
    PlacementRequest request =
        new PlacementRequest(
            parts.vm().id(),
            memory(vm),
            virtualCpus(vm),
            pinned(vm),
            excluded,
            Set.copyOf(networksOf(parts)));
    String clusterId = parts.cluster().requireId();
    List<HostState> hosts = new ArrayList<>();
    Map<String, List<Vm>> coming = coming(snapshot, clusterId, parts.vm().id());
    for (Entity<Host> host : snapshot.referrers(Kinds.HOST, "cluster", clusterId)) {
      if (only == null || only.contains(host.id())) {
        hosts.add(state(snapshot, parts.cluster(), host, parts.vm().id(), coming));
      }
    }
    return scheduler.place(request, hosts);
  }

  /** Machines on their way to a host, by that host: they need its memory before they are there. */
  private static Map<String, List<Vm>> coming(Snapshot snapshot, String clusterId, String except) {
    Map<String, List<Vm>> coming = new HashMap<>();
    for (Entity<Host> host : snapshot.referrers(Kinds.HOST, "cluster", clusterId)) {
      for (Entity<Vm> vm : snapshot.referrers(Kinds.VM, "host", host.id())) {
        String destination = MovingMachines.destination(vm);
        if (destination != null && !vm.id().equals(except)) {
          coming.computeIfAbsent(destination, id -> new ArrayList<>()).add(vm.value());
        }
      }
    }
    return coming;
  }

  /** Whether the machine, as it is by now, may run on that host. */
  boolean fits(Snapshot snapshot, String vmId, String hostId) {
    return snapshot
        .find(Kinds.VM, vmId)
        .map(vm -> place(snapshot, partsFor(snapshot, vm, hostId), Set.of(), Set.of(hostId)))
        .filter(Placement.Chosen.class::isInstance)
        .isPresent();
  }

  /** As the machine would be in that host's cluster. */
  private static VmParts partsFor(Snapshot snapshot, Entity<Vm> vm, String hostId) {
    VmParts parts = VmParts.of(snapshot, vm);
    return snapshot
        .find(Kinds.HOST, hostId)
        .map(host -> host.value().cluster())
        .flatMap(cluster -> snapshot.find(Kinds.CLUSTER, cluster.requireId()))
        .map(cluster -> parts.in(cluster.value()))
        .orElse(parts);
  }

  private static Set<String> pinned(Vm vm) {
    if (vm.placementPolicy() == null || vm.placementPolicy().hosts() == null) {
      return Set.of();
    }
    return vm.placementPolicy().hosts().stream()
        .map(Host::id)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static HostState state(
      Snapshot snapshot,
      Cluster cluster,
      Entity<Host> host,
      String vmId,
      Map<String, List<Vm>> coming) {
    long committed = HOST_RESERVE;
    int claimed = 0;
    for (Vm other : coming.getOrDefault(host.id(), List.of())) {
      committed += memory(other);
      claimed += virtualCpus(other);
    }
    for (Entity<Vm> other : snapshot.referrers(Kinds.VM, "host", host.id())) {
      if (!other.id().equals(vmId)) {
        committed += memory(other.value());
        claimed += virtualCpus(other.value());
      }
    }
    long physical = Objects.requireNonNullElse(host.value().memory(), 0L);
    return new HostState(
        host.id(),
        Objects.requireNonNullElse(host.value().name(), host.id()),
        host.value().status() == HostStatus.UP,
        physical / 100 * overCommit(cluster) - committed,
        processors(host.value()),
        claimed,
        networksOf(snapshot, cluster));
  }

  private static long overCommit(Cluster cluster) {
    return Optional.ofNullable(cluster.memoryPolicy())
        .map(policy -> policy.overCommit())
        .map(over -> over.percent())
        .orElse(100L);
  }

  private static int processors(Host host) {
    CpuTopology topology = host.cpu() == null ? null : host.cpu().topology();
    return topology == null ? 1 : (int) product(topology);
  }

  static long memory(Vm vm) {
    return Objects.requireNonNullElse(vm.memory(), 1L << 30);
  }

  static int virtualCpus(Vm vm) {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    return topology == null ? 1 : (int) product(topology);
  }

  private static long product(CpuTopology topology) {
    return Objects.requireNonNullElse(topology.sockets(), 1L)
        * Objects.requireNonNullElse(topology.cores(), 1L)
        * Objects.requireNonNullElse(topology.threads(), 1L);
  }

  private static List<String> networksOf(VmParts parts) {
    return parts.bridges();
  }

  /** Every host of a cluster carries the networks that are assigned to the cluster. */
  private static Set<String> networksOf(Snapshot snapshot, Cluster cluster) {
    return snapshot.owned(Kinds.CLUSTER_NETWORK, Kinds.CLUSTER.key(cluster.requireId())).stream()
        .map(assigned -> snapshot.find(Kinds.NETWORK, assigned.id()))
        .flatMap(Optional::stream)
        .map(Entity::value)
        .map((Network network) -> Objects.requireNonNullElse(network.vdsmName(), network.name()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
