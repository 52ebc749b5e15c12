package io.overt.engine.vms.run;

import io.overt.access.session.Caller;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostCalls;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.types.Action;
import io.overt.model.types.BootDevice;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operations;
import io.overt.scheduling.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Start, stop, shut down, reboot, reset, pause: what the actions of {@code /vms/{id}} do. */
public final class VmLifeCycle {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Between the report that a machine runs and the end of the job that started it. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  private static final Set<VmStatus> RUNNING =
      Set.of(
          VmStatus.UP,
          VmStatus.POWERING_UP,
          VmStatus.PAUSED,
          VmStatus.POWERING_DOWN,
          VmStatus.REBOOT_IN_PROGRESS);

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Supplier<Operations> operations;
  private final StartVm start;
  private final VmMigrations migrations;
  private final Resource<Vm> machines;
  private final VmSuspension suspension;

  public VmLifeCycle(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      StartVm start,
      VmMigrations migrations) {
    this.platform = platform;
    this.fleet = fleet;
    this.operations = operations;
    this.start = start;
    this.migrations = migrations;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.suspension = new VmSuspension(platform, operations);
  }

  /** Saves the guest's memory and lets go of the host. */
  public Outcome<Action> suspend(Call call, String id) {
    settled(call, id);
    return suspension.suspend(call, id);
  }

  /** Moves to other hosts. */
  public VmMigrations migrations() {
    return migrations;
  }

  /** Starts it as it is configured. */
  public Outcome<Action> start(Call call, String id) {
    return start(call, id, null);
  }

  /**
   * Checks what can be known at once, then leaves the work to a job.
   *
   * @param own what this run has of its own, as {@link RunOnce#of} says it
   */
  public Outcome<Action> start(Call call, String id, @Nullable Vm own) {
    Caller caller = platform.caller(call);
    String job =
        platform.writeRetrying(
            transaction -> {
              Entity<Vm> configured = machines.require(call, transaction, id);
              requireIdle(configured);
              Entity<Vm> vm =
                  RunOnce.write(transaction, configured, own, platform.customProperties());
              requireStartable(transaction.snapshot(), vm);
              String jobId =
                  operations
                      .get()
                      .start(
                          transaction,
                          new JobRequest(
                              StartVm.NAME,
                              "Launching VM " + vm.value().name(),
                              caller.userId(),
                              caller.correlationId(),
                              Map.of(
                                  StartVm.VM,
                                  id,
                                  StartVm.USER,
                                  caller.userId(),
                                  StartVm.USER_NAME,
                                  caller.principalName())));
              Map<String, String> internals = new HashMap<>(vm.internals());
              internals.put(StartVm.START_JOB, jobId);
              transaction.update(
                  vm,
                  vm.value()
                      .copy()
                      .status(VmStatus.WAIT_FOR_LAUNCH)
                      .stopReason(null)
                      .stopTime(null),
                  internals);
              platform.report(transaction, "USER_INITIATED_RUN_VM", call, vm.value());
              return jobId;
            });
    return Outcome.started(new Action(), job);
  }

  private static void requireIdle(Entity<Vm> vm) {
    VmStatus status = statusOf(vm);
    if (status != VmStatus.DOWN && status != VmStatus.SUSPENDED) {
      throw ApiFault.conflict(
          "Cannot run VM " + vm.value().name() + ": it is " + status.wire() + ", not down.");
    }
  }

  private void requireStartable(Snapshot snapshot, Entity<Vm> vm) {
    VmParts parts = VmParts.of(snapshot, vm);
    parts.disks().stream()
        .filter(disk -> disk.disk().status() == DiskStatus.LOCKED)
        .findFirst()
        .ifPresent(
            disk -> {
              throw ApiFault.conflict(
                  "Cannot run VM %s: disk '%s' is locked by a job."
                      .formatted(vm.value().name(), disk.disk().alias()));
            });
    if (!parts.bootsKernel() && parts.disks().isEmpty() && bootsFromDisk(parts.vm().value())) {
      throw ApiFault.conflict(
          "Cannot run VM "
              + vm.value().name()
              + " without a bootable disk: attach one, boot from the network or a CD, or give it a"
              + " kernel.");
    }
    if (start.preview(snapshot, parts) instanceof Placement.Refused refused) {
      throw ApiFault.conflict(
          "Cannot run VM " + vm.value().name() + ". No host fits: " + refused.explanation() + ".");
    }
  }

  private static boolean bootsFromDisk(Vm vm) {
    List<BootDevice> devices =
        vm.os() == null || vm.os().boot() == null ? null : vm.os().boot().devices();
    return devices == null || devices.isEmpty() || devices.getFirst() == BootDevice.HD;
  }

