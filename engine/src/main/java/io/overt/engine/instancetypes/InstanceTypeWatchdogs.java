package io.overt.engine.instancetypes;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.InstanceTypeWatchdogService;
import io.overt.model.services.InstanceTypeWatchdogsService;
import io.overt.model.types.InstanceType;
import io.overt.model.types.Watchdog;
import java.util.List;
import java.util.Set;

/** {@code /instancetypes/{id}/watchdogs}: one at most. */
final class InstanceTypeWatchdogs implements InstanceTypeWatchdogsService {
  private final Platform platform;
  private final Resource<InstanceType> types;
  private final String typeId;

  InstanceTypeWatchdogs(Platform platform, Resource<InstanceType> types, String typeId) {
    this.platform = platform;
    this.types = types;
    this.typeId = typeId;
  }

  @Override
  public List<Watchdog> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    Entity<InstanceType> type = types.require(request.call(), snapshot, typeId);
    return snapshot.owned(Kinds.WATCHDOG, type.key()).stream()
        .limit(Resource.limit(request.call()))
        .map(Entity::value)
        .toList();
  }

  @Override
  public Outcome<Watchdog> add(AddRequest request) {
    Call call = request.call();
    Watchdog value = platform.body(request.watchdog()).copy();
    if (value.action() == null || value.model() == null) {
      throw ApiFault.incomplete("Watchdog", "action, model", "add");
    }
    Entity<Watchdog> added =
        platform.write(
            transaction -> {
              Entity<InstanceType> type = types.require(call, transaction, typeId);
              if (!transaction.current().owned(Kinds.WATCHDOG, type.key()).isEmpty()) {
                throw ApiFault.conflict(
                    "Instance type '" + type.value().name() + "' already has a watchdog.");
              }
              return transaction.insert(
                  Kinds.WATCHDOG,
                  value.id(platform.newId()).instanceType(new InstanceType().id(typeId)),
                  type.key());
            });
    return Outcome.done(added.value());
  }

  private static Entity<Watchdog> find(Snapshot snapshot, Entity<InstanceType> type, String id) {
    return snapshot.find(Kinds.WATCHDOG, type.key(), id).orElseThrow(ApiFault::notFound);
  }

  @Override
  public InstanceTypeWatchdogService watchdog(String id) {
    return new InstanceTypeWatchdogService() {
      @Override
      public Watchdog get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        return find(snapshot, types.require(request.call(), snapshot, typeId), id).value();
      }

      @Override
      public Outcome<Watchdog> update(UpdateRequest request) {
        Call call = request.call();
        Watchdog body = platform.body(request.watchdog());
        Entity<Watchdog> updated =
            platform.write(
                transaction -> {
                  Entity<InstanceType> type = types.require(call, transaction, typeId);
                  Entity<Watchdog> current = find(transaction.current(), type, id);
                  return transaction.update(
                      current, Updates.merge(current.value(), body, Set.of("instance_type")));
                });
        return Outcome.done(updated.value());
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<InstanceType> type = types.require(call, transaction, typeId);
              transaction.delete(find(transaction.current(), type, id));
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
