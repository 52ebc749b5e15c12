package io.overt.fleet;

import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes the states of the hosts that this node watches, each change with its event. */
final class HostTransitions {
  /** States in which the engine keeps a connection to the host. */
  static final Set<HostStatus> MONITORED =
      Set.of(
          HostStatus.UP,
          HostStatus.UNASSIGNED,
          HostStatus.INITIALIZING,
          HostStatus.CONNECTING,
          HostStatus.NON_RESPONSIVE,
          HostStatus.NON_OPERATIONAL,
          HostStatus.PREPARING_FOR_MAINTENANCE);

  private final Inventory inventory;
  private final EventLog events;
  private final HostLeases leases;
  private final Duration grace;

  /**
   * @param grace silence after which a host is non-responsive
   */
  HostTransitions(Inventory inventory, EventLog events, HostLeases leases, Duration grace) {
    this.inventory = inventory;
    this.events = events;
    this.leases = leases;
    this.grace = grace;
  }

  static HostStatus status(Host host) {
    return Objects.requireNonNullElse(host.status(), HostStatus.UNASSIGNED);
  }

  /** The host answers and is fit: up, with what it says of itself. */
  void up(String hostId, UnaryOperator<Host> facts) {
    change(
        hostId,
        Set.of(HostStatus.UP, HostStatus.PREPARING_FOR_MAINTENANCE),
        HostStatus.UP,
        facts,
        "VDS_DETECTED",
        null);
  }

  void initializing(String hostId) {
    change(
        hostId,
        Set.of(HostStatus.INITIALIZING),
        HostStatus.INITIALIZING,
        h -> h,
        "VDS_INITIALIZING",
        null);
  }

  /** The connection is lost; it may come back any moment. */
  void connecting(String hostId) {
    change(
        hostId,
        Set.of(
            HostStatus.CONNECTING,
            HostStatus.NON_RESPONSIVE,
            HostStatus.UNASSIGNED,
            HostStatus.PREPARING_FOR_MAINTENANCE),
        HostStatus.CONNECTING,
        h -> h,
        "VDS_HOST_NOT_RESPONDING_CONNECTING",
        null);
  }

  void nonResponsive(String hostId) {
    change(
        hostId,
        Set.of(HostStatus.NON_RESPONSIVE),
        HostStatus.NON_RESPONSIVE,
        h -> h,
        "VDS_HOST_NOT_RESPONDING",
        null);
  }

  /** The host answers but cannot be used. */
  void nonOperational(String hostId, String reason) {
    change(
        hostId,
        Set.of(HostStatus.NON_OPERATIONAL),
        HostStatus.NON_OPERATIONAL,
        h -> h.statusDetail(reason),
        "VDS_SET_NONOPERATIONAL",
        reason);
  }

  /**
   * Moves the host unless it is in one of the states that stay; states out of monitoring always do.
   */
  private void change(
      String hostId,
      Set<HostStatus> staying,
      HostStatus target,
      UnaryOperator<Host> facts,
      String event,
      @Nullable String reason) {
    inventory.writeRetrying(
        transaction -> {
          Entity<Host> host = transaction.find(Kinds.HOST, hostId).orElse(null);
          if (host == null || !MONITORED.contains(status(host.value()))) {
            return hostId;
          }
          boolean stays = staying.contains(status(host.value()));
          Host changed = facts.apply(host.value().copy());
          if (!stays) {
            changed.status(target);
          }
          if (changed.equals(host.value()) || !leases.fenced(transaction, hostId)) {
            return hostId;
          }
          transaction.update(host, changed);
          if (!stays) {
            events.append(
                transaction,
                event,
                About.object(host.value())
                    .with("HostStatus", target.wire())
                    .with("Seconds", grace.toSeconds())
                    .with("Reason", reason)
                    .with("ErrorMessage", reason));
          }
          return hostId;
        });
  }
}
