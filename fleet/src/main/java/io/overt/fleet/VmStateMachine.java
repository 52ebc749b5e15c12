package io.overt.fleet;

import io.overt.model.types.VmStatus;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a report means for a machine; pure.
 *
 * <p>Source: oVirt engine's treatment of reports ({@code VmAnalyzer}), reduced to what this engine
 * starts itself.
 */
public final class VmStateMachine {
  private VmStateMachine() {}

  /** What to write. */
  public sealed interface Decision {
    /** Nothing changes. */
    record Keep() implements Decision {}

    /** The machine runs, in this state. */
    record Runs(VmStatus status) implements Decision {}

    /** The machine has stopped. */
    record Stops(boolean failed, String message) implements Decision {}

    /** The start failed on this host; the job that starts it decides what next. */
    record StartFailed(String message) implements Decision {}

    /** The machine has left for the host that it was to move to, where it is in this state. */
    record HandOver(VmStatus status) implements Decision {}

    /** A host runs a machine that the engine believed to be down: the hypervisor is right. */
    record Adopt(VmStatus status) implements Decision {}
  }

  private static final Decision KEEP = new Decision.Keep();

  /**
   * Decides.
   *
   * @param current status in the inventory
   * @param currentHost host in the inventory, null when it runs nowhere
   * @param starting whether a job is starting it
   */
  public static Decision decide(
      VmStatus current,
      @Nullable String currentHost,
      boolean starting,
      String reportingHost,
      ReportedVm report) {
    boolean here = reportingHost.equals(currentHost);
    if (report.status() == VmStatus.DOWN) {
      if (!here || current == VmStatus.DOWN) {
        return KEEP;
      }
      if (starting) {
        return new Decision.StartFailed(report.exitMessage());
      }
      return new Decision.Stops(report.failed(), report.exitMessage());
    }
    if (report.status() == VmStatus.UNKNOWN) {
      return KEEP;
    }
    if (here && starting && current == VmStatus.SAVING_STATE) {
      // The job that suspends it is about to tell the host, or decides itself.
      return KEEP;
    }
    if (here) {
      return current == report.status() ? KEEP : new Decision.Runs(report.status());
    }
    boolean idle = current == VmStatus.DOWN && currentHost == null;
    return idle && !starting ? new Decision.Adopt(report.status()) : KEEP;
  }

  /** What it means that the host's complete list no longer has a machine that runs there. */
  public static Decision vanished(VmStatus current, boolean starting) {
    if (starting || current == VmStatus.DOWN) {
      return KEEP;
    }
    return current == VmStatus.POWERING_DOWN
        ? new Decision.Stops(false, "")
        : new Decision.Stops(true, "The host no longer knows the machine.");
  }
}
