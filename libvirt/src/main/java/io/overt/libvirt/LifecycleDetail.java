package io.overt.libvirt;

import java.util.List;

/** What happened to a domain, and why; kinds and details in libvirt's numbering. */
public enum LifecycleDetail {
  DEFINED_ADDED(Kind.DEFINED, 0),
  DEFINED_UPDATED(Kind.DEFINED, 1),
  DEFINED_RENAMED(Kind.DEFINED, 2),
  DEFINED_FROM_SNAPSHOT(Kind.DEFINED, 3),
  UNDEFINED_REMOVED(Kind.UNDEFINED, 0),
  UNDEFINED_RENAMED(Kind.UNDEFINED, 1),
  STARTED_BOOTED(Kind.STARTED, 0),
  STARTED_MIGRATED(Kind.STARTED, 1),
  STARTED_RESTORED(Kind.STARTED, 2),
  STARTED_FROM_SNAPSHOT(Kind.STARTED, 3),
  STARTED_WAKEUP(Kind.STARTED, 4),
  SUSPENDED_PAUSED(Kind.SUSPENDED, 0),
  SUSPENDED_MIGRATED(Kind.SUSPENDED, 1),
  SUSPENDED_IO_ERROR(Kind.SUSPENDED, 2),
  SUSPENDED_WATCHDOG(Kind.SUSPENDED, 3),
  SUSPENDED_RESTORED(Kind.SUSPENDED, 4),
  SUSPENDED_FROM_SNAPSHOT(Kind.SUSPENDED, 5),
  SUSPENDED_API_ERROR(Kind.SUSPENDED, 6),
  SUSPENDED_POST_COPY(Kind.SUSPENDED, 7),
  SUSPENDED_POST_COPY_FAILED(Kind.SUSPENDED, 8),
  RESUMED_UNPAUSED(Kind.RESUMED, 0),
  RESUMED_MIGRATED(Kind.RESUMED, 1),
  RESUMED_FROM_SNAPSHOT(Kind.RESUMED, 2),
  RESUMED_POST_COPY(Kind.RESUMED, 3),
  RESUMED_POST_COPY_FAILED(Kind.RESUMED, 4),
  STOPPED_SHUTDOWN(Kind.STOPPED, 0),
  STOPPED_DESTROYED(Kind.STOPPED, 1),
  STOPPED_CRASHED(Kind.STOPPED, 2),
  STOPPED_MIGRATED(Kind.STOPPED, 3),
  STOPPED_SAVED(Kind.STOPPED, 4),
  STOPPED_FAILED(Kind.STOPPED, 5),
  STOPPED_FROM_SNAPSHOT(Kind.STOPPED, 6),
  SHUTDOWN_FINISHED(Kind.SHUTDOWN, 0),
  /** The guest powered itself off. */
  SHUTDOWN_GUEST(Kind.SHUTDOWN, 1),
  /** The host ended it, by a signal or a command. */
  SHUTDOWN_HOST(Kind.SHUTDOWN, 2),
  PM_SUSPENDED_MEMORY(Kind.PM_SUSPENDED, 0),
  PM_SUSPENDED_DISK(Kind.PM_SUSPENDED, 1),
  CRASHED_PANICKED(Kind.CRASHED, 0),
  CRASHED_CRASHLOADED(Kind.CRASHED, 1),
  /** A newer libvirt's detail. */
  UNKNOWN(Kind.UNKNOWN, -1);

  /** virDomainEventType. */
  public enum Kind {
    DEFINED,
    UNDEFINED,
    STARTED,
    SUSPENDED,
    RESUMED,
    STOPPED,
    SHUTDOWN,
    PM_SUSPENDED,
    CRASHED,
    UNKNOWN
  }

  private static final List<Kind> KINDS = List.of(Kind.values());

  private final Kind kind;
  private final int number;

  LifecycleDetail(Kind kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  public Kind kind() {
    return kind;
  }

  static LifecycleDetail of(int kind, int number) {
    for (LifecycleDetail detail : values()) {
      if (KINDS.indexOf(detail.kind) == kind && detail.number == number) {
        return detail;
      }
    }
    return UNKNOWN;
  }
}
