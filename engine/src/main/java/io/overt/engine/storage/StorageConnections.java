package io.overt.engine.storage;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.StorageServerConnectionService;
import io.overt.model.services.StorageServerConnectionsService;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import java.util.List;
import java.util.Set;

/** {@code /storageconnections}. */
public final class StorageConnections implements StorageServerConnectionsService {
  private final Platform platform;
  private final Resource<StorageConnection> resource;

  public StorageConnections(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.STORAGE_CONNECTION);
  }

  @Override
  public List<StorageConnection> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<StorageConnection> add(AddRequest request) {
    StorageConnection connection =
        Connections.checked(platform.body(request.connection()).copy(), "add").host(null);
    Entity<StorageConnection> added =
        platform.write(
            transaction -> {
              Connections.requireNew(transaction.snapshot(), connection);
              return transaction.insert(Kinds.STORAGE_CONNECTION, connection.id(platform.newId()));
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  @Override
  public StorageServerConnectionService storageConnection(String id) {
    return new StorageServerConnectionService() {
      @Override
      public StorageConnection get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<StorageConnection> update(UpdateRequest request) {
        Entity<StorageConnection> updated =
            platform.write(
                transaction -> {
                  Entity<StorageConnection> current =
                      resource.require(request.call(), transaction, id);
                  requireIdle(transaction, id);
                  StorageConnection merged =
                      Updates.merge(
                          current.value(),
                          platform.body(request.connection()),
                          Set.of("type", "host"));
                  Connections.checked(merged, "update");
                  Connections.requireNew(transaction.snapshot(), merged);
                  return transaction.update(current, merged);
                });
        return Outcome.done(resource.present(request.call(), updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<StorageConnection> current = resource.require(request.call(), transaction, id);
              List<String> users =
                  Connections.users(transaction.snapshot(), id).stream()
                      .map(domain -> String.valueOf(domain.value().name()))
                      .toList();
              if (!users.isEmpty()) {
                throw ApiFault.conflict(
                    "Storage connection %s is used by the storage domains %s."
                        .formatted(id, String.join(", ", users)));
              }
              transaction.delete(current);
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  /** A connection changes only while no host uses it. */
  private static void requireIdle(Transaction transaction, String id) {
    Snapshot snapshot = transaction.snapshot();
    for (Entity<StorageDomain> domain : Connections.users(snapshot, id)) {
      for (Entity<StorageDomain> attached :
          snapshot.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", domain.id())) {
        if (attached.value().status() != StorageDomainStatus.MAINTENANCE) {
          throw ApiFault.conflict(
              "Storage connection %s is in use by storage domain '%s'; move that to maintenance first."
                  .formatted(id, domain.value().name()));
        }
      }
    }
  }
}
