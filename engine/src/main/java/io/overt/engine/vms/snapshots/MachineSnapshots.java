package io.overt.engine.vms.snapshots;

import io.overt.access.session.Caller;
import io.overt.engine.disks.DiskWork;
import io.overt.engine.disks.Images;
import io.overt.engine.disks.LiveMoves;
import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.vms.run.SuspendVm;
import io.overt.fleet.Fleet;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What can be done with the snapshots of machines: each leaves its work to a job. */
public final class MachineSnapshots {
  private static final Set<VmStatus> RUNNING = Set.of(VmStatus.UP, VmStatus.PAUSED);
  private static final Set<VmStatus> RESTING = Set.of(VmStatus.DOWN, VmStatus.SUSPENDED);

  private final Platform platform;
  private final Supplier<Operations> operations;
  private final Resource<Vm> machines;
  private final SnapshotJobs jobs;
  private final DiskWork disks;
  private final Previews previews;

  public MachineSnapshots(
      Platform platform, Supplier<Fleet> fleet, Supplier<Operations> operations, DiskWork disks) {
    this.platform = platform;
    this.operations = operations;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.disks = disks;
    this.jobs = new SnapshotJobs(platform, fleet, operations, new Images(platform, fleet));
    this.previews = new Previews(platform, operations);
  }

  public List<Operation> operations() {
    DropVolumes dropping = new DropVolumes(jobs);
    return Stream.concat(
            Stream.of(
                new CreateSnapshot(jobs, disks).operation(),
                new RemoveSnapshot(jobs, dropping).operation(),
                new LiveMove(
                        jobs,
                        new CreateSnapshot(jobs, disks),
                        new RemoveSnapshot(jobs, dropping),
                        dropping)
                    .operation(),
                dropping.operation()),
            new PreviewSnapshot(jobs, previews, dropping).operations().stream())
        .toList();
  }

  /** Moves disks of running machines. */
  public LiveMoves liveMoves() {
    return new LiveMoveRequests(jobs);
  }

  /** A snapshot that a job is taking. */
  record Started(Entity<Snapshot> snapshot, String job) {}

  Started add(Call call, String vmId, Snapshot body) {
    return platform.writeRetrying(
        transaction -> {
          Entity<Vm> vm = machines.require(call, transaction, vmId);
          String what = "create a snapshot of";
          boolean runs = RUNNING.contains(status(vm));
          require(vm, what, runs || status(vm) == VmStatus.DOWN);
          requireNoPreview(transaction, vm, what);
          List<Entity<Disk>> chosen = chosen(transaction, vm, body);
          requireUsable(transaction, chosen, what);
          boolean memory = runs && !Boolean.FALSE.equals(body.persistMemorystate());
          String saved =
              memory
                  ? MemoryDisks.add(platform, transaction, vm, vm.value().name() + "_snapshot")
                  : "";
          Snapshot snapshot = new Snapshot();
          SnapshotConfiguration.remember(transaction.current(), vm, snapshot);
          keepOnly(snapshot, chosen);
          snapshot.id(platform.newId()).description(body.description());
          snapshot
              .date(platform.clock().instant())
              .persistMemorystate(memory)
              .snapshotStatus(SnapshotStatus.LOCKED)
              .snapshotType(SnapshotType.REGULAR)
              .vm(new Vm().id(vm.id()));
          Entity<Snapshot> added =
              transaction.insert(
                  Kinds.SNAPSHOT,
                  snapshot,
                  vm.key(),
                  memory ? Map.of(SuspendVm.MEMORY, saved) : Map.of());
          lock(transaction, vm, chosen, runs);
          Map<String, String> data = data(call, vm, added, chosen);
          data.put(SnapshotJobs.MEMORY, saved);
          report(transaction, call, "USER_CREATE_SNAPSHOT", vm, added.value());
          String job =
              start(
                  transaction,
                  call,
                  CreateSnapshot.NAME,
                  "Creating VM Snapshot %s for VM %s"
                      .formatted(snapshot.description(), vm.value().name()),
                  data);
          return new Started(added, job);
        });
  }

