package io.overt.engine.vms.snapshots;

import static io.overt.engine.vms.snapshots.SnapshotJobs.DISKS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.SNAPSHOT;
import static io.overt.engine.vms.snapshots.SnapshotJobs.VM;
import static io.overt.engine.vms.snapshots.SnapshotJobs.list;

import io.overt.engine.disks.Images;
import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.storage.Work;
import io.overt.engine.vms.run.SuspendVm;
import io.overt.fleet.HostCallFailed;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.operations.Operation;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The job that removes a snapshot: for each disk, what was written after the snapshot is merged
 * into the volume that it keeps, which takes the place of the one above. By the host that runs the
 * machine, or on storage when none does.
 */
final class RemoveSnapshot {
  static final String NAME = "RemoveSnapshot";

  private final SnapshotJobs jobs;
  private final DropVolumes dropping;

  RemoveSnapshot(SnapshotJobs jobs, DropVolumes dropping) {
    this.jobs = jobs;
    this.dropping = dropping;
  }

  Operation operation() {
    return new Operation(
        NAME,
        List.of(
            new Work("merge", c -> "Merging snapshots of the disks", this::merge, this::giveUp),
            Work.of("remove", c -> "Removing the snapshot", this::remove),
            dropping.step()));
  }

  StepOutcome merge(StepContext context) {
    List<String> disks = list(context, DISKS);
    for (int index = 0; index < disks.size(); index++) {
      Optional<Entity<DiskSnapshot>> kept =
          DiskLayers.of(jobs.platform().snapshot(), disks.get(index), context.get(SNAPSHOT));
      if (kept.isPresent()) {
        merge(context, jobs.disk(disks.get(index)), kept.get());
      }
      context.progress((index + 1) * 100 / disks.size());
    }
    return StepOutcome.done();
  }

