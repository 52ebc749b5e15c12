package io.overt.fleet;

import io.overt.model.types.VmStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of a machine, reduced to what the state machine needs.
 *
 * @param status as the engine names it
 * @param exitCode 0 = as intended, 1 = error; only when down (VDSM {@code vmexitreason.py})
 */
public record ReportedVm(VmStatus status, int exitCode, int exitReason, String exitMessage) {
  static final int MIGRATION_SUCCEEDED = 4;
  static final int SAVED = 5;

  /** Null when the report carries no status. */
  static @Nullable ReportedVm of(Report report) {
    String text = report.text("status");
    if (text == null) {
      return null;
    }
    Long code = report.number("exitCode");
    Long reason = report.number("exitReason");
    String message = report.text("exitMessage");
    return new ReportedVm(
        status(text),
        code == null ? 0 : code.intValue(),
        reason == null ? 0 : reason.intValue(),
        message == null ? "" : message);
  }

  /** VDSM's status strings (VDSM {@code vmstatus.py}). */
  static VmStatus status(String text) {
    return switch (text) {
      case "WaitForLaunch" -> VmStatus.WAIT_FOR_LAUNCH;
      case "Powering up" -> VmStatus.POWERING_UP;
      case "Up" -> VmStatus.UP;
      case "Paused" -> VmStatus.PAUSED;
      case "Powering down" -> VmStatus.POWERING_DOWN;
      case "RebootInProgress" -> VmStatus.REBOOT_IN_PROGRESS;
      case "Migration Source", "Migration Destination" -> VmStatus.MIGRATING;
      case "Saving State" -> VmStatus.SAVING_STATE;
      case "Restoring state" -> VmStatus.RESTORING_STATE;
      case "Down" -> VmStatus.DOWN;
      default -> VmStatus.UNKNOWN;
    };
  }

  boolean failed() {
    return exitCode != 0;
  }
}
