package io.overt.engine.balancing;

import io.overt.engine.hosts.SwitchPower;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.ExternalStatus;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.scheduling.balancing.PowerManagement;
import io.overt.scheduling.balancing.PowerManagement.Action;
import io.overt.scheduling.balancing.PowerManagement.Status;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns hosts that the policy keeps in reserve off and on. What a user has put into maintenance or
 * switched off stays so: the policy wakes only what it sent to sleep.
 */
final class PowerSaving {
  private static final Logger LOG = LoggerFactory.getLogger(PowerSaving.class);

  /** States of a host that is between two others. */
  private static final Set<HostStatus> BETWEEN =
      EnumSet.of(
          HostStatus.REBOOT,
          HostStatus.UNASSIGNED,
          HostStatus.INITIALIZING,
          HostStatus.CONNECTING,
          HostStatus.PREPARING_FOR_MAINTENANCE);

  private final Platform platform;
  private final SwitchPower power;
  private final Consumer<String> refresh;

  /** When something was last done about a host: one that cannot be woken is not tried first. */
  private final Map<String, Long> touched = new ConcurrentHashMap<>();

  /**
   * @param refresh has a host looked at now
   */
  PowerSaving(Platform platform, SwitchPower power, Consumer<String> refresh) {
    this.platform = platform;
    this.power = power;
    this.refresh = refresh;
  }

  /** The hosts of a cluster for the decision; none while one is still doing what it was told. */
  List<PowerManagement.Host> hosts(Snapshot snapshot, String clusterId) {
    List<Entity<Host>> all = snapshot.referrers(Kinds.HOST, "cluster", clusterId);
    if (all.stream().anyMatch(host -> controlled(host) && BETWEEN.contains(status(host)))) {
      return List.of();
    }
    return all.stream()
        .sorted(
            Comparator.<Entity<Host>>comparingLong(host -> touched.getOrDefault(host.id(), 0L))
                .thenComparing(Entity::id))
        .flatMap(host -> described(snapshot, host).stream())
        .toList();
  }

  private static Optional<PowerManagement.Host> described(Snapshot snapshot, Entity<Host> host) {
    Status status =
        switch (status(host)) {
          case UP -> Status.UP;
          case MAINTENANCE -> Status.MAINTENANCE;
          case DOWN -> Status.DOWN;
          default -> null;
        };
    if (status == null) {
      return Optional.empty();
    }
    boolean managed = SwitchPower.managed(snapshot, host);
    var settings = host.value().powerManagement();
    ExternalStatus external = host.value().externalStatus();
    return Optional.of(
        new PowerManagement.Host(
            host.id(),
            status,
            managed && controlled(host),
            managed,
            settings != null && Boolean.FALSE.equals(settings.automaticPmEnabled()),
            external == null || external == ExternalStatus.OK));
  }

  private static HostStatus status(Entity<Host> host) {
    return Objects.requireNonNullElse(host.value().status(), HostStatus.UNASSIGNED);
  }

  private static boolean controlled(Entity<Host> host) {
    return host.internal(SwitchPower.BY_POLICY) != null;
  }

  /** Does what was decided, unless the host has changed since. */
  void follow(Action action) {
    touched.put(action.hostId(), platform.clock().millis());
    boolean done =
        platform.writeRetrying(
            transaction ->
                transaction
                    .find(Kinds.HOST, action.hostId())
                    .map(host -> follow(transaction, host, action.status()))
                    .orElse(false));
    if (done && action.status() == Status.UP) {
      refresh.accept(action.hostId());
    }
  }

  private boolean follow(Transaction transaction, Entity<Host> host, Status wanted) {
    HostStatus now = status(host);
    switch (wanted) {
      case MAINTENANCE -> {
        transaction.requireUnchanged(Kinds.VM);
        if (now != HostStatus.UP || !empty(transaction.snapshot(), host)) {
          return false;
        }
        become(transaction, host, HostStatus.MAINTENANCE);
        tell(transaction, host, "PM_POLICY_UP_TO_MAINTENANCE");
      }
      case DOWN -> {
        if (now != HostStatus.MAINTENANCE) {
          return false;
        }
        var _ = power.start(transaction, host, SwitchPower.Change.STOP, false, null);
        tell(transaction, host, "PM_POLICY_MAINTENANCE_TO_DOWN");
      }
      case UP -> {
        if (now == HostStatus.DOWN) {
          var _ = power.start(transaction, host, SwitchPower.Change.START, false, null);
        } else if (now == HostStatus.MAINTENANCE) {
          become(transaction, host, HostStatus.UNASSIGNED);
        } else {
          return false;
        }
        tell(transaction, host, "PM_POLICY_TO_UP");
      }
    }
    LOG.info("power saving: host {} is to be {}", host.value().name(), wanted);
    return true;
  }

  private static boolean empty(Snapshot snapshot, Entity<Host> host) {
    return snapshot.referrers(Kinds.VM, "host", host.id()).isEmpty()
        && snapshot.all(Kinds.VM).stream()
            .noneMatch(vm -> host.id().equals(MovingMachines.destination(vm)));
  }

  private static void become(Transaction transaction, Entity<Host> host, HostStatus status) {
    Map<String, String> internals = new HashMap<>(host.internals());
    internals.put(SwitchPower.BY_POLICY, "true");
    transaction.update(host, host.value().copy().status(status).statusDetail(null), internals);
  }

  private void tell(Transaction transaction, Entity<Host> host, String event) {
    platform
        .events()
        .append(transaction, event, About.object(host.value()).with("Host", host.value().name()));
  }
}
