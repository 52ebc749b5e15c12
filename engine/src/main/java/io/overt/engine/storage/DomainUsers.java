package io.overt.engine.storage;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who uses a disk, or a storage domain by its disks. */
public final class DomainUsers {
  private DomainUsers() {}

  /** Machines that the disk is attached to. */
  public static List<Entity<Vm>> machines(Snapshot snapshot, String disk) {
    return owners(snapshot, Kinds.VM, disk);
  }

  /** Templates that the disk belongs to. */
  public static List<Entity<Template>> templates(Snapshot snapshot, String disk) {
    return owners(snapshot, Kinds.TEMPLATE, disk);
  }

  private static <T extends Struct> List<Entity<T>> owners(
      Snapshot snapshot, Kind<T> kind, String disk) {
    return snapshot.referrers(Kinds.DISK_ATTACHMENT, "disk", disk).stream()
        .map(Entity::owner)
        .flatMap(owner -> owner(snapshot, kind, owner).stream())
        .distinct()
        .toList();
  }

  private static <T extends Struct> Optional<Entity<T>> owner(
      Snapshot snapshot, Kind<T> kind, @Nullable Key owner) {
    return owner == null || !owner.kind().equals(kind.name())
        ? Optional.empty()
        : snapshot.find(kind, owner.id());
  }

  /** The attachments of a machine's or template's disks. */
  public static List<Entity<DiskAttachment>> attachments(Snapshot snapshot, Key owner) {
    return snapshot.owned(Kinds.DISK_ATTACHMENT, owner);
  }

  static List<Entity<Disk>> disks(Snapshot snapshot, String domain) {
    return snapshot.referrers(Kinds.DISK, "storage_domains", domain);
  }
}
