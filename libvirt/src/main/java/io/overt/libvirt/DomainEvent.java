package io.overt.libvirt;

import java.util.List;
import java.util.UUID;

/**
 * What libvirt tells about a domain. A transient domain may be gone when its event arrives; ask
 * {@link Connection#findDomain} for it.
 */
public sealed interface DomainEvent {
  /** Which domain; id is the number of its current run, or -1. */
  record Subject(UUID uuid, String name, int id) {}

  Subject domain();

  /** Started, stopped, paused and so on. */
  record Lifecycle(Subject domain, LifecycleDetail detail) implements DomainEvent {
    public LifecycleDetail.Kind kind() {
      return detail.kind();
    }
  }

  /** The guest rebooted itself, or was reset; the domain goes on. */
  record Rebooted(Subject domain) implements DomainEvent {}

  /** Seconds from UTC that the guest set its clock to. */
  record ClockChanged(Subject domain, long offsetSeconds) implements DomainEvent {}

  /** The action is virDomainEventWatchdogAction. */
  record Watchdog(Subject domain, int action) implements DomainEvent {}

  /**
   * The reason is {@code enospc} when the device is full, else {@code eio}, {@code eperm}, or
   * empty.
   */
  record IoError(Subject domain, String source, String alias, IoErrorAction action, String reason)
      implements DomainEvent {}

  /** What became of the guest at an I/O error. */
  enum IoErrorAction {
    NONE,
    PAUSED,
    REPORTED
  }

  /** Somebody's console connection. */
  record Graphics(
      Subject domain,
      GraphicsPhase phase,
      GraphicsAddress local,
      GraphicsAddress remote,
      String authentication,
      List<GraphicsIdentity> identities)
      implements DomainEvent {
    public Graphics {
      identities = List.copyOf(identities);
    }
  }

  /** Connect precedes authentication, initialize follows it. */
  enum GraphicsPhase {
    CONNECT,
    INITIALIZE,
    DISCONNECT
  }

  /** The family is 0 for IPv4, 1 for IPv6, 2 for a unix socket; service is the port. */
  record GraphicsAddress(int family, String node, String service) {}

  record GraphicsIdentity(String type, String name) {}

  /** The disk is a target name such as {@code vda}. */
  record BlockJob(Subject domain, String disk, BlockJobType type, BlockJobStatus status)
      implements DomainEvent {}

  enum BlockJobType {
    UNKNOWN,
    PULL,
    COPY,
    COMMIT,
    ACTIVE_COMMIT,
    BACKUP
  }

  /** Ready: the copy follows the source, and a pivot is possible. */
  enum BlockJobStatus {
    COMPLETED,
    FAILED,
    CANCELED,
    READY
  }

  record TrayChanged(Subject domain, String alias, boolean opened) implements DomainEvent {}

  /** The guest's memory in KiB. */
  record BalloonChanged(Subject domain, long actualKib) implements DomainEvent {}

  record DeviceAdded(Subject domain, String alias) implements DomainEvent {}

  /** A detached device is gone only when this arrives. */
  record DeviceRemoved(Subject domain, String alias) implements DomainEvent {}

  record DeviceRemovalFailed(Subject domain, String alias) implements DomainEvent {}

  /** A pass over the guest's memory in a migration. */
  record MigrationIteration(Subject domain, int iteration) implements DomainEvent {}

  /** The statistics of a job that ended: names as in {@link JobStatistics}. */
  record JobCompleted(Subject domain, TypedParameters statistics) implements DomainEvent {}

  record AgentLifecycle(Subject domain, boolean connected) implements DomainEvent {}

  /** The image was written past the threshold: bytes, and by how much. */
  record BlockThreshold(Subject domain, String device, String path, long threshold, long excess)
      implements DomainEvent {}
}
