package io.overt.engine.vms;

import io.overt.access.session.Caller;
import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.Optional;

/** Removing a machine with what belongs to it. */
public final class VmRemoval {
  private VmRemoval() {}

  static void requireRemovable(Entity<Vm> vm, boolean force) {
    String name = vm.value().name();
    if (Boolean.TRUE.equals(vm.value().deleteProtected())) {
      throw ApiFault.conflict("Cannot remove VM " + name + ": it is protected against removal.");
    }
    VmStatus status = vm.value().status();
    if (status == VmStatus.IMAGE_LOCKED && !force) {
      throw ApiFault.conflict("Cannot remove VM " + name + ": its disks are locked.");
    }
    if (status != VmStatus.IMAGE_LOCKED) {
      OneVm.requireDown(vm, "remove");
    }
    if (vm.value().vmPool() != null) {
      throw ApiFault.conflict(
          "Cannot remove VM " + name + ": it belongs to a pool; detach it from the pool first.");
    }
  }

  /**
   * @param detachOnly whether its disks stay
   * @return the job under which the machine is removed
   */
  public static String remove(
      Platform platform,
      VmNeighbours neighbours,
      Transaction transaction,
      Call call,
      Entity<Vm> vm,
      boolean detachOnly) {
    String job =
        detachOnly
            ? null
            : neighbours
                .disks()
                .remove(transaction, call, vm.key())
                .map(request -> neighbours.operations().get().start(transaction, request))
                .orElse(null);
    removeMemory(platform, neighbours, transaction, call, vm);
    transaction.delete(vm);
    platform.report(transaction, "USER_REMOVE_VM_FINISHED", call, vm.value());
    return job != null
        ? job
        : platform.finishedJob(transaction, call, "Removing VM " + vm.value().name());
  }

  /** The memory of its snapshots is nobody's any more. */
  private static void removeMemory(
      Platform platform,
      VmNeighbours neighbours,
      Transaction transaction,
      Call call,
      Entity<Vm> vm) {
    Caller caller = platform.caller(call);
    transaction.current().owned(Kinds.SNAPSHOT, vm.key()).stream()
        .flatMap(snapshot -> Optional.ofNullable(snapshot.internal(MemoryDisks.OWNERS)).stream())
        .flatMap(
            memory ->
                MemoryDisks.removal(transaction, memory, caller.userId(), caller.correlationId())
                    .stream())
        .forEach(job -> neighbours.operations().get().start(transaction, job));
  }
}
