package io.overt.engine.webadmin.dashboard;

import io.overt.engine.webadmin.dashboard.Counts.Condition;
import io.overt.model.types.DataCenterStatus;
import io.overt.model.types.Event;
import io.overt.model.types.HostStatus;
import io.overt.model.types.LogSeverity;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.VmStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a status means to somebody who looks for trouble. */
final class Conditions {
  private Conditions() {}

  static Condition of(@Nullable DataCenterStatus status) {
    if (status == null) {
      return Condition.DOWN;
    }
    return switch (status) {
      case UP -> Condition.UP;
      case UNINITIALIZED -> Condition.DOWN;
      case MAINTENANCE, CONTEND -> Condition.WARNING;
      case NOT_OPERATIONAL, PROBLEMATIC -> Condition.ERROR;
    };
  }

  static Condition of(@Nullable HostStatus status) {
    if (status == null) {
      return Condition.WARNING;
    }
    return switch (status) {
      case UP -> Condition.UP;
      case DOWN, MAINTENANCE -> Condition.DOWN;
      case ERROR, INSTALL_FAILED, NON_OPERATIONAL, NON_RESPONSIVE -> Condition.ERROR;
      case INITIALIZING,
          INSTALLING,
          INSTALLING_OS,
          PENDING_APPROVAL,
          PREPARING_FOR_MAINTENANCE,
          CONNECTING,
          REBOOT,
          KDUMPING,
          UNASSIGNED ->
          Condition.WARNING;
    };
  }

  static Condition of(@Nullable StorageDomainStatus status) {
    if (status == null) {
      return Condition.DOWN;
    }
    return switch (status) {
      case ACTIVE -> Condition.UP;
      case MAINTENANCE, UNATTACHED -> Condition.DOWN;
      case INACTIVE, UNKNOWN -> Condition.ERROR;
      case LOCKED, MIXED, PREPARING_FOR_MAINTENANCE, DETACHING, ACTIVATING -> Condition.WARNING;
    };
  }

  static Condition of(@Nullable VmStatus status) {
    if (status == null) {
      return Condition.DOWN;
    }
    return switch (status) {
      case UP, MIGRATING, POWERING_UP, REBOOT_IN_PROGRESS -> Condition.UP;
      case DOWN, SUSPENDED, IMAGE_LOCKED -> Condition.DOWN;
      case UNKNOWN, NOT_RESPONDING -> Condition.ERROR;
      case PAUSED, UNASSIGNED, WAIT_FOR_LAUNCH, SAVING_STATE, RESTORING_STATE, POWERING_DOWN ->
          Condition.WARNING;
    };
  }

  /** Empty for events of no concern. */
  static Optional<Condition> of(Event event) {
    LogSeverity severity = event.severity();
    if (severity == null) {
      return Optional.empty();
    }
    return switch (severity) {
      case ALERT -> Optional.of(Condition.ALERT);
      case ERROR -> Optional.of(Condition.ERROR);
      case WARNING -> Optional.of(Condition.WARNING);
      case NORMAL -> Optional.empty();
    };
  }
}
