package io.overt.agent.vms;

import java.time.Duration;

/**
 * How long phases show and operations may take.
 *
 * @param poweringUp shown after a start unless the guest's agent reports earlier
 * @param poweringDown shown after the power button was pressed
 * @param launchWait how long a destroy waits for a launch in progress
 * @param unplug how long a guest may take to give a device up
 * @param reconcile between looks at the hypervisor for domains that came or went unnoticed
 */
public record VmTimes(
    Duration poweringUp,
    Duration poweringDown,
    Duration launchWait,
    Duration unplug,
    Duration reconcile) {

  /** VDSM's numbers. */
  public static VmTimes standard() {
    return new VmTimes(
        Duration.ofSeconds(60),
        Duration.ofSeconds(300),
        Duration.ofSeconds(90),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60));
  }
}
