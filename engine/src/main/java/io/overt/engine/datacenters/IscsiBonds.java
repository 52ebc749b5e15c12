package io.overt.engine.datacenters;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
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
import io.overt.model.services.IscsiBondService;
import io.overt.model.services.IscsiBondsService;
import io.overt.model.services.NetworksService;
import io.overt.model.services.StorageServerConnectionsService;
import io.overt.model.types.DataCenter;
import io.overt.model.types.IscsiBond;
import io.overt.model.types.Network;
import io.overt.model.types.StorageConnection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /datacenters/{id}/iscsibonds}: networks that reach the same iSCSI targets. */
final class IscsiBonds implements IscsiBondsService {
  private static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final Resource<IscsiBond> resource;
  private final String dataCenterId;

  IscsiBonds(Platform platform, String dataCenterId) {
    this.platform = platform;
    this.resource =
        new Resource<>(
            platform,
            Kinds.ISCSI_BOND,
            (entity, snapshot, call) ->
                entity.value().copy().networks(null).storageConnections(null));
    this.dataCenterId = dataCenterId;
  }

  private Key owner() {
    return Kinds.DATA_CENTER.key(dataCenterId);
  }

  @Override
  public List<IscsiBond> list(ListRequest request) {
    return resource.listOwned(request.call(), owner());
  }

  @Override
  public Outcome<IscsiBond> add(AddRequest request) {
    Call call = request.call();
    IscsiBond body = platform.body(request.bond());
    Entity<IscsiBond> added =
        platform.write(
            transaction -> {
              References.requirePresent(transaction, Kinds.DATA_CENTER, dataCenterId);
              IscsiBond value =
                  checked(body.copy(), "add")
                      .id(platform.newId())
                      .dataCenter(new DataCenter().id(dataCenterId))
                      .networks(ownNetworks(transaction, body.networks()))
                      .storageConnections(connections(transaction, body.storageConnections()));
              Entity<IscsiBond> entity = transaction.insert(Kinds.ISCSI_BOND, value, owner());
              platform.report(transaction, "ISCSI_BOND_ADD_SUCCESS", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static IscsiBond checked(IscsiBond bond, String operation) {
    Names.dotted(Names.required(bond.name(), "IscsiBond", operation), "bond.name", NAME_LIMIT);
    return bond;
  }

  private List<Network> ownNetworks(Transaction transaction, @Nullable List<Network> wanted) {
    return (wanted == null ? List.<Network>of() : wanted)
        .stream()
            .map(network -> References.resolve(transaction, Kinds.NETWORK, network))
            .peek(this::requireOwnNetwork)
            .map(network -> new Network().id(network.id()))
            .toList();
  }

  private void requireOwnNetwork(Entity<Network> network) {
    if (!owner().equals(network.owner())) {
      throw ApiFault.bad(
          "Network '" + network.value().name() + "' belongs to another data center.");
    }
  }

  private static List<StorageConnection> connections(
      Transaction transaction, @Nullable List<StorageConnection> wanted) {
    return (wanted == null ? List.<StorageConnection>of() : wanted)
        .stream()
            .map(one -> References.resolve(transaction, Kinds.STORAGE_CONNECTION, one))
            .map(one -> new StorageConnection().id(one.id()))
            .toList();
  }

  @Override
  public IscsiBondService iscsiBond(String id) {
    return new IscsiBondService() {
      @Override
      public IscsiBond get(GetRequest request) {
        return resource.getOwned(request.call(), owner(), id);
      }

      @Override
      public NetworksService networks() {
        return new NetworksService() {
          @Override
          public List<Network> list(NetworksService.ListRequest request) {
            return members(request.call(), IscsiBond::networks, Kinds.NETWORK).stream()
                .map(network -> network.copy())
                .peek(network -> network.href("/networks/" + network.id()))
                .toList();
          }
        };
      }

      @Override
      public StorageServerConnectionsService storageServerConnections() {
        return new StorageServerConnectionsService() {
          @Override
          public List<StorageConnection> list(StorageServerConnectionsService.ListRequest request) {
            return members(request.call(), IscsiBond::storageConnections, Kinds.STORAGE_CONNECTION)
                .stream()
                .map(connection -> connection.copy())
                .peek(
                    connection ->
                        connection.password(null).href("/storageconnections/" + connection.id()))
                .toList();
          }
        };
      }

      // What the bond refers to; it is found where it belongs.
      private <T extends Struct> List<T> members(
          Call call, Function<IscsiBond, @Nullable List<T>> list, Kind<T> kind) {
        resource.getOwned(call, owner(), id);
        Snapshot snapshot = platform.snapshot();
        List<T> references =
            snapshot
                .find(Kinds.ISCSI_BOND, owner(), id)
                .map(bond -> list.apply(bond.value()))
                .orElse(null);
        return (references == null ? List.<T>of() : references)
            .stream()
                .flatMap(reference -> snapshot.find(kind, reference.requireId()).stream())
                .limit(Resource.limit(call))
                .map(Entity::value)
                .toList();
      }

      @Override
      public Outcome<IscsiBond> update(UpdateRequest request) {
        Call call = request.call();
        IscsiBond body = platform.body(request.bond());
        Entity<IscsiBond> updated =
            platform.write(
                transaction -> {
                  Entity<IscsiBond> current = resource.requireOwned(call, transaction, owner(), id);
                  IscsiBond merged =
                      checked(
                          Updates.merge(current.value(), body, Set.of("data_center")), "update");
                  if (body.networks() != null) {
                    merged.networks(ownNetworks(transaction, body.networks()));
                  }
                  if (body.storageConnections() != null) {
                    merged.storageConnections(connections(transaction, body.storageConnections()));
                  }
                  Entity<IscsiBond> entity = transaction.update(current, merged);
                  platform.report(transaction, "ISCSI_BOND_EDIT_SUCCESS", call, entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<IscsiBond> current = resource.requireOwned(call, transaction, owner(), id);
              transaction.delete(current);
              platform.report(transaction, "ISCSI_BOND_REMOVE_SUCCESS", call, current.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
