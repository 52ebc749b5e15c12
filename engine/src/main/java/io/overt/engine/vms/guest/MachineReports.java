package io.overt.engine.vms.guest;

import io.overt.fleet.Fleet;
import io.overt.fleet.MachineUsage;
import io.overt.fleet.Report;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import java.util.List;
import java.util.function.Supplier;

/** The latest report of each machine. */
@FunctionalInterface
public interface MachineReports {
  /** What the host last said of the machine; {@link Report#NONE} when it does not run. */
  Report of(String vmId);

  /** What it used lately, the newest first, a value in 30 seconds. */
  default List<MachineUsage> usage(String vmId) {
    return List.of();
  }

  /** As the fleet's hosts say. */
  static MachineReports of(Supplier<Fleet> fleet, Supplier<Snapshot> snapshot) {
    return new MachineReports() {
      @Override
      public Report of(String vmId) {
        return snapshot
            .get()
            .find(Kinds.VM, vmId)
            .map(fleet.get().reports()::running)
            .orElse(Report.NONE);
      }

      @Override
      public List<MachineUsage> usage(String vmId) {
        return of(vmId).values().isEmpty() ? List.of() : fleet.get().reports().usage().of(vmId);
      }
    };
  }
}
