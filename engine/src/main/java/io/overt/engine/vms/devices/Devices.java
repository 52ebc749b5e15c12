package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import java.util.List;

/**
 * The devices of one kind that one owner has. Who sees the owner sees its devices.
 *
 * @param <O> type of the owner
 * @param <T> type of the device
 */
public final class Devices<O extends Struct, T extends Struct> {
  private final Platform platform;
  private final Resource<O> owners;
  private final Kind<T> kind;
  private final String ownerId;
  private final Key owner;

  public Devices(Platform platform, Kind<O> ownerKind, String ownerId, Kind<T> kind) {
    this.platform = platform;
    this.owners = new Resource<>(platform, ownerKind);
    this.kind = kind;
    this.ownerId = ownerId;
    this.owner = ownerKind.key(ownerId);
  }

  public Platform platform() {
    return platform;
  }

  public Key ownerKey() {
    return owner;
  }

  /** The owner, which must be there and visible. */
  public Entity<O> owner(Call call) {
    return owners.require(call, platform.snapshot(), ownerId);
  }

  /** The owner, for a change. */
  public Entity<O> owner(Call call, Transaction transaction) {
    return owners.require(call, transaction, ownerId);
  }

  public List<T> list(Call call) {
    Snapshot snapshot = platform.snapshot();
    owners.require(call, snapshot, ownerId);
    return listed(call, snapshot);
  }

  /** As {@link #list}; an administrator gets an empty list for a missing owner (engine 4.5). */
  public List<T> listLeniently(Call call) {
    return owners.absent(call, platform.snapshot(), ownerId) ? List.of() : list(call);
  }

  private List<T> listed(Call call, Snapshot snapshot) {
    return snapshot.owned(kind, owner).stream()
        .limit(Resource.limit(call))
        .map(Devices::shown)
        .toList();
  }

  public T get(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    owners.require(call, snapshot, ownerId);
    return snapshot.find(kind, owner, id).map(Devices::shown).orElseThrow(ApiFault::notFound);
  }

  /** The device, for a change; 404 when the owner has no such device. */
  public Entity<T> require(Call call, Transaction transaction, String id) {
    owners.require(call, transaction, ownerId);
    return transaction.current().find(kind, owner, id).orElseThrow(ApiFault::notFound);
  }

  /** All of them as this transaction sees them. */
  public List<Entity<T>> all(Transaction transaction) {
    return transaction.current().owned(kind, owner);
  }

  public Entity<T> insert(Transaction transaction, T value) {
    return transaction.insert(kind, value, owner);
  }

  /** Removes a device that nothing else depends on. */
  public Outcome<Struct> remove(Call call, String id) {
    platform.write(
        transaction -> {
          transaction.delete(require(call, transaction, id));
          return id;
        });
    return Outcome.removed();
  }

  /** The device with a reference to its owner, from which its address follows. */
  @SuppressWarnings("unchecked")
  public static <T extends Struct> T shown(Entity<T> entity) {
    T shown = (T) entity.value().shallowCopy();
    Key owner = entity.owner();
    if (owner != null && shown.type().find(owner.kind()) != null) {
      Struct reference = Kinds.named(owner.kind()).type().create();
      reference.set("id", owner.id());
      shown.set(owner.kind(), reference);
    }
    return shown;
  }
}
