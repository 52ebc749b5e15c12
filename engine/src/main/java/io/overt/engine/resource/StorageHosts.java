package io.overt.engine.resource;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts belong to a data center, and which one works on its storage. The engine's inventory
 * decides who may change storage, so any host that is up will do: the first by name is the leader.
 */
public final class StorageHosts {
  private StorageHosts() {}

  /** The data center of a host, by its cluster. */
  public static Optional<String> dataCenter(Snapshot snapshot, Host host) {
    return Optional.ofNullable(host.cluster())
        .flatMap(cluster -> snapshot.find(Kinds.CLUSTER, cluster.requireId()))
        .map(cluster -> cluster.value().dataCenter())
        .map(dataCenter -> dataCenter.requireId());
  }

  /** The hosts of a data center that are up, by name. */
  public static List<Entity<Host>> up(Snapshot snapshot, String dataCenter) {
    return snapshot.all(Kinds.HOST).stream()
        .filter(host -> host.value().status() == HostStatus.UP)
        .filter(host -> dataCenter(snapshot, host.value()).filter(dataCenter::equals).isPresent())
        .toList();
  }

  /** Whether the host is the one that works on its data center's storage. */
  public static boolean leader(Snapshot snapshot, Entity<Host> host) {
    if (host.value().status() != HostStatus.UP) {
      return false;
    }
    Optional<String> dataCenter = dataCenter(snapshot, host.value());
    if (dataCenter.isEmpty()) {
      return false;
    }
    Key key = Kinds.DATA_CENTER.key(dataCenter.get());
    return !snapshot.owned(Kinds.ATTACHED_STORAGE_DOMAIN, key).isEmpty()
        && up(snapshot, dataCenter.get()).getFirst().id().equals(host.id());
  }
}
