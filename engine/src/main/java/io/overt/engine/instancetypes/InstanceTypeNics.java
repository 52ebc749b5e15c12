package io.overt.engine.instancetypes;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.InstanceTypeNicService;
import io.overt.model.services.InstanceTypeNicsService;
import io.overt.model.types.InstanceType;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.VnicProfile;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code /instancetypes/{id}/nics}. */
final class InstanceTypeNics implements InstanceTypeNicsService {
  private static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final Resource<InstanceType> types;
  private final Resource<Nic> nics;
  private final String typeId;

  InstanceTypeNics(Platform platform, Resource<InstanceType> types, String typeId) {
    this.platform = platform;
    this.types = types;
    this.nics = new Resource<>(platform, Kinds.NIC);
    this.typeId = typeId;
  }

  @Override
  public List<Nic> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    Entity<InstanceType> type = types.require(request.call(), snapshot, typeId);
    return nics.listOwned(request.call(), type.key());
  }

  private static void settle(Transaction transaction, Nic nic, String operation) {
    Names.dotted(Names.required(nic.name(), "Nic", operation), "nic.name", NAME_LIMIT);
    nic.interface_(Objects.requireNonNullElse(nic.interface_(), NicInterface.VIRTIO))
        .linked(!Boolean.FALSE.equals(nic.linked()))
        .plugged(!Boolean.FALSE.equals(nic.plugged()))
        .network(null);
    References.optional(transaction, Kinds.VNIC_PROFILE, nic.vnicProfile())
        .ifPresentOrElse(
            profile -> nic.vnicProfile(new VnicProfile().id(profile.id())),
            () -> nic.vnicProfile(null));
  }

  @Override
  public Outcome<Nic> add(AddRequest request) {
    Call call = request.call();
    Nic value =
        platform
            .body(request.nic())
            .copy()
            .id(platform.newId())
            .instanceType(new InstanceType().id(typeId));
    Entity<Nic> added =
        platform.write(
            transaction -> {
              Entity<InstanceType> type = types.require(call, transaction, typeId);
              settle(transaction, value, "add");
              return transaction.insert(Kinds.NIC, value, type.key());
            });
    return Outcome.done(nics.present(call, added));
  }

  @Override
  public InstanceTypeNicService nic(String id) {
    return new InstanceTypeNicService() {
      @Override
      public Nic get(GetRequest request) {
        return nics.getOwned(request.call(), Kinds.INSTANCE_TYPE.key(typeId), id);
      }

      @Override
      public Outcome<Nic> update(UpdateRequest request) {
        Call call = request.call();
        Nic body = platform.body(request.nic());
        Entity<Nic> updated =
            platform.write(
                transaction -> {
                  Entity<Nic> current = require(call, transaction);
                  Nic merged = Updates.merge(current.value(), body, Set.of("instance_type"));
                  settle(transaction, merged, "update");
                  return transaction.update(current, merged);
                });
        return Outcome.done(nics.present(call, updated));
      }

      private Entity<Nic> require(Call call, Transaction transaction) {
        return nics.requireOwned(call, transaction, Kinds.INSTANCE_TYPE.key(typeId), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              transaction.delete(require(call, transaction));
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
