package io.overt.engine.vms.guest;

import io.overt.fleet.Report;

/** The latest report of each machine. */
@FunctionalInterface
public interface MachineReports {
  /** What the host last said of the machine; {@link Report#NONE} when it does not run. */
  Report of(String vmId);
}
