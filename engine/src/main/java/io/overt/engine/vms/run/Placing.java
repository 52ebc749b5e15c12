package io.overt.engine.vms.run;

import io.overt.engine.placement.ClusterReader;
import io.overt.engine.placement.MachineReader;
import io.overt.engine.placement.PolicyReader;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import io.overt.scheduling.unit.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings a machine before the scheduler. */
final class Placing {
  private final Clock clock;

  Placing(Clock clock) {
    this.clock = clock;
  }

  Placement place(Snapshot snapshot, VmParts parts, Set<String> excluded) {
    return place(snapshot, List.of(parts), excluded, null, false);
  }

  /**
   * @param all machines of one cluster that go to one host
   * @param only the hosts to look at; null for all
   * @param apart whether machines that must be with them come along by themselves
   */
  Placement place(
      Snapshot snapshot,
      List<VmParts> all,
      Set<String> excluded,
      @Nullable Set<String> only,
      boolean apart) {
    Cluster cluster = all.getFirst().cluster();
    Scheduler scheduler =
        new Scheduler(
            ClusterReader.read(
                snapshot,
                cluster,
                all.stream().map(parts -> parts.vm().id()).collect(Collectors.toSet())),
            Settings.DEFAULT);
    Request request =
        new Request(
            all.stream().map(Placing::machine).toList(),
            excluded,
            only,
            Set.of(),
            apart,
            List.of(),
            clock.millis());
    return scheduler.find(PolicyReader.read(snapshot, cluster), request);
  }

  private static Machine machine(VmParts parts) {
    Set<String> networks =
        parts.bridges().stream().map(Traits::network).collect(Collectors.toSet());
    Host host = parts.vm().value().host();
    boolean starts = parts.vm().value().status() == VmStatus.WAIT_FOR_LAUNCH;
    return MachineReader.read(
        parts.vm().id(), parts.vm().value(), host == null || starts ? null : host.id(), networks);
  }

  /** Whether the machine, as it is by now, may run on that host. */
  boolean fits(Snapshot snapshot, String vmId, String hostId, boolean apart) {
    return snapshot
        .find(Kinds.VM, vmId)
        .map(
            vm ->
                place(
                    snapshot,
                    List.of(partsFor(snapshot, vm, hostId)),
                    Set.of(),
                    Set.of(hostId),
                    apart))
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
}
