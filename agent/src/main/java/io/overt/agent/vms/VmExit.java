package io.overt.agent.vms;

/**
 * How a virtual machine ended.
 *
 * @param code 0 normal, 1 error
 * @param message fit for the engine's event log
 */
public record VmExit(int code, ExitReason reason, String message) {

  static VmExit normal(ExitReason reason) {
    return new VmExit(0, reason, reason.message());
  }

  static VmExit error(ExitReason reason) {
    return new VmExit(1, reason, reason.message());
  }

  static VmExit error(ExitReason reason, String message) {
    return new VmExit(1, reason, message);
  }

  /** VDSM's exit reasons; the engine decides about restarts by their numbers. */
  public enum ExitReason {
    SUCCESS(0, "The virtual machine ended"),
    GENERIC_ERROR(1, "The virtual machine ended with an error"),
    LOST_QEMU(2, "Lost connection with the QEMU process"),
    LIBVIRT_START_FAILED(3, "The hypervisor could not start the virtual machine"),
    MIGRATION_SUCCEEDED(4, "Migrated to another host"),
    SAVE_SUCCEEDED(5, "State saved"),
    ADMIN_SHUTDOWN(6, "Admin shut down from the engine"),
    USER_SHUTDOWN(7, "User shut down from within the guest"),
    MIGRATION_FAILED(8, "Migration failed"),
    DOMAIN_MISSING(9, "The hypervisor no longer knows the domain"),
    DESTROYED_ON_START(10, "Destroyed while starting"),
    HOST_SHUTDOWN(11, "The host was shut down"),
    POSTCOPY_FAILED(12, "Migration failed in post-copy"),
    DESTROYED_ON_REBOOT(13, "Down as a part of the reboot"),
    PAUSED_TOO_LONG(14, "Down because it was paused for too long");

    private final int number;
    private final String message;

    ExitReason(int number, String message) {
      this.number = number;
      this.message = message;
    }

    public int number() {
      return number;
    }

    String message() {
      return message;
    }

    static ExitReason numbered(int number) {
      for (ExitReason reason : values()) {
        if (reason.number == number) {
          return reason;
        }
      }
      return GENERIC_ERROR;
    }
  }
}
