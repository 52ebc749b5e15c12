package io.overt.engine.vms.snapshots;

import static io.overt.engine.vms.snapshots.SnapshotJobs.DISKS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.LAYERS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.MEMORY;
import static io.overt.engine.vms.snapshots.SnapshotJobs.VM;
import static io.overt.engine.vms.snapshots.SnapshotJobs.list;

import io.overt.engine.disks.DiskWork;
import io.overt.engine.disks.Images;
import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.storage.Work;
import io.overt.fleet.HostCallFailed;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.operations.Operation;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The job that takes a snapshot: new volumes above the disks' present ones; a machine that runs is
 * let write there; then the inventory says so.
 */
final class CreateSnapshot {
  static final String NAME = "CreateSnapshot";

  /** Key of the job's data: the snapshot is but a part of what the job does with the disks. */
  static final String KEEP_LOCKED = "keep_locked";

  private final SnapshotJobs jobs;
  private final DiskWork disks;

  CreateSnapshot(SnapshotJobs jobs, DiskWork disks) {
    this.jobs = jobs;
    this.disks = disks;
  }

  Operation operation() {
    return new Operation(
        NAME,
        List.of(
            new Work("memory", c -> "Creating Volume", this::makeMemory, this::giveUp),
            Work.of("volumes", c -> "Creating snapshots for the disks", this::makeVolumes),
            Work.of("take", c -> "Taking the snapshot of the running machine", this::take),
            Work.of("record", c -> "Finalizing", this::record)));
  }

  private StepOutcome makeMemory(StepContext context) {
    return disks.makeMemory(context, list(context, MEMORY));
  }

  StepOutcome makeVolumes(StepContext context) {
    List<String> ids = list(context, DISKS);
    List<String> layers = list(context, LAYERS);
    for (int index = 0; index < ids.size(); index++) {
      Disk disk = jobs.disk(ids.get(index)).value();
      jobs.images()
          .layer(disk, layers.get(index), DiskLayers.volume(disk), context.correlationId());
    }
    return StepOutcome.done();
  }

  /** A machine that was shut down meanwhile has its snapshot without being asked. */
  StepOutcome take(StepContext context) {
    boolean memory = !list(context, MEMORY).isEmpty();
    try {
      Optional<PatientCalls> host = jobs.host(context);
      if (host.isPresent()) {
        return take(host.get(), context);
      }
    } catch (HostCallFailed e) {
      if (!SnapshotJobs.gone(e)) {
        throw e;
      }
    }
    return memory
        ? StepOutcome.failed("The machine stopped before its memory was saved")
        : StepOutcome.done();
  }

  private StepOutcome take(PatientCalls host, StepContext context) {
    String job = Images.jobId(context.jobId(), "take");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("vmID", context.get(VM));
    parameters.put("snapDrives", drives(context));
    parameters.put("frozen", false);
    parameters.put("jobUUID", job);
    String memory = context.find(MEMORY);
    if (memory != null && !memory.isEmpty()) {
      parameters.put("snapMemory", MemoryDisks.handle(jobs.platform().snapshot(), memory));
    }
    Optional<String> problem = host.carryOut(job, "VM.snapshot", parameters);
    return problem.isEmpty() || taken(host, context)
        ? StepOutcome.done()
        : StepOutcome.failed(problem.get());
  }

  private List<Map<String, String>> drives(StepContext context) {
    List<Map<String, String>> drives = new ArrayList<>();
    List<String> ids = list(context, DISKS);
    for (int index = 0; index < ids.size(); index++) {
      Disk disk = jobs.disk(ids.get(index)).value();
      drives.add(
          Map.of(
              "poolID", jobs.images().pool(disk),
              "domainID", Images.domainOf(disk),
              "imageID", disk.requireId(),
              "baseVolumeID", DiskLayers.volume(disk),
              "volumeID", list(context, LAYERS).get(index)));
    }
    return drives;
  }

  /** Whatever failed afterwards: a machine that writes to the new volumes has its snapshot. */
  private static boolean taken(PatientCalls host, StepContext context) {
    String id = context.get(VM);
    Object answer = host.call("Host.dumpxmls", Map.of("vmList", List.of(id)));
    String xml = answer instanceof Map<?, ?> all ? String.valueOf(all.get(id)) : "";
    return !list(context, LAYERS).isEmpty()
        && list(context, LAYERS).stream().allMatch(volume -> xml.contains("/" + volume));
  }

  StepOutcome record(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              jobs.snapshot(transaction, context)
                  .filter(now -> now.value().snapshotStatus() == SnapshotStatus.LOCKED)
                  .ifPresent(snapshot -> record(transaction, snapshot, context));
              return context.jobId();
            });
    list(context, DISKS).forEach(jobs::measure);
    return StepOutcome.done();
  }

  private static void lock(Transaction transaction, String id) {
    transaction
        .find(Kinds.DISK, id)
        .ifPresent(disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED)));
  }

  private void record(Transaction transaction, Entity<Snapshot> snapshot, StepContext context) {
    List<String> ids = list(context, DISKS);
    List<String> layers = list(context, LAYERS);
    for (int index = 0; index < ids.size(); index++) {
      Entity<Disk> disk = transaction.find(Kinds.DISK, ids.get(index)).orElse(null);
      if (disk != null) {
        DiskLayers.keep(transaction, disk, snapshot.id());
        DiskLayers.write(transaction, disk, layers.get(index), DiskLayers.volume(disk.value()));
      }
    }
    Snapshot taken = (Snapshot) snapshot.value().shallowCopy();
    transaction.update(snapshot, taken.snapshotStatus(SnapshotStatus.OK));
    if (context.find(KEEP_LOCKED) != null) {
      ids.forEach(id -> lock(transaction, id));
      return;
    }
    SnapshotJobs.unlock(transaction, context);
    transaction
        .find(Kinds.VM, context.get(VM))
        .ifPresent(
            vm ->
                jobs.append(
                    transaction,
                    "USER_CREATE_SNAPSHOT_FINISHED_SUCCESS",
                    context,
                    vm.value(),
                    snapshot.value()));
  }

  /** There is no snapshot; the volumes that were made for it go. */
  void giveUp(StepContext context) {
    jobs.removeLayers(context);
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              jobs.snapshot(transaction, context)
                  .ifPresent(snapshot -> discard(transaction, snapshot, context));
              return context.jobId();
            });
  }

  private void discard(Transaction transaction, Entity<Snapshot> snapshot, StepContext context) {
    transaction.delete(snapshot);
    SnapshotJobs.unlock(transaction, context);
    String memory = context.find(MEMORY);
    if (memory != null && !memory.isEmpty()) {
      MemoryDisks.removal(
              transaction, memory, context.find(SnapshotJobs.USER), context.correlationId())
          .ifPresent(job -> jobs.operations().get().start(transaction, job));
    }
    transaction
        .find(Kinds.VM, context.get(VM))
        .ifPresent(
            vm ->
                jobs.append(
                    transaction,
                    "USER_CREATE_SNAPSHOT_FINISHED_FAILURE",
                    context,
                    vm.value(),
                    snapshot.value()));
  }
}
