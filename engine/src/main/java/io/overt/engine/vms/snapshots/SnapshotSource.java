package io.overt.engine.vms.snapshots;

import io.overt.engine.disks.DiskSource;
import io.overt.engine.resource.References;
import io.overt.engine.vms.devices.MachineDevices;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.Vm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A machine as one of its snapshots keeps it, for machines and templates that are made of that.
 *
 * @param machine with the values that the snapshot remembers
 */
public record SnapshotSource(Entity<Vm> machine, DiskSource disks, MachineDevices devices) {

  /** The id of the snapshot that a body names; null when it names none. */
  public static @Nullable String named(Vm body) {
    List<Snapshot> snapshots = body.snapshots();
    if (snapshots == null || snapshots.isEmpty()) {
      return null;
    }
    String id = snapshots.getFirst().id();
    if (id == null) {
      throw ApiFault.incomplete("Snapshot", "id", "add");
    }
    return References.uuid(id);
  }

  /**
   * @throws ApiFault 404 when there is no such snapshot, 409 when it stands for the present or is
   *     being worked on
   */
  public static SnapshotSource of(Transaction transaction, String id) {
    Entity<Snapshot> snapshot =
        transaction.current().all(Kinds.SNAPSHOT).stream()
            .filter(known -> known.id().equals(id))
            .findFirst()
            .orElseThrow(() -> ApiFault.missing("Snapshot: id=" + id));
    Snapshot value = snapshot.value();
    if (value.snapshotType() != SnapshotType.REGULAR
        || value.snapshotStatus() != SnapshotStatus.OK) {
      throw ApiFault.conflict(
          "Cannot use snapshot '%s': it must be a regular one that nothing works on."
              .formatted(value.description()));
    }
    Entity<Vm> vm =
        transaction
            .find(Kinds.VM, Objects.requireNonNull(snapshot.owner()).id())
            .orElseThrow(ApiFault::notFound);
    Map<String, String> volumes = new HashMap<>();
    for (Entity<DiskSnapshot> layer : DiskLayers.ofSnapshot(transaction.current(), id)) {
      volumes.put(
          Objects.requireNonNull(layer.value().disk()).requireId(),
          DiskLayers.volume(layer.value()));
    }
    return new SnapshotSource(
        new Entity<>(
            Kinds.VM,
            SnapshotConfiguration.values(vm.value(), value).freeze(),
            vm.owner(),
            vm.internals(),
            vm.version()),
        new DiskSource(
            vm.key(), Objects.requireNonNullElse(value.diskAttachments(), List.of()), volumes),
        SnapshotConfiguration.devices(value));
  }
}
