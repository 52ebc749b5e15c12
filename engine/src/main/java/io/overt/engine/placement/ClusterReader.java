package io.overt.engine.placement;

import io.overt.engine.affinity.PlacementGroups;
import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of a cluster's hosts as one snapshot of the inventory has it. */
public final class ClusterReader {
  private ClusterReader() {}

  /** Makes what the scheduler knows of a host. */
  interface Facts {
    HostFacts of(Entity<Host> host);
  }

  /** The whole cluster. */
  static ClusterState read(Snapshot snapshot, Cluster cluster, KnownHosts known, Facts facts) {
    return read(
        snapshot,
        cluster,
        snapshot.referrers(Kinds.HOST, "cluster", cluster.requireId()),
        Set.of(),
        known,
        facts);
  }

  /**
   * As much of a cluster as says whether machines fit on a host: it, and the hosts of machines that
   * affinity binds them to.
   *
   * @param machines those that are to be placed; they are left out
   */
  static ClusterState around(
      Snapshot snapshot,
      Cluster cluster,
      Entity<Host> host,
      Set<String> machines,
      KnownHosts known,
      Facts facts) {
    Set<String> hosts = new HashSet<>(Set.of(host.id()));
    for (AffinityGroup group : PlacementGroups.of(snapshot, cluster)) {
      if (group.machineRule().enabled() && machines.stream().anyMatch(group.machines()::contains)) {
        for (String member : group.machines()) {
          snapshot
              .find(Kinds.VM, member)
              .ifPresent(
                  vm -> {
                    hosts.add(hostOf(vm.value()));
                    hosts.add(String.valueOf(MovingMachines.destination(vm)));
                  });
        }
      }
    }
    List<Entity<Host>> read =
        hosts.stream()
            .map(id -> snapshot.find(Kinds.HOST, id))
            .flatMap(Optional::stream)
            .filter(
                each ->
                    each.value().cluster() != null
                        && cluster.requireId().equals(each.value().cluster().id()))
            .toList();
    return read(snapshot, cluster, read, machines, known, facts);
  }

  private static ClusterState read(
      Snapshot snapshot,
      Cluster cluster,
      List<Entity<Host>> hosts,
      Set<String> except,
      KnownHosts known,
      Facts facts) {
    ClusterState state =
        new ClusterState(
            new ClusterRules(
                Boolean.TRUE.equals(cluster.threadsAsCores()),
                Boolean.TRUE.equals(cluster.haReservation()),
                "",
                ""));
    hosts.forEach(host -> state.put(facts.of(host)));
    MachineReader machines = new MachineReader(snapshot, known);
    for (Entity<Host> host : hosts) {
      for (Entity<Vm> vm : snapshot.referrers(Kinds.VM, "host", host.id())) {
        if (!except.contains(vm.id())) {
          follow(state, vm, machines);
        }
      }
    }
    for (Entity<Vm> vm : moving(snapshot)) {
      if (!except.contains(vm.id())) {
        follow(state, vm, machines);
      }
    }
    state.affinity(PlacementGroups.of(snapshot, cluster));
    return state;
  }

  /** Those on their way, who may come from another cluster. */
  private static List<Entity<Vm>> moving(Snapshot snapshot) {
    return snapshot.count(Kinds.VM, VmStatus.MIGRATING.wire()) == 0
        ? List.of()
        : snapshot.all(Kinds.VM).stream()
            .filter(vm -> VmStatus.MIGRATING.wire().equals(vm.status()))
            .toList();
  }

  static String hostOf(Vm vm) {
    return vm.host() == null || vm.host().id() == null ? "" : vm.host().requireId();
  }

  /** Brings a machine in the state to where the inventory says it is. */
  static void follow(ClusterState state, Entity<Vm> vm, MachineReader reader) {
    String hostId = hostOf(vm.value());
    int host = state.index(hostId);
    int destination = state.index(MovingMachines.destination(vm));
    boolean starts = vm.value().status() == VmStatus.WAIT_FOR_LAUNCH;
    if (host < 0 && destination < 0) {
      state.stop(vm.id());
      return;
    }
    boolean runs = host >= 0 && !starts;
    Machine machine =
        reader.read(vm, starts || hostId.isEmpty() ? null : hostId, MachineReader.Connections.NONE);
    if (!runs) {
      ClusterState.Resident before = state.running(vm.id());
      if (before != null) {
        state.stop(vm.id());
      }
    } else if (!same(state.running(vm.id()), machine, host)) {
      state.run(machine, hostId);
    }
    int coming = destination >= 0 ? destination : starts ? host : -1;
    if (coming < 0) {
      state.release(vm.id());
    } else if (!same(state.pending(vm.id()), machine, coming)) {
      state.reserve(machine, coming);
    }
  }

  private static boolean same(ClusterState.@Nullable Resident resident, Machine machine, int host) {
    return resident != null && resident.host() == host && resident.machine().equals(machine);
  }
}
