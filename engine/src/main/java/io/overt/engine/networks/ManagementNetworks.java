package io.overt.engine.networks;

import io.overt.engine.resource.References;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkStatus;
import io.overt.model.types.NetworkUsage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The network by which the engine reaches a cluster's hosts; every cluster has one. */
public final class ManagementNetworks {
  /** Its name in every new data center. */
  public static final String NAME = "ovirtmgmt";

  private ManagementNetworks() {}

  /**
   * A network of the data center by id or name, else the one named {@link #NAME}.
   *
   * @throws ApiFault 404 when it does not exist there
   */
  public static Entity<Network> find(
      Transaction transaction, String dataCenterId, @Nullable Network wanted) {
    String id = wanted == null || wanted.id() == null ? null : References.uuid(wanted.id());
    String name = wanted == null || wanted.name() == null ? NAME : wanted.name();
    return transaction.current().owned(Kinds.NETWORK, Kinds.DATA_CENTER.key(dataCenterId)).stream()
        .filter(one -> id != null ? id.equals(one.id()) : name.equals(one.value().name()))
        .findFirst()
        .orElseThrow(
            () -> ApiFault.missing("Network: " + (id == null ? "name=" + name : "id=" + id)));
  }

  /** Gives a cluster without networks its management network, with all roles. */
  public static void assign(
      Transaction transaction, Entity<Cluster> cluster, Entity<Network> network) {
    transaction.insert(
        Kinds.CLUSTER_NETWORK,
        new Network()
            .id(network.id())
            .required(true)
            .status(NetworkStatus.OPERATIONAL)
            .usages(
                List.of(
                    NetworkUsage.DISPLAY,
                    NetworkUsage.MIGRATION,
                    NetworkUsage.MANAGEMENT,
                    NetworkUsage.DEFAULT_ROUTE)),
        cluster.key());
  }

  /** The assignment of the cluster's management network; its id is the network's. */
  public static Optional<Entity<Network>> of(Snapshot snapshot, Key cluster) {
    return ClusterRoles.holder(snapshot, cluster, NetworkUsage.MANAGEMENT);
  }

  /** Whether any cluster is managed by this network. */
  static boolean isUsed(Snapshot snapshot, String networkId) {
    return snapshot.referrers(Kinds.CLUSTER_NETWORK, "id", networkId).stream()
        .anyMatch(assigned -> ClusterRoles.has(assigned, NetworkUsage.MANAGEMENT));
  }

  /** Lets another network manage the cluster, which must not have hosts yet. */
  public static void change(Transaction transaction, Entity<Cluster> cluster, Network wanted) {
    String dataCenter =
        cluster.value().dataCenter() == null ? "" : cluster.value().dataCenter().requireId();
    Entity<Network> network = find(transaction, dataCenter, wanted);
    Optional<Entity<Network>> present = of(transaction.current(), cluster.key());
    if (present.isPresent() && present.get().id().equals(network.id())) {
      return;
    }
    Entity<Network> assigned =
        transaction
            .current()
            .find(Kinds.CLUSTER_NETWORK, cluster.key(), network.id())
            .orElseGet(
                () ->
                    transaction.insert(
                        Kinds.CLUSTER_NETWORK,
                        new Network()
                            .id(network.id())
                            .required(true)
                            .status(NetworkStatus.OPERATIONAL)
                            .usages(List.of()),
                        cluster.key()));
    ClusterRoles.give(transaction, cluster, assigned, NetworkUsage.MANAGEMENT);
  }
}
