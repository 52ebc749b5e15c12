package io.overt.engine.vms.run;

import io.overt.engine.disks.DiskWork;
import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.resource.Platform;
import io.overt.engine.storage.Work;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The job that suspends a machine: its memory goes to two disks, and the host lets go of it. What
 * cannot be saved goes on.
 */
public final class SuspendVm {
  public static final String NAME = "SuspendVm";

  /** Private attribute of a machine: the disks that hold its memory, for its next start. */
  public static final String MEMORY = MemoryDisks.OWNERS;

  /** Private attribute beside it: whether the memory belongs to a snapshot, and stays. */
  public static final String SNAPSHOT_MEMORY = "memory_of_snapshot";

  /** Keys of the job's data. */
  static final String VM = "vm";

  static final String HOST = "host";
  static final String USER = "user";
  static final String USER_NAME = "user_name";

  private static final int SAVED = 5;
  private static final Duration ANSWER = Duration.ofMinutes(3);
  private static final Duration SAVING = Duration.ofHours(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Supplier<Operations> operations;
  private final DiskWork disks;

  public SuspendVm(
      Platform platform, Supplier<Fleet> fleet, Supplier<Operations> operations, DiskWork disks) {
    this.platform = platform;
    this.fleet = fleet;
    this.operations = operations;
    this.disks = disks;
  }

  public Operation operation() {
    return new Operation(
        NAME,
        List.of(
            new Work("volumes", c -> "Creating Volume", this::makeVolumes, this::giveUp),
            Work.of("save", c -> "Saving the memory of the machine", this::save),
            Work.of("release", c -> "Finalizing", this::release)));
  }

  private StepOutcome makeVolumes(StepContext context) {
    return disks.makeMemory(context, List.of(context.get(DiskWork.DISKS).split(",")));
  }

  private PatientCalls host(StepContext context) {
    return new PatientCalls(fleet, context.get(HOST), ANSWER, context.correlationId());
  }

  private StepOutcome save(StepContext context) {
    PatientCalls host = host(context);
    order(host, context);
    long end = System.nanoTime() + SAVING.toNanos();
    while (System.nanoTime() < end) {
      Map<?, ?> now = statistics(host, context);
      String status = String.valueOf(now.get("status"));
      if (status.equals("Down") || now.isEmpty()) {
        return String.valueOf(SAVED).equals(String.valueOf(now.get("exitReason")))
                || wasSaved(host, context)
            ? StepOutcome.done()
            : StepOutcome.failed("The machine ended without being saved");
      }
      if (!status.equals("Saving State")) {
        return StepOutcome.failed("The host could not save the machine, which is " + status);
      }
      PatientCalls.pause(LOOK);
    }
    return StepOutcome.failed("The machine was not saved within " + SAVING);
  }

  private void order(PatientCalls host, StepContext context) {
    host.call(
        "VM.hibernate",
        Map.of(
            "vmID",
            context.get(VM),
            "hibernationVolHandle",
            MemoryDisks.handle(platform.snapshot(), context.get(DiskWork.DISKS))));
  }

  /** An agent that died meanwhile does not know how the machine ended, but can look. */
  private boolean wasSaved(PatientCalls host, StepContext context) {
    try {
      order(host, context);
      return true;
    } catch (HostCallFailed e) {
      return false;
    }
  }

  /** Empty when the host does not know the machine. */
  private static Map<?, ?> statistics(PatientCalls host, StepContext context) {
    try {
      Object answer = host.call("VM.getStats", Map.of("vmID", context.get(VM)));
      return answer instanceof List<?> list && list.getFirst() instanceof Map<?, ?> map
          ? map
          : Map.of();
    } catch (HostCallFailed e) {
      if (e.code() == HostCallFailed.NO_SUCH_VM) {
        return Map.of();
      }
      throw e;
    }
  }

  /** Only a machine that the host has let go of may be started again. */
  private StepOutcome release(StepContext context) {
    forgotten(context);
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, context.get(VM))
                  .ifPresent(vm -> suspended(transaction, vm, context));
              return context.jobId();
            });
    return StepOutcome.done();
  }

  private void forgotten(StepContext context) {
    try {
      host(context).call("VM.destroy", Map.of("vmID", context.get(VM)));
    } catch (HostCallFailed e) {
      if (e.code() != HostCallFailed.NO_SUCH_VM) {
        throw e;
      }
    }
  }

  private void suspended(Transaction transaction, Entity<Vm> vm, StepContext context) {
    Map<String, String> internals = StartVm.without(vm.internals(), StartVm.START_JOB);
    internals.put(MEMORY, context.get(DiskWork.DISKS));
    internals.remove(SNAPSHOT_MEMORY);
    Vm value = vm.value().copy().status(VmStatus.SUSPENDED).stopTime(platform.clock().instant());
    transaction.update(vm, value.host(null).startTime(null), internals);
    append(transaction, "USER_SUSPEND_VM_OK", vm, context);
  }

  /** The machine is what its host says of it; the disks are not needed. */
  private void giveUp(StepContext context) {
    VmStatus status = remaining(context);
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, context.get(VM))
                  .filter(vm -> context.jobId().equals(vm.internal(StartVm.START_JOB)))
                  .ifPresent(
                      vm -> {
                        Vm value = vm.value().copy().status(status);
                        if (status == VmStatus.DOWN) {
                          value.host(null).startTime(null).stopTime(platform.clock().instant());
                        }
                        Map<String, String> internals =
                            StartVm.without(vm.internals(), StartVm.START_JOB);
                        transaction.update(vm, value, internals);
                        append(transaction, "USER_FAILED_SUSPEND_VM", vm, context);
                        MemoryDisks.removal(
                                transaction,
                                context.get(DiskWork.DISKS),
                                context.find(USER),
                                context.correlationId())
                            .ifPresent(job -> operations.get().start(transaction, job));
                      });
              return context.jobId();
            });
  }

  private VmStatus remaining(StepContext context) {
    try {
      Map<?, ?> now = statistics(host(context), context);
      if (now.isEmpty()) {
        return VmStatus.DOWN;
      }
      if ("Down".equals(now.get("status"))) {
        forgotten(context);
        return VmStatus.DOWN;
      }
      return "Paused".equals(now.get("status")) ? VmStatus.PAUSED : VmStatus.UP;
    } catch (HostCallFailed | HostUnreachable e) {
      return VmStatus.UNKNOWN;
    }
  }

  private void append(Transaction transaction, String type, Entity<Vm> vm, StepContext context) {
    Host host = transaction.find(Kinds.HOST, context.get(HOST)).map(Entity::value).orElse(null);
    platform
        .events()
        .append(
            transaction,
            type,
            About.object(vm.value())
                .and(host)
                .by(context.get(USER), context.get(USER_NAME))
                .correlated(context.correlationId()));
  }

  /** What a machine is that does not run: suspended when it has memory to go on from. */
  public static VmStatus statusOf(Map<String, String> internals) {
    return internals.containsKey(MEMORY) ? VmStatus.SUSPENDED : VmStatus.DOWN;
  }

  /** Private attributes without the memory of a snapshot, which keeps it. */
  public static Map<String, String> withoutSnapshotMemory(Map<String, String> internals) {
    Map<String, String> left = new HashMap<>(internals);
    if (left.remove(SNAPSHOT_MEMORY) != null) {
      left.remove(MEMORY);
    }
    return left;
  }

  /** The memory for the next start is not needed any more: a snapshot keeps its own. */
  static Map<String, String> withoutMemory(
      Transaction transaction,
      Map<String, String> internals,
      Operations operations,
      String user,
      @Nullable String correlationId) {
    Map<String, String> left = new HashMap<>(internals);
    String memory = left.remove(MEMORY);
    if (left.remove(SNAPSHOT_MEMORY) == null && memory != null) {
      MemoryDisks.removal(transaction, memory, user, correlationId)
          .ifPresent(job -> operations.start(transaction, job));
    }
    return left;
  }
}
