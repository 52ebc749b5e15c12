package io.overt.engine.vms.snapshots;

import io.overt.engine.storage.DomainUsers;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.QcowVersion;
import io.overt.model.types.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a disk: the one that is written to, which the disk itself names, and below it
 * those that snapshots keep, each a {@link DiskSnapshot} whose id is the volume's.
 */
final class DiskLayers {
  /** Private attribute of a disk and of a disk's snapshot: the volume below; absent at the end. */
  static final String BELOW = "volume_below";

  /** Private attribute of a disk: volumes that were merged and are still to be removed. */
  static final String LEFT_OVER = "volumes_left_over";

  private DiskLayers() {}

  /** The disks of a machine that snapshots are about: images that it does not share. */
  static List<Entity<Disk>> disks(Snapshot inventory, Entity<Vm> vm) {
    return DomainUsers.attachments(inventory, vm.key()).stream()
        .flatMap(attachment -> inventory.find(Kinds.DISK, attachment.id()).stream())
        .filter(disk -> !Boolean.TRUE.equals(disk.value().shareable()))
        .toList();
  }

  static List<Entity<DiskSnapshot>> of(Snapshot inventory, String disk) {
    return inventory.referrers(Kinds.DISK_SNAPSHOT, "disk", disk);
  }

  /** What a snapshot keeps of a disk. */
  static Optional<Entity<DiskSnapshot>> of(Snapshot inventory, String disk, String snapshot) {
    return of(inventory, disk).stream()
        .filter(
            layer ->
                layer.value().snapshot() != null && snapshot.equals(layer.value().snapshot().id()))
        .findFirst();
  }

  /** What a snapshot keeps, of all disks. */
  static List<Entity<DiskSnapshot>> ofSnapshot(Snapshot inventory, String snapshot) {
    return inventory.all(Kinds.DISK_SNAPSHOT).stream()
        .filter(
            layer ->
                layer.value().snapshot() != null && snapshot.equals(layer.value().snapshot().id()))
        .toList();
  }

  static String volume(Disk disk) {
    return Objects.requireNonNull(disk.imageId());
  }

  /** What the disk's present volume is, kept by a snapshot. */
  static void keep(Transaction transaction, Entity<Disk> disk, String snapshot) {
    DiskSnapshot kept = new DiskSnapshot();
    Disk value = disk.value().copy();
    for (var member : value.type().members()) {
      kept.set(member.name(), value.get(member));
    }
    kept.id(volume(disk.value())).status(DiskStatus.OK);
    kept.disk(new Disk().id(disk.id())).snapshot(new io.overt.model.types.Snapshot().id(snapshot));
    String below = disk.internal(BELOW);
    if (below != null) {
      kept.parent(new DiskSnapshot().id(below));
    }
    transaction.insert(
        Kinds.DISK_SNAPSHOT, kept, null, below == null ? Map.of() : Map.of(BELOW, below));
  }

  /** The disk is written to in a new layer above this volume. */
  static void write(Transaction transaction, Entity<Disk> disk, String layer, String below) {
    Map<String, String> internals = new HashMap<>(disk.internals());
    internals.put(BELOW, below);
    Disk value = disk.value().copy().imageId(layer).status(DiskStatus.OK);
    value.format(DiskFormat.COW).sparse(true).qcowVersion(QcowVersion.QCOW2_V3);
    transaction.update(disk, value, internals);
  }

  /** The disk is written to where a snapshot kept it; the snapshot does so no longer. */
  static void writeAgain(Transaction transaction, Entity<Disk> disk, Entity<DiskSnapshot> layer) {
    Map<String, String> internals = new HashMap<>(disk.internals());
    internals.remove(BELOW);
    String below = layer.internal(BELOW);
    if (below != null) {
      internals.put(BELOW, below);
    }
    Disk value = disk.value().copy().imageId(layer.id()).status(DiskStatus.OK);
    value
        .format(layer.value().format())
        .sparse(layer.value().sparse())
        .qcowVersion(layer.value().qcowVersion())
        .provisionedSize(layer.value().provisionedSize())
        .actualSize(layer.value().actualSize())
        .totalSize(layer.value().totalSize());
    transaction.delete(layer);
    transaction.update(disk, value, internals);
  }

  /** The volume that is built on this one: the disk's own, or that of another snapshot. */
  static @Nullable String above(Snapshot inventory, Entity<Disk> disk, String volume) {
    if (volume.equals(disk.internal(BELOW))) {
      return volume(disk.value());
    }
    return of(inventory, disk.id()).stream()
        .filter(layer -> volume.equals(layer.internal(BELOW)))
        .map(Entity::id)
        .findFirst()
        .orElse(null);
  }

  /** Everything below a volume, the next one first. */
  static List<String> belowOf(Snapshot inventory, Entity<Disk> disk) {
    List<String> volumes = new ArrayList<>();
    String below = disk.internal(BELOW);
    while (below != null && volumes.size() < 1000) {
      volumes.add(below);
      below =
          inventory
              .find(Kinds.DISK_SNAPSHOT, below)
              .map(layer -> layer.internal(BELOW))
              .orElse(null);
    }
    return volumes;
  }

  /** The volumes of these layers, none before what is built on it. */
  static List<String> uppermostFirst(List<Entity<DiskSnapshot>> layers) {
    List<Entity<DiskSnapshot>> left = new ArrayList<>(layers);
    List<String> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Entity<DiskSnapshot> upper =
          left.stream()
              .filter(
                  layer ->
                      left.stream().noneMatch(other -> layer.id().equals(other.internal(BELOW))))
              .findFirst()
              .orElse(left.getFirst());
      left.remove(upper);
      ordered.add(upper.id());
    }
    return ordered;
  }
}
