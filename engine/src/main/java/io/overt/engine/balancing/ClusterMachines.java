package io.overt.engine.balancing;

import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The machines that run on the hosts of a cluster. */
record ClusterMachines(List<Entity<Vm>> all) {
  private static final Set<VmStatus> BUSY =
      Set.of(VmStatus.MIGRATING, VmStatus.SAVING_STATE, VmStatus.RESTORING_STATE);

  static ClusterMachines of(Snapshot snapshot, String clusterId) {
    return new ClusterMachines(
        snapshot.referrers(Kinds.HOST, "cluster", clusterId).stream()
            .flatMap(host -> snapshot.referrers(Kinds.VM, "host", host.id()).stream())
            .toList());
  }

  /** Ids of those that migrate, or are being suspended or resumed. */
  Set<String> busy() {
    return all.stream()
        .filter(vm -> BUSY.contains(vm.value().status()) || moving(vm))
        .map(Entity::id)
        .collect(Collectors.toSet());
  }

  boolean anyMoves() {
    return all.stream().anyMatch(ClusterMachines::moving);
  }

  static boolean moving(Entity<Vm> vm) {
    return vm.value().status() == VmStatus.MIGRATING || vm.internal(MovingMachines.JOB) != null;
  }
}