  /**
   * The machine, after the job that started it has noticed that it runs: its host's report is seen
   * a moment earlier by everybody else.
   */
  private Entity<Vm> settled(Call call, String id) {
    long end = System.nanoTime() + SETTLING.toNanos();
    Entity<Vm> vm = machines.require(call, platform.snapshot(), id);
    while (vm.internals().containsKey(StartVm.START_JOB)
        && statusOf(vm) != VmStatus.WAIT_FOR_LAUNCH
        && System.nanoTime() < end) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return vm;
      }
      vm = machines.require(call, platform.snapshot(), id);
    }
    return vm;
  }

  /** Cuts the power. A machine that is down already stays so, and the answer is success. */
  public Outcome<Action> stop(Call call, String id, @Nullable String reason) {
    suspension.discard(call, id, reason);
    Entity<Vm> vm = settled(call, id);
    if (statusOf(vm) == VmStatus.DOWN) {
      return done(call, "Stopping VM " + vm.value().name());
    }
    if (vm.internals().containsKey(StartVm.START_JOB)) {
      throw ApiFault.conflict(
          "Cannot stop VM " + vm.value().name() + " now: a job is still working on it.");
    }
    report(call, "USER_STOP_VM", vm, reason);
    try {
      callHost(call, vm, "VM.destroy", Map.of("vmID", id));
    } catch (HostCallFailed e) {
      if (e.code() != HostCallFailed.NO_SUCH_VM) {
        throw refused(e);
      }
    }
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction.find(Kinds.VM, id).ifPresent(now -> stopped(transaction, now));
              return id;
            });
    return done(call, "Stopping VM " + vm.value().name());
  }

  /** A short action has its job too, ended by the time of the answer. */
  private Outcome<Action> done(Call call, String description) {
    String job =
        platform.write(transaction -> platform.finishedJob(transaction, call, description));
    return Outcome.done(new Action(), job);
  }

  private void stopped(Transaction transaction, Entity<Vm> vm) {
    if (statusOf(vm) != VmStatus.DOWN) {
      Vm stopped = vm.value().copy().status(VmStatus.DOWN).stopTime(platform.clock().instant());
      transaction.update(vm, stopped.host(null).startTime(null));
      platform
          .events()
          .append(
              transaction, "VM_DOWN", About.object(vm.value()).with("ExitMessage", "Powered off."));
    }
  }

  /** Presses the power button; the guest decides when it goes down. */
  public Outcome<Action> shutdown(Call call, String id, @Nullable String reason) {
    Entity<Vm> vm = requireRunning(call, id, "shut down");
    report(call, "USER_INITIATED_SHUTDOWN_VM", vm, reason);
    act(
        call,
        vm,
        "VM.shutdown",
        Map.of(
            "vmID", id, "delay", "0", "message", "", "reboot", false, "timeout", "30", "force",
            false));
    setStatus(id, VmStatus.POWERING_DOWN);
    return done(call, "Shutting down VM " + vm.value().name());
  }

  public Outcome<Action> reboot(Call call, String id) {
    Entity<Vm> vm = requireRunning(call, id, "reboot");
    report(call, "USER_REBOOT_VM", vm, null);
    act(
        call,
        vm,
        "VM.shutdown",
        Map.of(
            "vmID", id, "delay", "0", "message", "", "reboot", true, "timeout", "30", "force",
            false));
    return done(call, "Rebooting VM " + vm.value().name());
  }

  public Outcome<Action> reset(Call call, String id) {
    Entity<Vm> vm = requireRunning(call, id, "reset");
    report(call, "USER_RESET_VM", vm, null);
    act(call, vm, "VM.reset", Map.of("vmID", id));
    return done(call, "Resetting VM " + vm.value().name());
  }

  private Entity<Vm> requireRunning(Call call, String id, String what) {
    Entity<Vm> vm = machines.require(call, platform.snapshot(), id);
    VmStatus status = statusOf(vm);
    if (!RUNNING.contains(status)) {
      throw ApiFault.conflict(
          "Cannot " + what + " VM " + vm.value().name() + ": it is " + status.wire() + ", not up.");
    }
    return vm;
  }

  private void setStatus(String id, VmStatus status) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, id)
                  .filter(vm -> RUNNING.contains(statusOf(vm)))
                  .ifPresent(vm -> transaction.update(vm, vm.value().copy().status(status)));
              return id;
            });
  }

  private void act(Call call, Entity<Vm> vm, String verb, Map<String, ?> parameters) {
    try {
      callHost(call, vm, verb, parameters);
    } catch (HostCallFailed e) {
      throw refused(e);
    }
  }

  private void callHost(Call call, Entity<Vm> vm, String verb, Map<String, ?> parameters) {
    Host host = vm.value().host();
    if (host == null) {
      throw ApiFault.conflict("VM " + vm.value().name() + " runs on no host.");
    }
    try {
      HostCalls calls = fleet.get().host(host.requireId());
      calls.call(verb, parameters, DEADLINE, platform.caller(call).correlationId());
    } catch (HostUnreachable e) {
      throw ApiFault.conflict(String.valueOf(e.getMessage()));
    }
  }

  private static ApiFault refused(HostCallFailed e) {
    return ApiFault.conflict(String.valueOf(e.getMessage()));
  }

  private void report(Call call, String type, Entity<Vm> vm, @Nullable String reason) {
    platform.write(
        transaction -> {
          Host host =
              vm.value().host() == null
                  ? null
                  : transaction
                      .find(Kinds.HOST, vm.value().host().requireId())
                      .map(Entity::value)
                      .orElse(null);
          platform
              .events()
              .append(
                  transaction,
                  type,
                  platform
                      .about(call, vm.value())
                      .and(host)
                      .with("OptionalReason", reason == null ? null : " (reason: " + reason + ")"));
          return type;
        });
  }

  static VmStatus statusOf(Entity<Vm> vm) {
    return Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
  }
}
