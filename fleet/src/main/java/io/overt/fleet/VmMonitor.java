package io.overt.fleet;

import io.overt.events.About;
import io.overt.events.EventLog;
import io.overt.fleet.VmStateMachine.Decision;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the reports of machines; writes the transitions of those whose host this node watches, each
 * with its event.
 */
final class VmMonitor {
  private static final String STARTING = "start_job";

  /** How old a host's word of a machine may be when it is heard. */
  private static final Duration STALE = Duration.ofSeconds(5);

  private final Inventory inventory;
  private final EventLog events;
  private final Reports reports;
  private final Clock clock;
  private final Duration vanishedAfter;
  private final HostLeases leases;

  /** Machines that were reported by a host where they should not run, as far as was known then. */
  private final Set<String> early = ConcurrentHashMap.newKeySet();

  VmMonitor(
      Inventory inventory,
      EventLog events,
      Reports reports,
      Clock clock,
      Duration vanishedAfter,
      HostLeases leases) {
    this.leases = leases;
    this.inventory = inventory;
    this.events = events;
    this.reports = reports;
    this.clock = clock;
    this.vanishedAfter = vanishedAfter;
  }

  /**
   * A host reported on a machine.
   *
   * @return true when the host may forget it: it is down there, and no job is to learn that first
   */
  boolean report(Entity<Host> host, String vmId, Map<String, Object> values) {
    boolean watching = leases.held(host.id());
    if (watching) {
      early.add(vmId);
    }
    Entity<Vm> vm = inventory.snapshot().find(Kinds.VM, vmId).orElse(null);
    if (vm == null) {
      early.remove(vmId);
      return false;
    }
    boolean here = host.id().equals(hostOf(vm.value()));
    Report before = here ? reports.machine(vmId) : Report.NONE;
    Map<String, Object> merged = new HashMap<>(before.values());
    if (!here && MovingMachines.destination(vm) != null) {
      // Told by the host that it left, for whoever sums the move up.
      merged.put("migrationDowntime", reports.machine(vmId).values().get("migrationDowntime"));
    }
    merged.putAll(values);
    if (!values.containsKey("migrationProgress") && !isMoving(merged)) {
      merged.remove("migrationProgress");
    }
    merged.put("network", NetworkRates.of(before.object("network"), merged.get("network")));
    Report report = new Report(Map.copyOf(withoutNulls(merged)), clock.instant());
    ReportedVm reported = ReportedVm.of(report);
    if (reported == null) {
      return false;
    }
    if (here) {
      early.remove(vmId);
    }
    Decision first = decide(vm, host, reported);
    if (here || first instanceof Decision.Adopt || first instanceof Decision.HandOver) {
      reports.machine(vmId, report);
      if (reported.status() == VmStatus.DOWN) {
        reports.usage().forget(vmId);
      } else {
        MachineUsage.of(vm.value(), report)
            .ifPresent(usage -> reports.usage().add(vmId, report.time(), usage));
      }
    }
    if (!watching) {
      return false;
    }
    if (here) {
      watchdog(vm, host, before, report);
    }
    if (!(first instanceof Decision.Keep)) {
      inventory.writeRetrying(
          transaction -> {
            transaction
                .find(Kinds.VM, vmId)
                .filter(now -> leases.fenced(transaction, host.id()))
                .ifPresent(now -> apply(transaction, now, host, decide(now, host, reported)));
            return vmId;
          });
    }
    return reported.status() == VmStatus.DOWN && !(here && starting(vm));
  }

  /** How far a machine's move is, and in the end how long it stood still. */
  void progress(Entity<Host> host, String vmId, Map<String, Object> values) {
    inventory
        .snapshot()
        .find(Kinds.VM, vmId)
        .filter(
            vm -> host.id().equals(hostOf(vm.value())) || vm.internal(MovingMachines.JOB) != null)
        .ifPresent(
            vm -> {
              Map<String, Object> merged = new HashMap<>(reports.machine(vmId).values());
              merged.putAll(values);
              if (!isMoving(merged)) {
                merged.remove("migrationProgress");
              }
              reports.machine(vmId, new Report(Map.copyOf(merged), clock.instant()));
            });
  }

  /** Whether a host that reported a machine down may still forget it. */
  boolean mayRelease(Entity<Host> host, String vmId) {
    return inventory
        .snapshot()
        .find(Kinds.VM, vmId)
        .filter(
            vm ->
                host.id().equals(hostOf(vm.value()))
                    || host.id().equals(MovingMachines.destination(vm)))
        .isEmpty();
  }

  /** A guest's watchdog ran out since the last report. */
  private void watchdog(Entity<Vm> vm, Entity<Host> host, Report before, Report now) {
    Map<String, Object> event = now.object("watchdogEvent");
    if (event.isEmpty()
        || before.text("status") == null
        || event.equals(before.object("watchdogEvent"))) {
      return;
    }
    BigDecimal seconds = Report.decimal(event.get("time"));
    inventory.writeRetrying(
        transaction -> {
          if (leases.fenced(transaction, host.id())) {
            events.append(
                transaction,
                "WATCHDOG_EVENT",
                About.object(vm.value())
                    .and(host.value())
                    .with("wdaction", event.get("action"))
                    .with(
                        "wdevent",
                        seconds == null ? "" : Instant.ofEpochSecond(seconds.longValue())));
          }
          return vm.id();
        });
  }

  /**
   * A machine was placed on a host, or a job let go of it.
   *
   * @return true when its host has to be asked again: it told of the machine before that was known
   */
  boolean moved(Entity<Vm> vm) {
    return hostOf(vm.value()) != null && early.remove(vm.id());
  }

  void forget(String vmId) {
    early.remove(vmId);
  }