  private void merge(StepContext context, Entity<Disk> disk, Entity<DiskSnapshot> kept) {
    String base = kept.id();
    String top = DiskLayers.above(jobs.platform().snapshot(), disk, base);
    if (top == null) {
      throw new IllegalStateException(
          "Nothing is built on volume %s of disk '%s'".formatted(base, disk.value().alias()));
    }
    if (!mergedByHost(context, disk.value(), base, top)) {
      jobs.images()
          .merge(
              disk.value(),
              base,
              top,
              Images.jobId(context.jobId(), disk.id(), "cold"),
              context.correlationId());
    }
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              merged(transaction, disk.id(), base, top);
              return base;
            });
  }

  /** False when no host runs the machine, or none any more. */
  private boolean mergedByHost(StepContext context, Disk disk, String base, String top) {
    Optional<PatientCalls> host = jobs.host(context);
    if (host.isEmpty()) {
      return false;
    }
    String job = Images.jobId(context.jobId(), disk.requireId(), "live");
    Map<String, Object> parameters =
        Map.of(
            "vmID",
            context.get(VM),
            "drive",
            Map.of(
                "poolID", jobs.images().pool(disk),
                "domainID", Images.domainOf(disk),
                "imageID", disk.requireId(),
                "volumeID", DiskLayers.volume(disk)),
            "baseVolUUID",
            base,
            "topVolUUID",
            top,
            "bandwidth",
            "0",
            "jobUUID",
            job);
    Optional<String> problem;
    try {
      problem = host.get().carryOut(job, "VM.merge", parameters);
    } catch (HostCallFailed e) {
      if (!SnapshotJobs.gone(e)) {
        throw e;
      }
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    if (problem.isEmpty()) {
      return true;
    }
    if (stopped(context)) {
      return false;
    }
    throw new IllegalStateException(problem.get());
  }

  /** A machine that stopped meanwhile is merged on storage, once its host has let go of it. */
  private boolean stopped(StepContext context) {
    for (int look = 0; look < 50; look++) {
      if (jobs.host(context).isEmpty()) {
        return true;
      }
      PatientCalls.pause(Duration.ofMillis(100));
    }
    return false;
  }

  /** The lower volume is what the upper one was; the upper one is left over. */
  private static void merged(Transaction transaction, String id, String base, String top) {
    Entity<Disk> disk = transaction.find(Kinds.DISK, id).orElse(null);
    Entity<DiskSnapshot> kept = transaction.find(Kinds.DISK_SNAPSHOT, base).orElse(null);
    if (disk == null || kept == null) {
      return;
    }
    if (top.equals(DiskLayers.volume(disk.value()))) {
      DiskStatus locked = disk.value().status();
      long size = Objects.requireNonNullElse(disk.value().provisionedSize(), 0L);
      DiskLayers.writeAgain(transaction, disk, kept);
      transaction
          .find(Kinds.DISK, id)
          .ifPresent(
              now ->
                  transaction.update(now, now.value().copy().status(locked).provisionedSize(size)));
    } else {
      transaction.find(Kinds.DISK_SNAPSHOT, top).ifPresent(upper -> take(transaction, upper, kept));
    }
    transaction
        .find(Kinds.DISK, id)
        .ifPresent(now -> DropVolumes.note(transaction, now, List.of(top)));
  }

  /** The volume below is kept by the snapshot that kept the upper one. */
  private static void take(
      Transaction transaction, Entity<DiskSnapshot> upper, Entity<DiskSnapshot> kept) {
    DiskSnapshot value = kept.value().copy();
    value.snapshot(upper.value().snapshot());
    value.provisionedSize(upper.value().provisionedSize());
    // What was built on the upper volume is built on this one.
    String disk = Objects.requireNonNull(kept.value().disk()).requireId();
    for (Entity<DiskSnapshot> other : DiskLayers.of(transaction.current(), disk)) {
      if (upper.id().equals(other.internal(DiskLayers.BELOW))) {
        transaction.update(other, other.value(), below(other.internals(), kept.id()));
      }
    }
    transaction
        .find(Kinds.DISK, disk)
        .filter(active -> upper.id().equals(active.internal(DiskLayers.BELOW)))
        .ifPresent(
            active ->
                transaction.update(active, active.value(), below(active.internals(), kept.id())));
    transaction.delete(upper);
    transaction.update(kept, value);
  }

  private static Map<String, String> below(Map<String, String> internals, String volume) {
    Map<String, String> all = new HashMap<>(internals);
    all.put(DiskLayers.BELOW, volume);
    return all;
  }

  StepOutcome remove(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              jobs.snapshot(transaction, context)
                  .ifPresent(snapshot -> remove(transaction, snapshot, context));
              return context.jobId();
            });
    return StepOutcome.done();
  }

  private void remove(Transaction transaction, Entity<Snapshot> snapshot, StepContext context) {
    String memory = snapshot.internal(SuspendVm.MEMORY);
    if (memory != null) {
      MemoryDisks.removal(
              transaction, memory, context.find(SnapshotJobs.USER), context.correlationId())
          .ifPresent(job -> jobs.operations().get().start(transaction, job));
    }
    transaction.delete(snapshot);
    report(transaction, context, snapshot, "USER_REMOVE_SNAPSHOT_FINISHED_SUCCESS");
  }

  private void report(
      Transaction transaction, StepContext context, Entity<Snapshot> snapshot, String type) {
    transaction
        .find(Kinds.VM, context.get(VM))
        .ifPresent(vm -> jobs.append(transaction, type, context, vm.value(), snapshot.value()));
  }

  /** What is merged stays merged; the snapshot keeps the other disks and can be removed again. */
  private void giveUp(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              jobs.snapshot(transaction, context)
                  .ifPresent(
                      snapshot -> {
                        Snapshot value = (Snapshot) snapshot.value().shallowCopy();
                        transaction.update(snapshot, value.snapshotStatus(SnapshotStatus.OK));
                        report(
                            transaction,
                            context,
                            snapshot,
                            "USER_REMOVE_SNAPSHOT_FINISHED_FAILURE");
                      });
              SnapshotJobs.unlock(transaction, context);
              return context.jobId();
            });
  }
}
