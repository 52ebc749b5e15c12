package io.overt.engine.vms.snapshots;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.SnapshotCdromsService;
import io.overt.model.services.SnapshotDisksService;
import io.overt.model.services.SnapshotNicsService;
import io.overt.model.services.SnapshotService;
import io.overt.model.services.SnapshotsService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Snapshot;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /vms/{id}/snapshots}. */
public final class VmSnapshots implements SnapshotsService {
  private final Platform platform;
  private final MachineSnapshots snapshots;
  private final Resource<Vm> machines;
  private final Predicate<Entity<Snapshot>> hidden;
  private final String vmId;

  /**
   * @param hidden snapshots that clients do not see
   */
  public VmSnapshots(
      Platform platform,
      MachineSnapshots snapshots,
      String vmId,
      Predicate<Entity<Snapshot>> hidden) {
    this.platform = platform;
    this.snapshots = snapshots;
    this.machines = new Resource<>(platform, Kinds.VM);
    this.vmId = vmId;
    this.hidden = hidden;
  }

  @Override
  public List<Snapshot> list(ListRequest request) {
    machines.require(request.call(), platform.snapshot(), vmId);
    return platform.snapshot().owned(Kinds.SNAPSHOT, Kinds.VM.key(vmId)).stream()
        .filter(hidden.negate())
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .map(SnapshotConfiguration::withoutDevices)
        .toList();
  }

  @Override
  public Outcome<Snapshot> add(AddRequest request) {
    Call call = request.call();
    Snapshot body = platform.body(request.snapshot());
    Entity<Vm> vm = machines.require(call, platform.snapshot(), vmId);
    if (body.description() == null) {
      throw ApiFault.incomplete("Snapshot", "description", "add");
    }
    if (!hasStorage(vm.value())) {
      throw ApiFault.conflict(
          "Cannot create a snapshot of VM "
              + vm.value().name()
              + ": its data center has no active data storage domain.");
    }
    MachineSnapshots.Started started = snapshots.add(call, vmId, body);
    return Outcome.started(
        SnapshotConfiguration.withoutDevices(started.snapshot().value()), started.job());
  }

  private boolean hasStorage(Vm vm) {
    io.overt.inventory.Snapshot inventory = platform.snapshot();
    return Optional.ofNullable(vm.cluster())
        .flatMap(cluster -> inventory.find(Kinds.CLUSTER, cluster.requireId()))
        .map(Entity::value)
        .map(Cluster::dataCenter)
        .map(DataCenter::requireId)
        .stream()
        .flatMap(
            id ->
                inventory.owned(Kinds.ATTACHED_STORAGE_DOMAIN, Kinds.DATA_CENTER.key(id)).stream())
        .anyMatch(domain -> domain.value().status() == StorageDomainStatus.ACTIVE);
  }

  private Snapshot require(Call call, String id) {
    machines.require(call, platform.snapshot(), vmId);
    return platform
        .snapshot()
        .find(Kinds.SNAPSHOT, Kinds.VM.key(vmId), id)
        .filter(hidden.negate())
        .map(Entity::value)
        .orElseThrow(() -> ApiFault.missing("Snapshot: id=" + id));
  }

  @Override
  public SnapshotService snapshot(String id) {
    return new SnapshotService() {
      @Override
      public Snapshot get(GetRequest request) {
        return SnapshotConfiguration.withoutDevices(require(request.call(), id));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        require(request.call(), id);
        return Outcome.removing(snapshots.remove(request.call(), vmId, id));
      }

      @Override
      public Outcome<Action> restore(RestoreRequest request) {
        require(request.call(), id);
        String job =
            snapshots.back(
                request.call(),
                vmId,
                id,
                Boolean.TRUE.equals(request.restoreMemory()),
                Objects.requireNonNullElse(request.disks(), List.of()),
                MachineSnapshots.Back.RESTORE);
        return Outcome.started(new Action(), job);
      }

      private SnapshotDevices devices() {
        return new SnapshotDevices(platform, vmId, call -> require(call, id));
      }

      @Override
      public SnapshotDisksService disks() {
        return devices().disks();
      }

      @Override
      public SnapshotNicsService nics() {
        return devices().nics();
      }

      @Override
      public SnapshotCdromsService cdroms() {
        return devices().cdroms();
      }
    };
  }
}
