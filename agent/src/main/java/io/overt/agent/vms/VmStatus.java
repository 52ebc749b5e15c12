package io.overt.agent.vms;

/** The statuses that VDSM reports, with their texts on the wire. */
public enum VmStatus {
  WAIT_FOR_LAUNCH("WaitForLaunch"),
  POWERING_UP("Powering up"),
  UP("Up"),
  PAUSED("Paused"),
  POWERING_DOWN("Powering down"),
  REBOOT_IN_PROGRESS("RebootInProgress"),
  MIGRATION_SOURCE("Migration Source"),
  MIGRATION_DESTINATION("Migration Destination"),
  SAVING_STATE("Saving State"),
  RESTORING_STATE("Restoring state"),
  DOWN("Down");

  private final String text;

  VmStatus(String text) {
    this.text = text;
  }

  /** The text on the wire. */
  public String text() {
    return text;
  }
}
