package io.overt.engine.vms.run;

import io.overt.access.session.Caller;
import io.overt.engine.disks.DiskWork;
import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.types.Action;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operations;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Suspending a machine, and throwing away the memory of one that is suspended. */
public final class VmSuspension {
  private final Platform platform;
  private final Supplier<Operations> operations;
  private final Resource<Vm> machines;

  public VmSuspension(Platform platform, Supplier<Operations> operations) {
    this.platform = platform;
    this.operations = operations;
    this.machines = new Resource<>(platform, Kinds.VM);
  }

  /** Checks what can be known at once, then leaves the work to a job. */
  Outcome<Action> suspend(Call call, String id) {
    Caller caller = platform.caller(call);
    String job =
        platform.writeRetrying(
            transaction -> {
              Entity<Vm> vm = machines.require(call, transaction, id);
              String host = requireSuspendable(vm);
              String memory =
                  MemoryDisks.add(platform, transaction, vm, vm.value().name() + "_hibernation");
              String jobId =
                  operations
                      .get()
                      .start(
                          transaction,
                          new JobRequest(
                              SuspendVm.NAME,
                              "Performing Hibernate action on VM " + vm.value().name(),
                              caller.userId(),
                              caller.correlationId(),
                              Map.of(
                                  SuspendVm.VM,
                                  vm.id(),
                                  SuspendVm.HOST,
                                  host,
                                  DiskWork.DISKS,
                                  memory,
                                  SuspendVm.USER,
                                  caller.userId(),
                                  SuspendVm.USER_NAME,
                                  caller.principalName())));
              Map<String, String> internals = new HashMap<>(vm.internals());
              internals.put(StartVm.START_JOB, jobId);
              transaction.update(vm, vm.value().copy().status(VmStatus.SAVING_STATE), internals);
              platform
                  .events()
                  .append(
                      transaction,
                      "USER_SUSPEND_VM",
                      platform
                          .about(call, vm.value())
                          .and(transaction.find(Kinds.HOST, host).map(Entity::value).orElse(null)));
              return jobId;
            });
    return Outcome.started(new Action(), job);
  }

  private static String requireSuspendable(Entity<Vm> vm) {
    VmStatus status = VmLifeCycle.statusOf(vm);
    Host host = vm.value().host();
    if (status != VmStatus.UP || host == null) {
      throw ApiFault.conflict(
          "Cannot suspend VM %s: it is %s, not up.".formatted(vm.value().name(), status.wire()));
    }
    if (vm.internals().containsKey(StartVm.START_JOB)) {
      throw ApiFault.conflict(
          "Cannot suspend VM " + vm.value().name() + " now: a job is still working on it.");
    }
    return host.requireId();
  }

  /** A suspended machine that is stopped is down; its guest will boot. */
  void discard(Call call, String id, @Nullable String reason) {
    Caller caller = platform.caller(call);
    platform.writeRetrying(
        transaction -> {
          Entity<Vm> vm = machines.require(call, transaction, id);
          if (VmLifeCycle.statusOf(vm) == VmStatus.SUSPENDED) {
            discard(transaction, vm, caller);
            platform
                .events()
                .append(
                    transaction,
                    "USER_STOP_SUSPENDED_VM",
                    platform
                        .about(call, vm.value())
                        .with(
                            "OptionalReason", reason == null ? null : " (reason: " + reason + ")"));
          }
          return id;
        });
  }

  private void discard(Transaction transaction, Entity<Vm> vm, Caller caller) {
    transaction.update(
        vm,
        vm.value().copy().status(VmStatus.DOWN),
        SuspendVm.withoutMemory(
            transaction,
            vm.internals(),
            operations.get(),
            caller.userId(),
            caller.correlationId()));
  }
}
