package io.overt.libvirt;

import java.util.List;

/**
 * A state and how the domain came into it. After a migration that failed a running domain may still
 * show MIGRATED: the reason is history, not a result.
 */
public record DomainStatus(DomainState state, Reason reason) {
  /** The reasons of all states; some states share a name. */
  public enum Reason {
    UNKNOWN,
    BOOTED,
    MIGRATED,
    RESTORED,
    FROM_SNAPSHOT,
    UNPAUSED,
    MIGRATION_CANCELED,
    SAVE_CANCELED,
    WAKEUP,
    CRASHED,
    POST_COPY,
    POST_COPY_FAILED,
    USER,
    MIGRATION,
    SAVE,
    DUMP,
    IO_ERROR,
    WATCHDOG,
    SHUTTING_DOWN,
    SNAPSHOT,
    STARTING_UP,
    SHUTDOWN,
    DESTROYED,
    SAVED,
    FAILED,
    DAEMON,
    PANICKED
  }

  private static final List<Reason> RUNNING =
      List.of(
          Reason.UNKNOWN,
          Reason.BOOTED,
          Reason.MIGRATED,
          Reason.RESTORED,
          Reason.FROM_SNAPSHOT,
          Reason.UNPAUSED,
          Reason.MIGRATION_CANCELED,
          Reason.SAVE_CANCELED,
          Reason.WAKEUP,
          Reason.CRASHED,
          Reason.POST_COPY,
          Reason.POST_COPY_FAILED);
  private static final List<Reason> PAUSED =
      List.of(
          Reason.UNKNOWN,
          Reason.USER,
          Reason.MIGRATION,
          Reason.SAVE,
          Reason.DUMP,
          Reason.IO_ERROR,
          Reason.WATCHDOG,
          Reason.FROM_SNAPSHOT,
          Reason.SHUTTING_DOWN,
          Reason.SNAPSHOT,
          Reason.CRASHED,
          Reason.STARTING_UP,
          Reason.POST_COPY,
          Reason.POST_COPY_FAILED);
  private static final List<Reason> SHUTDOWN = List.of(Reason.UNKNOWN, Reason.USER);
  private static final List<Reason> SHUTOFF =
      List.of(
          Reason.UNKNOWN,
          Reason.SHUTDOWN,
          Reason.DESTROYED,
          Reason.CRASHED,
          Reason.MIGRATED,
          Reason.SAVED,
          Reason.FAILED,
          Reason.FROM_SNAPSHOT,
          Reason.DAEMON);
  private static final List<Reason> CRASHED = List.of(Reason.UNKNOWN, Reason.PANICKED);

  static DomainStatus of(int state, int reason) {
    DomainState known = DomainState.of(state);
    List<Reason> reasons =
        switch (known) {
          case RUNNING -> RUNNING;
          case PAUSED -> PAUSED;
          case SHUTDOWN -> SHUTDOWN;
          case SHUTOFF -> SHUTOFF;
          case CRASHED -> CRASHED;
          case NO_STATE, BLOCKED, PM_SUSPENDED -> List.of();
        };
    return new DomainStatus(
        known, reason >= 0 && reason < reasons.size() ? reasons.get(reason) : Reason.UNKNOWN);
  }
}
