package io.overt.engine.storage;

import io.overt.engine.resource.Presenter;
import io.overt.engine.storage.HostStorage.Capacity;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.types.DataCenter;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A storage domain with its data center and how full it is. As in engine 4.5, its status is shown
 * where it is attached; the domain itself only says when it is not.
 */
final class DomainPresenter implements Presenter<StorageDomain> {
  private final DomainSpace space;

  DomainPresenter(DomainSpace space) {
    this.space = space;
  }

  /** Where the domain is attached. */
  static Optional<Entity<StorageDomain>> attachment(Snapshot snapshot, String domain) {
    return snapshot.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", domain).stream().findFirst();
  }

  static String dataCenter(Entity<StorageDomain> attached) {
    Key owner = Objects.requireNonNull(attached.owner());
    return owner.id();
  }

  @Override
  public StorageDomain present(Entity<StorageDomain> entity, Snapshot snapshot, Call call) {
    StorageDomain domain = (StorageDomain) entity.value().shallowCopy();
    domain.storageConnections(null);
    Optional<Entity<StorageDomain>> attached = attachment(snapshot, entity.id());
    if (attached.isEmpty()) {
      return domain.master(false);
    }
    String dataCenter = dataCenter(attached.get());
    domain.status(null);
    domain.dataCenters(List.of(new DataCenter().id(dataCenter)));
    return filled(domain, snapshot, attached.get());
  }

  /** The domain as its data center sees it. */
  StorageDomain attached(Entity<StorageDomain> attached, Snapshot snapshot) {
    StorageDomain domain =
        (StorageDomain)
            snapshot
                .find(Kinds.STORAGE_DOMAIN, attached.id())
                .map(Entity::value)
                .orElseGet(() -> new StorageDomain().id(attached.id()))
                .shallowCopy();
    domain.storageConnections(null);
    domain.status(attached.value().status());
    domain.dataCenter(new DataCenter().id(dataCenter(attached)));
    domain.dataCenters(List.of(new DataCenter().id(dataCenter(attached))));
    return filled(domain, snapshot, attached);
  }

  private StorageDomain filled(
      StorageDomain domain, Snapshot snapshot, Entity<StorageDomain> attached) {
    domain.master(Boolean.TRUE.equals(attached.value().master()));
    domain.committed(DomainSpace.committed(snapshot, attached.id()));
    if (attached.value().status() == StorageDomainStatus.ACTIVE) {
      space
          .of(snapshot, dataCenter(attached), attached.id())
          .ifPresent((Capacity now) -> domain.available(now.free()).used(now.total() - now.free()));
    }
    return domain;
  }
}
