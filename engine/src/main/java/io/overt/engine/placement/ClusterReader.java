package io.overt.engine.placement;

import io.overt.engine.affinity.PlacementGroups;
import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Network;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Traits;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The state of a cluster's hosts as one snapshot of the inventory has it. */
public final class ClusterReader {
  private ClusterReader() {}

  /**
   * @param except ids of machines that are left out: those that are to be placed
   */
  public static ClusterState read(Snapshot snapshot, Cluster cluster, Set<String> except) {
    ClusterState state =
        new ClusterState(
            new ClusterRules(
                Boolean.TRUE.equals(cluster.threadsAsCores()),
                Boolean.TRUE.equals(cluster.haReservation()),
                "",
                ""));
    List<Entity<Host>> hosts = snapshot.referrers(Kinds.HOST, "cluster", cluster.requireId());
    Set<String> traits = new HashSet<>(networks(snapshot, cluster));
    for (Entity<Host> host : hosts) {
      state.put(HostReader.read(cluster, host, traits));
    }
    for (Entity<Host> host : hosts) {
      for (Entity<Vm> vm : snapshot.referrers(Kinds.VM, "host", host.id())) {
        if (!except.contains(vm.id())) {
          add(state, host.id(), vm);
        }
      }
    }
    state.affinity(PlacementGroups.of(snapshot, cluster));
    return state;
  }

  private static void add(ClusterState state, String hostId, Entity<Vm> vm) {
    var machine = MachineReader.read(vm.id(), vm.value(), hostId, Set.of());
    if (vm.value().status() == VmStatus.WAIT_FOR_LAUNCH) {
      state.reserve(machine.at(null), state.index(hostId));
    } else {
      state.run(machine, hostId);
    }
    String destination = MovingMachines.destination(vm);
    int host = state.index(destination);
    if (host >= 0) {
      state.reserve(machine, host);
    }
  }

  /** Every host of a cluster carries the networks that are assigned to the cluster. */
  private static Set<String> networks(Snapshot snapshot, Cluster cluster) {
    Set<String> traits = new HashSet<>();
    snapshot.owned(Kinds.CLUSTER_NETWORK, Kinds.CLUSTER.key(cluster.requireId())).stream()
        .map(assigned -> snapshot.find(Kinds.NETWORK, assigned.id()))
        .flatMap(Optional::stream)
        .map(Entity::value)
        .map((Network network) -> Objects.requireNonNullElse(network.vdsmName(), network.name()))
        .filter(Objects::nonNull)
        .forEach(name -> traits.add(Traits.network(name)));
    return traits;
  }
}
