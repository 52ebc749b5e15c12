package io.overt.engine.vms.snapshots;

import io.overt.engine.disks.Images;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.SuspendVm;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Host;
import io.overt.model.types.Snapshot;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.Operations;
import io.overt.operations.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What the jobs of snapshots have in common. */
record SnapshotJobs(
    Platform platform, Supplier<Fleet> fleet, Supplier<Operations> operations, Images images) {

  /** Keys of the jobs' data. */
  static final String VM = "vm";

  static final String SNAPSHOT = "snapshot";
  static final String DISKS = "disks";

  /** For each disk the new volume, in the same order. */
  static final String LAYERS = "layers";

  /** Disks that hold memory; empty without. */
  static final String MEMORY = "memory";

  static final String USER = "user";
  static final String USER_NAME = "user_name";

  private static final Duration ANSWER = Duration.ofMinutes(3);

  static List<String> list(StepContext context, String key) {
    String text = Objects.requireNonNullElse(context.find(key), "");
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  Optional<Entity<Vm>> vm(StepContext context) {
    return platform.snapshot().find(Kinds.VM, context.get(VM));
  }

  Entity<Disk> disk(String id) {
    return platform
        .snapshot()
        .find(Kinds.DISK, id)
        .orElseThrow(() -> new IllegalStateException("Disk " + id + " no longer exists"));
  }

  /** The host that runs the machine; empty when it does not run. */
  Optional<PatientCalls> host(StepContext context) {
    return vm(context)
        .map(Entity::value)
        .filter(vm -> vm.status() != VmStatus.DOWN && vm.status() != VmStatus.IMAGE_LOCKED)
        .map(Vm::host)
        .map(Host::requireId)
        .map(host -> new PatientCalls(fleet, host, ANSWER, context.correlationId()));
  }

  /** Whether this refusal says that the machine does not run there. */
  static boolean gone(HostCallFailed refused) {
    return refused.code() == HostCallFailed.NO_SUCH_VM
        || refused.code() == HostCallFailed.VM_IS_DOWN;
  }

  void append(Transaction transaction, String type, StepContext context, Vm vm, Snapshot snapshot) {
    platform
        .events()
        .append(
            transaction,
            type,
            About.object(vm)
                .by(context.find(USER), Objects.requireNonNullElse(context.find(USER_NAME), ""))
                .with("SnapshotName", Objects.requireNonNullElse(snapshot.description(), ""))
                .correlated(context.correlationId()));
  }

  /** The disks may be used again, and the machine that waited for them may start. */
  static void unlock(Transaction transaction, StepContext context) {
    for (String id : list(context, DISKS)) {
      transaction
          .find(Kinds.DISK, id)
          .filter(disk -> disk.value().status() == DiskStatus.LOCKED)
          .ifPresent(disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.OK)));
    }
    transaction
        .find(Kinds.VM, context.get(VM))
        .filter(vm -> vm.value().status() == VmStatus.IMAGE_LOCKED)
        .ifPresent(
            vm ->
                transaction.update(
                    vm, vm.value().copy().status(SuspendVm.statusOf(vm.internals()))));
  }

  Optional<Entity<Snapshot>> snapshot(Transaction transaction, StepContext context) {
    return transaction
        .current()
        .find(Kinds.SNAPSHOT, Kinds.VM.key(context.get(VM)), context.get(SNAPSHOT));
  }

  /** The volumes that the job made, or was to make, above the disks' go. */
  void removeLayers(StepContext context) {
    List<String> ids = list(context, DISKS);
    List<String> layers = list(context, LAYERS);
    for (int index = 0; index < ids.size(); index++) {
      images.remove(disk(ids.get(index)).value(), layers.get(index), context.correlationId());
    }
  }

  /** Notes the size that a disk's volume has on storage now. */
  void measure(String disk) {
    Entity<Disk> found = disk(disk);
    Object size = images.info(found.value(), DiskLayers.volume(found.value())).get("truesize");
    if (size == null) {
      return;
    }
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, disk)
                  .ifPresent(
                      now -> {
                        long bytes = Long.parseLong(size.toString());
                        transaction.update(
                            now, now.value().copy().actualSize(bytes).totalSize(bytes));
                      });
              return disk;
            });
  }
}
