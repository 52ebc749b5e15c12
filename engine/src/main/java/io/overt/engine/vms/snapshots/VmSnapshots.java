package io.overt.engine.vms.snapshots;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.NotImplemented;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.SnapshotService;
import io.overt.model.services.SnapshotsService;
import io.overt.model.types.Action;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /vms/{id}/snapshots}: the active one, and refusals until storage takes snapshots. */
public final class VmSnapshots implements SnapshotsService {
  private final Platform platform;
  private final Resource<Vm> machines;
  private final Predicate<Entity<Snapshot>> hidden;
  private final String vmId;

  /**
   * @param hidden snapshots that clients do not see
   */
  public VmSnapshots(Platform platform, String vmId, Predicate<Entity<Snapshot>> hidden) {
    this.platform = platform;
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
        .toList();
  }

  @Override
  @NeverSucceeds
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
    throw new NotImplemented("snapshots.add");
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

  @Override
  public SnapshotService snapshot(String id) {
    return new SnapshotService() {
      @Override
      public Snapshot get(GetRequest request) {
        machines.require(request.call(), platform.snapshot(), vmId);
        return find(platform.snapshot(), id).value();
      }

      @Override
      @NeverSucceeds
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              requireRegular(transaction, request.call(), id);
              throw new NotImplemented("snapshot.remove");
            });
        return Outcome.removed();
      }

      @Override
      @NeverSucceeds
      public Outcome<Action> restore(RestoreRequest request) {
        platform.write(
            transaction -> {
              requireRegular(transaction, request.call(), id);
              throw new NotImplemented("snapshot.restore");
            });
        return Outcome.done(new Action());
      }
    };
  }

  private Entity<Snapshot> requireRegular(Transaction transaction, Call call, String id) {
    machines.require(call, transaction, vmId);
    Entity<Snapshot> snapshot = find(transaction.current(), id);
    if (Objects.requireNonNullElse(snapshot.value().snapshotType(), SnapshotType.ACTIVE)
        == SnapshotType.ACTIVE) {
      throw ApiFault.conflict("The active snapshot stands for the machine as it is; it stays.");
    }
    return snapshot;
  }

  private Entity<Snapshot> find(io.overt.inventory.Snapshot inventory, String id) {
    return inventory
        .find(Kinds.SNAPSHOT, Kinds.VM.key(vmId), id)
        .filter(hidden.negate())
        .orElseThrow(() -> ApiFault.missing("Snapshot: id=" + id));
  }
}
