package io.overt.engine.vms.snapshots;

import io.overt.engine.disks.MemoryDisks;
import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.SuspendVm;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.Operations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory says while a machine looks at a snapshot, and afterwards. Meanwhile a snapshot
 * of the type preview keeps what the machine was before.
 */
final class Previews {
  static final String ACTIVE = "Active VM";
  private static final String BEFORE = "Active VM before the preview";

  private final Platform platform;
  private final Supplier<Operations> operations;

  Previews(Platform platform, Supplier<Operations> operations) {
    this.platform = platform;
    this.operations = operations;
  }

  static Optional<Entity<Snapshot>> typed(
      io.overt.inventory.Snapshot inventory, Entity<Vm> vm, SnapshotType type) {
    return inventory.owned(Kinds.SNAPSHOT, vm.key()).stream()
        .filter(snapshot -> snapshot.value().snapshotType() == type)
        .findFirst();
  }

  static Optional<Entity<Snapshot>> previewed(
      io.overt.inventory.Snapshot inventory, Entity<Vm> vm) {
    return inventory.owned(Kinds.SNAPSHOT, vm.key()).stream()
        .filter(snapshot -> snapshot.value().snapshotStatus() == SnapshotStatus.IN_PREVIEW)
        .findFirst();
  }

  private static Snapshot active(String id, @Nullable Instant date) {
    Snapshot snapshot = new Snapshot();
    snapshot.id(id).description(ACTIVE);
    return snapshot
        .date(date)
        .persistMemorystate(false)
        .snapshotStatus(SnapshotStatus.OK)
        .snapshotType(SnapshotType.ACTIVE);
  }

  /** The machine is what the snapshot remembers, and its disks are written to in new layers. */
  void begin(
      Transaction transaction,
      Entity<Vm> vm,
      Entity<Snapshot> snapshot,
      List<String> disks,
      List<String> layers,
      boolean memory) {
    typed(transaction.current(), vm, SnapshotType.ACTIVE)
        .ifPresent(active -> keep(transaction, vm, active, disks));
    transaction.insert(
        Kinds.SNAPSHOT, active(platform.newId(), platform.clock().instant()), vm.key());
    for (int index = 0; index < disks.size(); index++) {
      Entity<Disk> disk = transaction.find(Kinds.DISK, disks.get(index)).orElse(null);
      if (disk != null) {
        look(transaction, disk, snapshot.id(), layers.get(index));
      }
    }
    Snapshot seen = (Snapshot) snapshot.value().shallowCopy();
    transaction.update(snapshot, seen.snapshotStatus(SnapshotStatus.IN_PREVIEW));
    Map<String, String> internals = SuspendVm.withoutSnapshotMemory(vm.internals());
    String saved = snapshot.internal(SuspendVm.MEMORY);
    if (memory && saved != null) {
      internals.put(SuspendVm.MEMORY, saved);
      internals.put(SuspendVm.SNAPSHOT_MEMORY, snapshot.id());
    }
    Vm value = SnapshotConfiguration.restore(transaction, vm, snapshot.value());
    transaction.update(vm, value.status(SuspendVm.statusOf(internals)), internals);
  }

  private static void keep(
      Transaction transaction, Entity<Vm> vm, Entity<Snapshot> active, List<String> disks) {
    Snapshot before = active.value().copy();
    before.description(BEFORE);
    before.snapshotType(SnapshotType.PREVIEW);
    SnapshotConfiguration.remember(transaction.current(), vm, before);
    transaction.update(active, before);
    for (String id : disks) {
      transaction
          .find(Kinds.DISK, id)
          .ifPresent(disk -> DiskLayers.keep(transaction, disk, active.id()));
    }
  }

  private static void look(
      Transaction transaction, Entity<Disk> disk, String snapshot, String layer) {
    DiskLayers.of(transaction.current(), disk.id(), snapshot)
        .ifPresent(
            kept -> {
              DiskLayers.write(transaction, disk, layer, kept.id());
              transaction
                  .find(Kinds.DISK, disk.id())
                  .ifPresent(
                      now ->
                          transaction.update(
                              now,
                              now.value().copy().provisionedSize(kept.value().provisionedSize())));
            });
  }

