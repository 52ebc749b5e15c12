package io.overt.engine.placement;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkUsage;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The networks of a cluster, by the names that hosts know them by.
 *
 * @param all those that its machines may be connected to
 * @param display the one that consoles are reached by
 */
public record CarriedNetworks(Set<String> all, Optional<String> display) {
  static final CarriedNetworks NONE = new CarriedNetworks(Set.of(), Optional.empty());

  public static CarriedNetworks of(Snapshot snapshot, String clusterId) {
    Set<String> all = new HashSet<>();
    Optional<String> display = Optional.empty();
    for (Entity<Network> assigned :
        snapshot.owned(Kinds.CLUSTER_NETWORK, Kinds.CLUSTER.key(clusterId))) {
      Optional<String> name =
          snapshot.find(Kinds.NETWORK, assigned.id()).flatMap(CarriedNetworks::name);
      name.ifPresent(all::add);
      if (Objects.requireNonNullElse(assigned.value().usages(), List.<NetworkUsage>of())
          .contains(NetworkUsage.DISPLAY)) {
        display = name;
      }
    }
    return new CarriedNetworks(all, display);
  }

  /**
   * What a host must carry for a machine to be connected to a network: it, or, of a provider
   * outside, the physical network below it. Other networks of a provider are on every host.
   */
  public static Optional<String> below(Snapshot snapshot, String networkId) {
    Optional<Entity<Network>> network = snapshot.find(Kinds.NETWORK, networkId);
    return network.map(Entity::value).map(Network::externalProvider).isEmpty()
        ? network.flatMap(CarriedNetworks::name)
        : network
            .map(Entity::value)
            .map(Network::externalProviderPhysicalNetwork)
            .map(Network::id)
            .flatMap(id -> snapshot.find(Kinds.NETWORK, id))
            .flatMap(CarriedNetworks::name);
  }

  private static Optional<String> name(Entity<Network> network) {
    Network value = network.value();
    return Optional.ofNullable(value.vdsmName()).or(() -> Optional.ofNullable(value.name()));
  }
}
