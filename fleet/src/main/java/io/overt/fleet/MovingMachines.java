package io.overt.fleet;

import io.overt.fleet.VmStateMachine.Decision;
import io.overt.inventory.Entity;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What reports mean for a machine that a job moves to another host; pure. Until it is known to have
 * left, it belongs to the host that it leaves, and whether the move failed is for the job to find
 * out.
 *
 * <p>Source: oVirt engine's treatment of machines in {@code MigratingFrom} ({@code VmAnalyzer}).
 */
public final class MovingMachines {
  /** Private attribute of a machine: the job that moves it. */
  public static final String JOB = "migration_job";

  /** Private attribute of a machine: where it is to be, until it is there. */
  public static final String DESTINATION = "migrating_to";

  private static final Set<VmStatus> ARRIVED =
      Set.of(
          VmStatus.UP,
          VmStatus.POWERING_UP,
          VmStatus.PAUSED,
          VmStatus.POWERING_DOWN,
          VmStatus.REBOOT_IN_PROGRESS);

  private MovingMachines() {}

  /** Where the machine is on its way to; null when it is on none. */
  public static @Nullable String destination(Entity<Vm> vm) {
    return vm.internal(DESTINATION);
  }

  /** Empty when the machine is not on its way, or the report says nothing of that. */
  static Optional<Decision> decide(Entity<Vm> vm, String reportingHost, ReportedVm report) {
    String destination = destination(vm);
    if (destination == null) {
      return Optional.empty();
    }
    if (reportingHost.equals(destination)) {
      return Optional.of(
          ARRIVED.contains(report.status())
              ? new Decision.HandOver(report.status())
              : new Decision.Keep());
    }
    if (!reportingHost.equals(VmMonitor.hostOf(vm.value()))) {
      return Optional.empty();
    }
    if (report.status() != VmStatus.DOWN) {
      boolean known = VmMonitor.status(vm.value()) == VmStatus.MIGRATING;
      return Optional.of(known ? new Decision.Keep() : new Decision.Runs(VmStatus.MIGRATING));
    }
    boolean moved = !report.failed() && report.exitReason() == ReportedVm.MIGRATION_SUCCEEDED;
    return moved ? Optional.of(new Decision.HandOver(VmStatus.MIGRATING)) : Optional.empty();
  }

  /** The host that it leaves no longer knows it: who knows is the other one. */
  static Optional<Decision> vanished(Entity<Vm> vm) {
    return destination(vm) == null
        ? Optional.empty()
        : Optional.of(new Decision.HandOver(VmStatus.MIGRATING));
  }
}
