package io.overt.engine.vms.snapshots;

import io.overt.engine.vms.devices.MachineDevices;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.Nic;
import io.overt.model.types.Snapshot;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The machine as a snapshot remembers it: what describes it, and copies of its devices. Who it is,
 * where it belongs and what it is doing are not part of that.
 */
final class SnapshotConfiguration {
  private static final Set<String> OWN =
      Set.of(
          "id",
          "name",
          "description",
          "comment",
          "status",
          "status_detail",
          "host",
          "start_time",
          "stop_time",
          "stop_reason",
          "creation_time",
          "run_once",
          "cluster",
          "tags",
          "template");

  private static final Set<String> BELONGING =
      Set.of(
          "original_template",
          "instance_type",
          "vm_pool",
          "next_run_configuration_exists",
          "delete_protected",
          "quota",
          "nics",
          "disk_attachments",
          "cdroms",
          "graphics_consoles",
          "watchdogs",
          "mediated_devices",
          "snapshots");

  private SnapshotConfiguration() {}

  private static boolean remembered(String member) {
    return !OWN.contains(member) && !BELONGING.contains(member);
  }

  /** Lets a snapshot remember the machine as it is. */
  static void remember(io.overt.inventory.Snapshot inventory, Entity<Vm> vm, Snapshot snapshot) {
    Vm value = vm.value().copy();
    for (Member member : value.type().members()) {
      if (remembered(member.name())) {
        snapshot.set(member.name(), value.get(member));
      }
    }
    Key key = vm.key();
    snapshot.nics(values(inventory, Kinds.NIC, key));
    snapshot.cdroms(values(inventory, Kinds.CDROM, key));
    snapshot.graphicsConsoles(values(inventory, Kinds.GRAPHICS_CONSOLE, key));
    snapshot.watchdogs(values(inventory, Kinds.WATCHDOG, key));
    snapshot.mediatedDevices(values(inventory, Kinds.VM_MEDIATED_DEVICE, key));
    snapshot.diskAttachments(values(inventory, Kinds.DISK_ATTACHMENT, key));
  }

  private static <T extends Struct> List<T> values(
      io.overt.inventory.Snapshot inventory, Kind<T> kind, Key owner) {
    return inventory.owned(kind, owner).stream().map(Entity::value).toList();
  }

  /** The machine's values as the snapshot remembers them; its devices are changed at once. */
  static Vm restore(Transaction transaction, Entity<Vm> vm, Snapshot from) {
    Snapshot snapshot = from.copy();
    Key key = vm.key();
    replace(transaction, Kinds.NIC, key, list(snapshot.nics()));
    replace(transaction, Kinds.CDROM, key, list(snapshot.cdroms()));
    replace(transaction, Kinds.GRAPHICS_CONSOLE, key, list(snapshot.graphicsConsoles()));
    replace(transaction, Kinds.WATCHDOG, key, list(snapshot.watchdogs()));
    replace(transaction, Kinds.VM_MEDIATED_DEVICE, key, list(snapshot.mediatedDevices()));
    List<DiskAttachment> attachments =
        list(snapshot.diskAttachments()).stream()
            .filter(attachment -> available(transaction, key, attachment))
            .toList();
    replace(transaction, Kinds.DISK_ATTACHMENT, key, attachments);
    return values(vm.value(), snapshot);
  }

  /** What describes the machine, as the snapshot remembers it; the rest is the machine's. */
  static Vm values(Vm now, Snapshot snapshot) {
    Vm value = now.copy();
    for (Member member : value.type().members()) {
      if (remembered(member.name())) {
        value.set(member, snapshot.get(member));
      }
    }
    return value;
  }

  private static <T> List<T> list(@org.jspecify.annotations.Nullable List<T> values) {
    return Objects.requireNonNullElse(values, List.of());
  }

  /** A disk that was removed since, or that another machine has now, does not come back. */
  private static boolean available(Transaction transaction, Key owner, DiskAttachment attachment) {
    String id = attachment.requireId();
    Disk disk = transaction.find(Kinds.DISK, id).map(Entity::value).orElse(null);
    return disk != null
        && (Boolean.TRUE.equals(disk.shareable())
            || transaction.current().referrers(Kinds.DISK_ATTACHMENT, "disk", id).stream()
                .allMatch(other -> owner.equals(other.owner())));
  }

  /** Makes the owner's devices those of the list. */
  private static <T extends Struct> void replace(
      Transaction transaction, Kind<T> kind, Key owner, List<T> wanted) {
    List<Entity<T>> present = transaction.current().owned(kind, owner);
    for (Entity<T> device : present) {
      if (wanted.stream().noneMatch(other -> device.id().equals(other.id()))) {
        transaction.delete(device);
      }
    }
    for (T device : wanted) {
      present.stream()
          .filter(other -> other.id().equals(device.id()))
          .findFirst()
          .ifPresentOrElse(
              same -> transaction.update(same, device),
              () -> transaction.insert(kind, device, owner));
    }
  }

  /** The snapshot without the copies of devices, which clients find in collections. */
  static Snapshot withoutDevices(Snapshot snapshot) {
    Snapshot shown = (Snapshot) snapshot.shallowCopy();
    for (String collection :
        List.of("nics", "cdroms", "graphics_consoles", "disk_attachments", "watchdogs")) {
      shown.set(collection, null);
    }
    return shown;
  }

  static List<Nic> nics(Snapshot snapshot) {
    return list(snapshot.nics());
  }

  static List<Cdrom> cdroms(Snapshot snapshot) {
    return list(snapshot.cdroms());
  }

  static MachineDevices devices(Snapshot snapshot) {
    Snapshot copy = snapshot.copy();
    return new MachineDevices(
        list(copy.nics()),
        list(copy.graphicsConsoles()),
        list(copy.watchdogs()),
        list(copy.mediatedDevices()));
  }
}