  /** The host's complete list: machines that should be there and are not have stopped. */
  void complete(Entity<Host> host, Set<String> present) {
    if (!leases.held(host.id())) {
      return;
    }
    for (Entity<Vm> vm : inventory.snapshot().referrers(Kinds.VM, "host", host.id())) {
      if (present.contains(vm.id()) || changedLately(vm)) {
        continue;
      }
      inventory.writeRetrying(
          transaction -> {
            transaction
                .find(Kinds.VM, vm.id())
                .filter(now -> host.id().equals(hostOf(now.value())))
                .filter(now -> leases.fenced(transaction, host.id()))
                .ifPresent(
                    now ->
                        apply(
                            transaction,
                            now,
                            host,
                            MovingMachines.vanished(now)
                                .orElseGet(
                                    () ->
                                        VmStateMachine.vanished(
                                            status(now.value()), starting(now)))));
            return vm.id();
          });
    }
  }

  /** The host is silent: nobody knows how its machines are. */
  void unknown(Entity<Host> host) {
    if (!leases.held(host.id())) {
      return;
    }
    for (Entity<Vm> vm : inventory.snapshot().referrers(Kinds.VM, "host", host.id())) {
      inventory.writeRetrying(
          transaction -> {
            transaction
                .find(Kinds.VM, vm.id())
                .filter(now -> host.id().equals(hostOf(now.value())) && !starting(now))
                .filter(now -> now.value().status() != VmStatus.UNKNOWN)
                .filter(now -> leases.fenced(transaction, host.id()))
                .ifPresent(
                    now -> transaction.update(now, now.value().copy().status(VmStatus.UNKNOWN)));
            return vm.id();
          });
    }
  }

  private boolean changedLately(Entity<Vm> vm) {
    Instant start = vm.value().startTime();
    return start != null && start.plus(vanishedAfter).isAfter(clock.instant());
  }

  private Decision decide(Entity<Vm> vm, Entity<Host> host, ReportedVm reported) {
    return MovingMachines.decide(vm, host.id(), reported)
        .orElseGet(
            () ->
                VmStateMachine.decide(
                    status(vm.value()),
                    hostOf(vm.value()),
                    starting(vm) || stoppedLately(vm),
                    host.id(),
                    reported));
  }

  /** A host may tell for a moment that a machine runs which it has just been told to stop. */
  private boolean stoppedLately(Entity<Vm> vm) {
    Instant stop = vm.value().stopTime();
    return status(vm.value()) == VmStatus.DOWN
        && stop != null
        && stop.plus(STALE).isAfter(clock.instant());
  }

  private void apply(Transaction transaction, Entity<Vm> vm, Entity<Host> host, Decision decision) {
    About about = About.object(vm.value()).and(host.value());
    switch (decision) {
      case Decision.Keep() -> {}
      case Decision.StartFailed(String ignored) -> {}
      case Decision.HandOver(VmStatus status) -> handOver(transaction, vm, status);
      case Decision.Runs(VmStatus status) -> {
        transaction.update(vm, running(vm.value(), host, status));
        runs(transaction, status(vm.value()), status, about);
      }
      case Decision.Adopt(VmStatus status) -> {
        transaction.update(vm, running(vm.value(), host, status));
        events.append(transaction, "USER_RUN_VM", about);
      }
      case Decision.Stops(boolean failed, String message) -> {
        Vm stopped = vm.value().copy().status(VmStatus.DOWN).stopTime(clock.instant());
        stopped.host(null).startTime(null).stopReason(message.isEmpty() ? null : message);
        transaction.update(vm, stopped);
        events.append(
            transaction, failed ? "VM_DOWN_ERROR" : "VM_DOWN", about.with("ExitMessage", message));
      }
    }
  }

  private static void handOver(Transaction transaction, Entity<Vm> vm, VmStatus status) {
    String destination = Objects.requireNonNull(MovingMachines.destination(vm));
    Map<String, String> internals = new HashMap<>(vm.internals());
    internals.remove(MovingMachines.DESTINATION);
    transaction.update(
        vm, vm.value().copy().status(status).host(new Host().id(destination)), internals);
  }

  private Vm running(Vm vm, Entity<Host> host, VmStatus status) {
    Vm running = vm.copy().status(status).host(new Host().id(host.id())).stopReason(null);
    if (running.startTime() == null) {
      running.startTime(clock.instant());
    }
    return running.stopTime(null);
  }

  private void runs(Transaction transaction, VmStatus before, VmStatus after, About about) {
    String type = eventOf(before, after);
    if (type != null) {
      events.append(transaction, type, about);
    }
  }

  private static @Nullable String eventOf(VmStatus before, VmStatus after) {
    if (after == VmStatus.PAUSED) {
      return "VM_PAUSED";
    }
    if (before == VmStatus.PAUSED && after == VmStatus.UP) {
      return "VM_RECOVERED_FROM_PAUSE_ERROR";
    }
    boolean started =
        before == VmStatus.WAIT_FOR_LAUNCH
            || before == VmStatus.POWERING_UP
            || before == VmStatus.RESTORING_STATE;
    return started && after == VmStatus.UP ? "USER_RUN_VM" : null;
  }

  private static boolean isMoving(Map<String, Object> values) {
    return "Migration Source".equals(values.get("status"));
  }

  private static boolean starting(Entity<Vm> vm) {
    return vm.internal(STARTING) != null;
  }

  static VmStatus status(Vm vm) {
    return Objects.requireNonNullElse(vm.status(), VmStatus.DOWN);
  }

  static @Nullable String hostOf(Vm vm) {
    Host host = vm.host();
    return host == null ? null : host.id();
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> values) {
    values.values().removeIf(Objects::isNull);
    return values;
  }
}