  /** The machine's disks, or those that the body names. */
  private static List<Entity<Disk>> chosen(Transaction transaction, Entity<Vm> vm, Snapshot body) {
    List<Entity<Disk>> all = DiskLayers.disks(transaction.current(), vm);
    List<String> named = new ArrayList<>();
    for (DiskAttachment each :
        Objects.requireNonNullElse(body.diskAttachments(), List.<DiskAttachment>of())) {
      named.add(String.valueOf(each.disk() == null ? each.id() : each.disk().id()));
    }
    Objects.requireNonNullElse(body.disks(), List.<Disk>of())
        .forEach(disk -> named.add(String.valueOf(disk.id())));
    for (String id : named) {
      if (all.stream().noneMatch(disk -> disk.id().equals(id))) {
        throw ApiFault.conflict(
            "Cannot create a snapshot of VM %s: disk %s is not an image of its own."
                .formatted(vm.value().name(), id));
      }
    }
    return named.isEmpty() ? all : all.stream().filter(disk -> named.contains(disk.id())).toList();
  }

  static void keepOnly(Snapshot snapshot, List<Entity<Disk>> chosen) {
    List<DiskAttachment> attachments =
        Objects.requireNonNullElse(snapshot.diskAttachments(), List.of());
    snapshot.diskAttachments(
        attachments.stream()
            .filter(each -> chosen.stream().anyMatch(disk -> disk.id().equals(each.id())))
            .toList());
  }

  private void requireUsable(Transaction transaction, List<Entity<Disk>> chosen, String what) {
    for (Entity<Disk> disk : chosen) {
      if (disk.value().status() != DiskStatus.OK) {
        throw ApiFault.conflict(
            "Cannot %s the machine: disk '%s' is %s."
                .formatted(
                    what.replace(" of", "").strip() + " of",
                    disk.value().alias(),
                    Objects.requireNonNullElse(disk.value().status(), DiskStatus.LOCKED).wire()));
      }
      if (Images.activeIn(transaction.snapshot(), disk.value()).isEmpty()) {
        throw ApiFault.conflict(
            "Cannot %s the machine: the storage domain of disk '%s' is not active."
                .formatted(what.replace(" of", "").strip() + " of", disk.value().alias()));
      }
    }
  }

  private static void require(Entity<Vm> vm, String what, boolean condition) {
    if (!condition) {
      throw ApiFault.conflict(
          "Cannot %s VM %s: it is %s.".formatted(what, vm.value().name(), status(vm).wire()));
    }
  }

  static void requireNoPreview(Transaction transaction, Entity<Vm> vm, String what) {
    if (Previews.previewed(transaction.current(), vm).isPresent()) {
      throw ApiFault.conflict(
          "Cannot %s VM %s: it previews a snapshot; commit or undo that first."
              .formatted(what, vm.value().name()));
    }
  }

  private static VmStatus status(Entity<Vm> vm) {
    return Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
  }

