package io.overt.engine.vms.snapshots;

import static io.overt.engine.vms.snapshots.SnapshotJobs.DISKS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.LAYERS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.VM;
import static io.overt.engine.vms.snapshots.SnapshotJobs.list;

import io.overt.engine.storage.Work;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.Vm;
import io.overt.operations.Operation;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.List;

/**
 * The job that puts a machine back to a snapshot: new volumes above those that the snapshot keeps,
 * which the machine is to write to. For a look only, or for good.
 */
final class PreviewSnapshot {
  static final String PREVIEW = "PreviewSnapshot";
  static final String RESTORE = "RestoreSnapshot";

  /** Key of the job's data: {@code true} when the guest is to go on from the snapshot's memory. */
  static final String WITH_MEMORY = "with_memory";

  private final SnapshotJobs jobs;
  private final Previews previews;
  private final DropVolumes dropping;

  PreviewSnapshot(SnapshotJobs jobs, Previews previews, DropVolumes dropping) {
    this.jobs = jobs;
    this.previews = previews;
    this.dropping = dropping;
  }

  List<Operation> operations() {
    return List.of(
        new Operation(
            PREVIEW,
            List.of(
                new Work("volumes", c -> "Creating Volume", this::makeVolumes, this::giveUp),
                Work.of("record", c -> "Finalizing", this::preview))),
        new Operation(
            RESTORE,
            List.of(
                new Work("volumes", c -> "Creating Volume", this::makeVolumes, this::giveUp),
                Work.of("record", c -> "Restoring", this::restore),
                dropping.step())));
  }

  private StepOutcome makeVolumes(StepContext context) {
    List<String> ids = list(context, DISKS);
    for (int index = 0; index < ids.size(); index++) {
      Disk disk = jobs.disk(ids.get(index)).value();
      String layer = list(context, LAYERS).get(index);
      jobs.images().layer(disk, layer, kept(context, disk).id(), context.correlationId());
    }
    return StepOutcome.done();
  }

  private Entity<DiskSnapshot> kept(StepContext context, Disk disk) {
    return DiskLayers.of(
            jobs.platform().snapshot(), disk.requireId(), context.get(SnapshotJobs.SNAPSHOT))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The snapshot keeps nothing of disk '" + disk.alias() + "'"));
  }

  private StepOutcome preview(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              begun(transaction, context);
              return context.jobId();
            });
    list(context, DISKS).forEach(jobs::measure);
    return StepOutcome.done();
  }

  /** Does nothing when an earlier run of this step did it. */
  private boolean begun(Transaction transaction, StepContext context) {
    Entity<Snapshot> snapshot = jobs.snapshot(transaction, context).orElse(null);
    Entity<Vm> vm = transaction.find(Kinds.VM, context.get(VM)).orElse(null);
    if (snapshot == null
        || vm == null
        || snapshot.value().snapshotStatus() != SnapshotStatus.LOCKED) {
      return false;
    }
    boolean memory = Boolean.parseBoolean(context.find(WITH_MEMORY));
    previews.begin(transaction, vm, snapshot, list(context, DISKS), list(context, LAYERS), memory);
    jobs.append(
        transaction,
        "USER_TRY_BACK_TO_SNAPSHOT_FINISH_SUCCESS",
        context,
        vm.value(),
        snapshot.value());
    return true;
  }

  private StepOutcome restore(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              if (begun(transaction, context)) {
                transaction
                    .find(Kinds.VM, context.get(VM))
                    .ifPresent(
                        vm -> previews.commit(transaction, vm, context.find(SnapshotJobs.USER)));
              }
              return context.jobId();
            });
    return StepOutcome.done();
  }

  /** The machine stays as it was. */
  private void giveUp(StepContext context) {
    jobs.removeLayers(context);
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              jobs.snapshot(transaction, context)
                  .filter(now -> now.value().snapshotStatus() == SnapshotStatus.LOCKED)
                  .ifPresent(
                      snapshot -> {
                        Snapshot usable = (Snapshot) snapshot.value().shallowCopy();
                        transaction.update(snapshot, usable.snapshotStatus(SnapshotStatus.OK));
                        SnapshotJobs.unlock(transaction, context);
                        transaction
                            .find(Kinds.VM, context.get(VM))
                            .ifPresent(
                                vm ->
                                    jobs.append(
                                        transaction,
                                        "USER_TRY_BACK_TO_SNAPSHOT_FINISH_FAILURE",
                                        context,
                                        vm.value(),
                                        usable));
                      });
              return context.jobId();
            });
  }
}
