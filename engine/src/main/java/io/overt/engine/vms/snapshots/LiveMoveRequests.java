package io.overt.engine.vms.snapshots;

import io.overt.access.session.Caller;
import io.overt.engine.disks.LiveMoves;
import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Vm;
import io.overt.operations.JobRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts {@link LiveMove} with a snapshot for the time of the move, as oVirt does. */
record LiveMoveRequests(SnapshotJobs jobs) implements LiveMoves {

  @Override
  public String move(
      Transaction transaction, Call call, Entity<Vm> vm, Entity<Disk> disk, Route route) {
    MachineSnapshots.requireNoPreview(transaction, vm, "move a disk of");
    if (Boolean.TRUE.equals(disk.value().shareable())) {
      throw ApiFault.conflict(
          "Cannot move disk '%s' while VM '%s' runs: it is shareable."
              .formatted(disk.value().alias(), vm.value().name()));
    }
    Platform platform = jobs.platform();
    Snapshot snapshot = new Snapshot();
    SnapshotConfiguration.remember(transaction.current(), vm, snapshot);
    MachineSnapshots.keepOnly(snapshot, List.of(disk));
    snapshot
        .id(platform.newId())
        .description(disk.value().alias() + " Auto-generated for Live Storage Migration");
    snapshot
        .date(platform.clock().instant())
        .persistMemorystate(false)
        .snapshotStatus(SnapshotStatus.LOCKED)
        .snapshotType(SnapshotType.REGULAR)
        .vm(new Vm().id(vm.id()));
    transaction.insert(Kinds.SNAPSHOT, snapshot, vm.key(), Map.of());
    transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED));
    Caller caller = platform.caller(call);
    Map<String, String> data = new HashMap<>();
    data.put(SnapshotJobs.VM, vm.id());
    data.put(SnapshotJobs.SNAPSHOT, snapshot.requireId());
    data.put(SnapshotJobs.DISKS, disk.id());
    data.put(SnapshotJobs.LAYERS, platform.newId());
    data.put(SnapshotJobs.USER, caller.userId());
    data.put(SnapshotJobs.USER_NAME, caller.principalName());
    data.put(CreateSnapshot.KEEP_LOCKED, "true");
    data.put(LiveMove.SOURCE, route.source());
    data.put(LiveMove.TARGET, route.target());
    data.put(LiveMove.PROFILE, route.profile());
    String description =
        "Migrating Disk %s from %s to %s of VM %s"
            .formatted(
                disk.value().alias(),
                name(transaction, route.source()),
                name(transaction, route.target()),
                vm.value().name());
    return jobs.operations()
        .get()
        .start(
            transaction,
            new JobRequest(
                LiveMove.NAME, description, caller.userId(), caller.correlationId(), data));
  }

  private static String name(Transaction transaction, String domain) {
    return transaction
        .find(Kinds.STORAGE_DOMAIN, domain)
        .map(Entity::value)
        .map(StorageDomain::name)
        .orElse(domain);
  }
}
