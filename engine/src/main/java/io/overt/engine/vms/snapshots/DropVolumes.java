package io.overt.engine.vms.snapshots;

import static io.overt.engine.vms.snapshots.SnapshotJobs.DISKS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.list;

import io.overt.engine.storage.Work;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.Snapshot;
import io.overt.operations.Operation;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes the volumes that nothing in the inventory needs any more, noted with their disks, and
 * then unlocks the disks and their machine.
 */
final class DropVolumes {
  static final String NAME = "DropVolumes";

  /** Key of the job's data: the event that tells of the end, if any. */
  static final String EVENT = "event";

  private final SnapshotJobs jobs;

  DropVolumes(SnapshotJobs jobs) {
    this.jobs = jobs;
  }

  Operation operation() {
    return new Operation(NAME, List.of(step()));
  }

  Work step() {
    return new Work("drop", c -> "Deleting Volume", this::drop, this::unlock);
  }

  /** Notes volumes to be removed with their disk, those that nothing is built on first. */
  static void note(Transaction transaction, Entity<Disk> disk, List<String> volumes) {
    List<String> all = new ArrayList<>(left(disk));
    volumes.stream().filter(volume -> !all.contains(volume)).forEach(all::add);
    Map<String, String> internals = new HashMap<>(disk.internals());
    internals.put(DiskLayers.LEFT_OVER, String.join(",", all));
    transaction.update(disk, disk.value(), internals);
  }

  private static List<String> left(Entity<Disk> disk) {
    String text = disk.internal(DiskLayers.LEFT_OVER);
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  StepOutcome drop(StepContext context) {
    for (String id : list(context, DISKS)) {
      Entity<Disk> disk = jobs.platform().snapshot().find(Kinds.DISK, id).orElse(null);
      if (disk == null) {
        continue;
      }
      for (String volume : left(disk)) {
        jobs.images().remove(disk.value(), volume, context.correlationId());
      }
      forget(id);
      jobs.measure(id);
    }
    unlock(context);
    String event = context.find(EVENT);
    if (event != null) {
      report(context, event);
    }
    return StepOutcome.done();
  }

  private void forget(String id) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, id)
                  .ifPresent(
                      now -> {
                        Map<String, String> internals = new HashMap<>(now.internals());
                        internals.remove(DiskLayers.LEFT_OVER);
                        transaction.update(now, now.value(), internals);
                      });
              return id;
            });
  }

  /** What could not be removed stays noted with its disk, which can be used all the same. */
  private void unlock(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              SnapshotJobs.unlock(transaction, context);
              return context.jobId();
            });
  }

  private void report(StepContext context, String event) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.VM, context.get(SnapshotJobs.VM))
                  .ifPresent(
                      vm -> jobs.append(transaction, event, context, vm.value(), new Snapshot()));
              return event;
            });
  }
}