  /** A machine that does not run may not start meanwhile. */
  private static void lock(
      Transaction transaction, Entity<Vm> vm, List<Entity<Disk>> chosen, boolean runs) {
    chosen.forEach(disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED)));
    if (!runs) {
      transaction.update(vm, vm.value().copy().status(VmStatus.IMAGE_LOCKED));
    }
  }

  private Map<String, String> data(
      Call call, Entity<Vm> vm, Entity<Snapshot> snapshot, List<Entity<Disk>> chosen) {
    Caller caller = platform.caller(call);
    Map<String, String> data = new HashMap<>();
    data.put(SnapshotJobs.VM, vm.id());
    data.put(SnapshotJobs.SNAPSHOT, snapshot.id());
    data.put(SnapshotJobs.DISKS, String.join(",", chosen.stream().map(Entity::id).toList()));
    data.put(
        SnapshotJobs.LAYERS,
        String.join(",", chosen.stream().map(disk -> platform.newId()).toList()));
    data.put(SnapshotJobs.USER, caller.userId());
    data.put(SnapshotJobs.USER_NAME, caller.principalName());
    return data;
  }

  private String start(
      Transaction transaction,
      Call call,
      String operation,
      String description,
      Map<String, String> data) {
    Caller caller = platform.caller(call);
    return operations
        .get()
        .start(
            transaction,
            new JobRequest(operation, description, caller.userId(), caller.correlationId(), data));
  }

  private void report(
      Transaction transaction, Call call, String type, Entity<Vm> vm, Snapshot snapshot) {
    platform
        .events()
        .append(
            transaction,
            type,
            platform
                .about(call, vm.value())
                .with("SnapshotName", Objects.requireNonNullElse(snapshot.description(), "")));
  }

  /** A snapshot that a user took and that nothing is being done with. */
  private Entity<Snapshot> regular(Transaction transaction, Entity<Vm> vm, String id, String what) {
    Entity<Snapshot> snapshot =
        transaction
            .current()
            .find(Kinds.SNAPSHOT, vm.key(), id)
            .filter(found -> found.value().snapshotType() != null)
            .orElseThrow(() -> ApiFault.missing("Snapshot: id=" + id));
    if (snapshot.value().snapshotType() == SnapshotType.ACTIVE) {
      throw ApiFault.conflict("The active snapshot stands for the machine as it is; it stays.");
    }
    if (snapshot.value().snapshotStatus() != SnapshotStatus.OK
        || snapshot.value().snapshotType() != SnapshotType.REGULAR) {
      throw ApiFault.conflict(
          "Cannot %s snapshot '%s': it is %s."
              .formatted(
                  what,
                  snapshot.value().description(),
                  Objects.requireNonNullElse(
                          snapshot.value().snapshotStatus(), SnapshotStatus.LOCKED)
                      .wire()));
    }
    return snapshot;
  }

  /** The machine's disks that the snapshot keeps something of. */
  private static List<Entity<Disk>> kept(Transaction transaction, Entity<Snapshot> snapshot) {
    return DiskLayers.ofSnapshot(transaction.current(), snapshot.id()).stream()
        .map(layer -> Objects.requireNonNull(layer.value().disk()).requireId())
        .flatMap(id -> transaction.find(Kinds.DISK, id).stream())
        .toList();
  }

  String remove(Call call, String vmId, String id) {
    return platform.writeRetrying(
        transaction -> {
          Entity<Vm> vm = machines.require(call, transaction, vmId);
          String what = "remove a snapshot of";
          Entity<Snapshot> snapshot = regular(transaction, vm, id, "remove");
          boolean runs = RUNNING.contains(status(vm));
          require(vm, what, runs || status(vm) == VmStatus.DOWN);
          requireNoPreview(transaction, vm, what);
          List<Entity<Disk>> chosen = kept(transaction, snapshot);
          requireUsable(transaction, chosen, what);
          Snapshot locked = (Snapshot) snapshot.value().shallowCopy();
          transaction.update(snapshot, locked.snapshotStatus(SnapshotStatus.LOCKED));
          lock(transaction, vm, chosen, runs);
          report(transaction, call, "USER_REMOVE_SNAPSHOT", vm, locked);
          return start(
              transaction,
              call,
              RemoveSnapshot.NAME,
              "Removing Snapshot %s of VM %s".formatted(locked.description(), vm.value().name()),
              data(call, vm, snapshot, chosen));
        });
  }

  /** For a look, or for good. */
  public enum Back {
    PREVIEW,
    RESTORE
  }

  /**
   * Puts the machine back to a snapshot.
   *
   * @param wanted the disks to put back; none for all
   */
  public String back(
      Call call, String vmId, String id, boolean memory, List<Disk> wanted, Back back) {
    return platform.writeRetrying(
        transaction -> {
          Entity<Vm> vm = machines.require(call, transaction, vmId);
          String what = back == Back.PREVIEW ? "preview a snapshot of" : "restore a snapshot of";
          Entity<Snapshot> snapshot =
              regular(transaction, vm, id, back == Back.PREVIEW ? "preview" : "restore");
          require(vm, what, status(vm) == VmStatus.DOWN);
          requireNoPreview(transaction, vm, what);
          if (memory && !snapshot.internals().containsKey(SuspendVm.MEMORY)) {
            throw ApiFault.conflict(
                "Cannot restore the memory of snapshot '%s': it has none."
                    .formatted(snapshot.value().description()));
          }
          List<Entity<Disk>> chosen =
              kept(transaction, snapshot).stream()
                  .filter(
                      disk ->
                          wanted.isEmpty()
                              || wanted.stream().anyMatch(each -> disk.id().equals(each.id())))
                  .toList();
          requireUsable(transaction, chosen, what);
          Snapshot locked = (Snapshot) snapshot.value().shallowCopy();
          transaction.update(snapshot, locked.snapshotStatus(SnapshotStatus.LOCKED));
          lock(transaction, vm, chosen, false);
          Map<String, String> data = data(call, vm, snapshot, chosen);
          data.put(PreviewSnapshot.WITH_MEMORY, String.valueOf(memory));
          boolean look = back == Back.PREVIEW;
          if (!look) {
            data.put(DropVolumes.EVENT, "USER_RESTORE_FROM_SNAPSHOT_FINISH_SUCCESS");
          }
          report(
              transaction,
              call,
              look ? "USER_TRY_BACK_TO_SNAPSHOT" : "USER_RESTORE_FROM_SNAPSHOT_START",
              vm,
              locked);
          return start(
              transaction,
              call,
              look ? PreviewSnapshot.PREVIEW : PreviewSnapshot.RESTORE,
              "%s VM Snapshot %s of VM %s"
                  .formatted(
                      look ? "Preview" : "Restoring", locked.description(), vm.value().name()),
              data);
        });
  }

  /** Ends a preview: the machine is what it was before. */
  public String undo(Call call, String vmId) {
    return end(call, vmId, "undo the preview of", "USER_UNDO_RESTORE_FROM_SNAPSHOT_START");
  }

  /** Ends a preview: the machine stays what the snapshot remembers. */
  public String commit(Call call, String vmId) {
    return end(call, vmId, "commit the preview of", "USER_COMMIT_RESTORE_FROM_SNAPSHOT_START");
  }

  private String end(Call call, String vmId, String what, String event) {
    boolean undo = event.contains("UNDO");
    return platform.writeRetrying(
        transaction -> {
          Entity<Vm> vm = machines.require(call, transaction, vmId);
          Entity<Snapshot> seen =
              Previews.previewed(transaction.current(), vm)
                  .orElseThrow(
                      () ->
                          ApiFault.bad("VM " + vm.value().name() + " has no snapshot in preview."));
          require(vm, what, RESTING.contains(status(vm)));
          requireUsable(transaction, DiskLayers.disks(transaction.current(), vm), what);
          List<String> changed =
              undo
                  ? previews.undo(transaction, vm)
                  : previews.commit(transaction, vm, platform.caller(call).userId());
          report(transaction, call, event, vm, seen.value());
          Map<String, String> data = data(call, vm, seen, List.of());
          data.put(SnapshotJobs.DISKS, String.join(",", changed));
          data.put(DropVolumes.EVENT, event.replace("_START", "_FINISH_SUCCESS"));
          return start(
              transaction,
              call,
              DropVolumes.NAME,
              "%s VM Snapshot %s of VM %s"
                  .formatted(
                      undo ? "Undoing preview of" : "Restoring",
                      seen.value().description(),
                      vm.value().name()),
              data);
        });
  }
}