  /**
   * The machine is what it was before; the layers of the look are noted as left over.
   *
   * @return its disks, which are locked
   */
  List<String> undo(Transaction transaction, Entity<Vm> vm) {
    Entity<Snapshot> before = typed(transaction.current(), vm, SnapshotType.PREVIEW).orElseThrow();
    List<String> disks = new ArrayList<>();
    for (Entity<DiskSnapshot> layer : DiskLayers.ofSnapshot(transaction.current(), before.id())) {
      String id = Objects.requireNonNull(layer.value().disk()).requireId();
      Entity<Disk> disk = transaction.find(Kinds.DISK, id).orElse(null);
      if (disk != null) {
        String dropped = DiskLayers.volume(disk.value());
        DiskLayers.writeAgain(transaction, disk, layer);
        noteLocked(transaction, id, List.of(dropped));
        disks.add(id);
      }
    }
    Map<String, String> internals = SuspendVm.withoutSnapshotMemory(vm.internals());
    Vm value = SnapshotConfiguration.restore(transaction, vm, before.value());
    transaction.update(vm, value.status(VmStatus.IMAGE_LOCKED), internals);
    typed(transaction.current(), vm, SnapshotType.ACTIVE).ifPresent(transaction::delete);
    transaction.update(before, active(before.id(), before.value().date()));
    previewed(transaction.current(), vm).ifPresent(seen -> usable(transaction, seen));
    return disks;
  }

  /**
   * The machine stays what the snapshot remembers; what came after that snapshot goes, and its
   * volumes are noted as left over.
   *
   * @return its disks, which are locked
   */
  List<String> commit(Transaction transaction, Entity<Vm> vm, @Nullable String user) {
    Entity<Snapshot> seen = previewed(transaction.current(), vm).orElseThrow();
    List<Entity<Snapshot>> later =
        transaction.current().owned(Kinds.SNAPSHOT, vm.key()).stream()
            .filter(other -> goes(seen, other))
            .toList();
    usable(transaction, seen);
    List<String> disks = new ArrayList<>();
    for (Entity<Disk> disk : DiskLayers.disks(transaction.current(), vm)) {
      List<String> needed = DiskLayers.belowOf(transaction.current(), disk);
      List<Entity<DiskSnapshot>> dropped =
          DiskLayers.of(transaction.current(), disk.id()).stream()
              .filter(layer -> !needed.contains(layer.id()))
              .toList();
      if (!dropped.isEmpty()) {
        List<String> ordered = DiskLayers.uppermostFirst(dropped);
        dropped.forEach(transaction::delete);
        noteLocked(transaction, disk.id(), ordered);
        disks.add(disk.id());
      }
    }
    for (Entity<Snapshot> gone : later) {
      String memory = gone.internal(SuspendVm.MEMORY);
      if (memory != null) {
        MemoryDisks.removal(transaction, memory, user, null)
            .ifPresent(job -> operations.get().start(transaction, job));
      }
      transaction.delete(gone);
    }
    transaction
        .find(Kinds.VM, vm.id())
        .ifPresent(
            now -> transaction.update(now, now.value().copy().status(VmStatus.IMAGE_LOCKED)));
    return disks;
  }

  private static boolean goes(Entity<Snapshot> seen, Entity<Snapshot> other) {
    SnapshotType type = other.value().snapshotType();
    Instant date = other.value().date();
    return type == SnapshotType.PREVIEW
        || (type == SnapshotType.REGULAR
            && date != null
            && seen.value().date() != null
            && date.isAfter(seen.value().date()));
  }

  private static void usable(Transaction transaction, Entity<Snapshot> snapshot) {
    Snapshot value = (Snapshot) snapshot.value().shallowCopy();
    transaction.update(snapshot, value.snapshotStatus(SnapshotStatus.OK));
  }

  private static void noteLocked(Transaction transaction, String id, List<String> volumes) {
    transaction
        .find(Kinds.DISK, id)
        .ifPresent(disk -> DropVolumes.note(transaction, disk, volumes));
    transaction
        .find(Kinds.DISK, id)
        .ifPresent(disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED)));
  }
}
