package io.overt.engine.storage;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.StorageHosts;
import io.overt.fleet.HostCalls;
import io.overt.fleet.HostPreparation;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Host;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Connects a host to the active storage domains of its data center, before it counts as up. */
public final class StoragePreparation implements HostPreparation {
  private static final Set<StorageDomainStatus> NEEDED =
      Set.of(StorageDomainStatus.ACTIVE, StorageDomainStatus.INACTIVE, StorageDomainStatus.UNKNOWN);
  private final Platform platform;
  private final DomainSpace space;

  public StoragePreparation(Platform platform, DomainSpace space) {
    this.platform = platform;
    this.space = space;
  }

  @Override
  public void prepare(Entity<Host> host, HostCalls calls) {
    Snapshot snapshot = platform.snapshot();
    Optional<String> dataCenter = StorageHosts.dataCenter(snapshot, host.value());
    if (dataCenter.isPresent()) {
      connect(snapshot, dataCenter.get(), new HostStorage(calls, null));
    }
  }

  private void connect(Snapshot snapshot, String dataCenter, HostStorage storage) {
    List<Entity<StorageDomain>> attached =
        snapshot.owned(Kinds.ATTACHED_STORAGE_DOMAIN, Kinds.DATA_CENTER.key(dataCenter));
    List<Entity<StorageDomain>> needed =
        attached.stream().filter(each -> NEEDED.contains(each.value().status())).toList();
    if (needed.isEmpty()) {
      return;
    }
    for (Entity<StorageDomain> each : needed) {
      snapshot
          .find(Kinds.STORAGE_DOMAIN, each.id())
          .ifPresent(
              domain ->
                  storage.connect(dataCenter, HostStorage.connections(snapshot, domain.value())));
    }
    DomainWork.master(needed)
        .ifPresent(
            master ->
                storage.connectPool(dataCenter, master.id(), DomainWork.masterVersion(master)));
    for (Entity<StorageDomain> each : needed) {
      space.put(each.id(), storage.capacity(each.id()));
    }
  }
}
