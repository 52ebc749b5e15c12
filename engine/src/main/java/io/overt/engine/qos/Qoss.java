package io.overt.engine.qos;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.QosService;
import io.overt.model.services.QossService;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Qos;
import io.overt.model.types.QosType;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** {@code /datacenters/{id}/qoss}. */
public final class Qoss implements QossService {
  private final Platform platform;
  private final Resource<DataCenter> dataCenters;
  private final Resource<Qos> resource;
  private final String dataCenterId;

  public Qoss(Platform platform, String dataCenterId) {
    this.platform = platform;
    this.dataCenters = new Resource<>(platform, Kinds.DATA_CENTER);
    this.resource = new Resource<>(platform, Kinds.QOS);
    this.dataCenterId = dataCenterId;
  }

  private Key owner() {
    return Kinds.DATA_CENTER.key(dataCenterId);
  }

  @Override
  public List<Qos> list(ListRequest request) {
    dataCenters.require(request.call(), platform.snapshot(), dataCenterId);
    return resource.listOwned(request.call(), owner());
  }

  @Override
  public Outcome<Qos> add(AddRequest request) {
    Call call = request.call();
    Qos value = platform.body(request.qos()).copy().id(platform.newId());
    Entity<Qos> added =
        platform.write(
            transaction -> {
              dataCenters.require(call, transaction, dataCenterId);
              QosRules.settle(value, "add");
              requireFreeName(transaction, value);
              value.dataCenter(new DataCenter().id(dataCenterId));
              Entity<Qos> entity = transaction.insert(Kinds.QOS, value, owner());
              report(transaction, "ADDED", call, entity);
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private void requireFreeName(Transaction transaction, Qos value) {
    boolean taken =
        transaction.current().owned(Kinds.QOS, owner()).stream()
            .filter(other -> !other.id().equals(value.id()))
            .anyMatch(other -> Objects.equals(other.value().name(), value.name()));
    if (taken) {
      throw ApiFault.bad("The data center already has a QoS named '" + value.name() + "'");
    }
  }

  private void report(Transaction transaction, String what, Call call, Entity<Qos> qos) {
    String kind = qos.value().type_() == QosType.NETWORK ? "_NETWORK_QOS" : "_QOS";
    platform
        .events()
        .append(
            transaction,
            "USER_" + what + kind,
            platform
                .about(call, qos.value())
                .and(
                    transaction
                        .find(Kinds.DATA_CENTER, dataCenterId)
                        .map(Entity::value)
                        .orElse(null)));
  }

  @Override
  public QosService qos(String id) {
    return new QosService() {
      @Override
      public Qos get(GetRequest request) {
        return resource.getOwned(request.call(), owner(), id);
      }

      @Override
      public Outcome<Qos> update(UpdateRequest request) {
        Call call = request.call();
        Qos body = platform.body(request.qos());
        Entity<Qos> updated =
            platform.write(
                transaction -> {
                  Entity<Qos> current = resource.requireOwned(call, transaction, owner(), id);
                  Qos merged = Updates.merge(current.value(), body, Set.of("type", "data_center"));
                  QosRules.settle(merged, "update");
                  requireFreeName(transaction, merged);
                  Entity<Qos> entity = transaction.update(current, merged);
                  report(transaction, "UPDATED", call, entity);
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Qos> current = resource.requireOwned(call, transaction, owner(), id);
              transaction.delete(current);
              report(transaction, "REMOVED", call, current);
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
