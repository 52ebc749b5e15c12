package io.overt.engine.hosts;

import io.overt.engine.resource.Presenter;
import io.overt.engine.resource.StorageHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Spm;
import io.overt.model.types.SpmStatus;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.model.types.VmSummary;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A host with what follows from the machines on it. */
final class HostPresenter implements Presenter<Host> {
  private static final long MIB = 1L << 20;

  /** Kept for the host itself and per guest (oVirt {@code VDS.java}: 321 and 65 MiB). */
  private static final long RESERVED = 321 * MIB;

  private static final long PER_GUEST = 65 * MIB;

  @Override
  public Host present(Entity<Host> entity, Snapshot snapshot, Call call) {
    List<Vm> machines = machines(snapshot, entity.id());
    Host host = (Host) entity.value().shallowCopy();
    long migrating = machines.stream().filter(vm -> vm.status() == VmStatus.MIGRATING).count();
    host.summary(
        new VmSummary()
            .active((long) machines.size())
            .migrating(migrating)
            .total((long) machines.size()));
    host.maxSchedulingMemory(schedulable(snapshot, host, machines));
    Spm spm = host.spm();
    if (spm != null) {
      boolean leads = StorageHosts.leader(snapshot, entity);
      host.spm(spm.copy().status(leads ? SpmStatus.SPM : SpmStatus.NONE));
    }
    return host;
  }

  /** Machines that run there, or may. */
  static List<Vm> machines(Snapshot snapshot, String hostId) {
    return snapshot.referrers(Kinds.VM, "host", hostId).stream()
        .map(Entity::value)
        .filter(vm -> vm.status() != null && vm.status() != VmStatus.DOWN)
        .toList();
  }

  private static long schedulable(Snapshot snapshot, Host host, List<Vm> machines) {
    long physical = Objects.requireNonNullElse(host.memory(), 0L);
    if (physical == 0) {
      return 0;
    }
    long committed =
        machines.stream()
            .mapToLong(vm -> Objects.requireNonNullElse(vm.memory(), 0L) + PER_GUEST)
            .sum();
    return Math.max(0, physical / 100 * overCommit(snapshot, host) - RESERVED - committed);
  }

  private static long overCommit(Snapshot snapshot, Host host) {
    return Optional.ofNullable(host.cluster())
        .flatMap(cluster -> snapshot.find(Kinds.CLUSTER, cluster.requireId()))
        .map(Entity::value)
        .map(Cluster::memoryPolicy)
        .map(policy -> policy.overCommit())
        .map(over -> over.percent())
        .orElse(100L);
  }
}
