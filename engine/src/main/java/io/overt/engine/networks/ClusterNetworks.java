package io.overt.engine.networks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.ClusterNetworkService;
import io.overt.model.services.ClusterNetworksService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkStatus;
import io.overt.model.types.NetworkUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /clusters/{id}/networks}: which networks a cluster has, and what they are used for. */
public final class ClusterNetworks implements ClusterNetworksService {
  private final Platform platform;
  private final Resource<Cluster> clusters;
  private final Resource<Network> networks;
  private final String clusterId;

  public ClusterNetworks(Platform platform, String clusterId) {
    this.platform = platform;
    this.clusters = new Resource<>(platform, Kinds.CLUSTER);
    this.networks = new Resource<>(platform, Kinds.NETWORK);
    this.clusterId = clusterId;
  }

  private Key cluster() {
    return Kinds.CLUSTER.key(clusterId);
  }

  /** The networks of a cluster that does not exist are none, as engine 4.5 answers. */
  @Override
  public List<Network> list(ListRequest request) {
    References.pathId(clusterId);
    Snapshot snapshot = platform.snapshot();
    List<Entity<Network>> rows =
        snapshot.owned(Kinds.CLUSTER_NETWORK, cluster()).stream()
            .flatMap(assigned -> snapshot.find(Kinds.NETWORK, assigned.id()).stream())
            .sorted(Kinds.NETWORK.order())
            .toList();
    return networks.list(request.call(), snapshot, rows).stream()
        .map(network -> shown(snapshot, network))
        .toList();
  }

  /** The network as it is in this cluster. */
  private Network shown(Snapshot snapshot, Network network) {
    Entity<Network> assigned =
        snapshot
            .find(Kinds.CLUSTER_NETWORK, cluster(), network.requireId())
            .orElseThrow(ApiFault::notFound);
    List<NetworkUsage> usages = new ArrayList<>();
    if (NetworkRules.carriesVms(network)) {
      usages.add(NetworkUsage.VM);
    }
    ClusterRoles.ALL.stream().filter(role -> ClusterRoles.has(assigned, role)).forEach(usages::add);
    return network
        .copy()
        .display(ClusterRoles.has(assigned, NetworkUsage.DISPLAY))
        .required(assigned.value().required())
        .status(assigned.value().status())
        .usages(usages)
        .cluster(new Cluster().id(clusterId));
  }

  @Override
  public Outcome<Network> add(AddRequest request) {
    Call call = request.call();
    Network body = platform.body(request.network());
    if (body.id() == null && (body.name() == null || body.name().isEmpty())) {
      throw ApiFault.incomplete("Network", "id|name", "add");
    }
    String added =
        platform.write(
            transaction -> {
              Entity<Cluster> cluster = clusters.require(call, transaction, clusterId);
              Entity<Network> network = ofDataCenter(transaction, cluster, body);
              if (transaction
                  .current()
                  .find(Kinds.CLUSTER_NETWORK, cluster.key(), network.id())
                  .isPresent()) {
                throw ApiFault.conflict(
                    "Network '"
                        + network.value().name()
                        + "' is already in cluster '"
                        + cluster.value().name()
                        + "'.");
              }
              transaction.insert(
                  Kinds.CLUSTER_NETWORK,
                  new Network()
                      .id(network.id())
                      .required(!Boolean.FALSE.equals(body.required()))
                      .status(NetworkStatus.OPERATIONAL)
                      .usages(List.of()),
                  cluster.key());
              List<NetworkUsage> roles = wantedRoles(body, List.of());
              if (roles != null) {
                ClusterRoles.set(transaction, cluster, network.id(), roles);
              }
              report(
                  transaction, "NETWORK_ATTACH_NETWORK_TO_CLUSTER", call, cluster, network.value());
              return network.id();
            });
    return Outcome.done(get(call, added));
  }

  /** A network that the cluster's data center does not have is as good as none. */
  private static Entity<Network> ofDataCenter(
      Transaction transaction, Entity<Cluster> cluster, Network wanted) {
    if (cluster.value().dataCenter() == null) {
      throw ApiFault.notFound();
    }
    String id = wanted.id() == null ? null : References.uuid(wanted.id());
    Key dataCenter = Kinds.DATA_CENTER.key(cluster.value().dataCenter().requireId());
    return transaction.current().owned(Kinds.NETWORK, dataCenter).stream()
        .filter(
            one ->
                id != null
                    ? id.equals(one.id())
                    : Objects.equals(wanted.name(), one.value().name()))
        .findFirst()
        .orElseThrow(ApiFault::notFound);
  }

  /** The roles that the body asks for, or null when it says nothing about them. */
  private static @Nullable List<NetworkUsage> wantedRoles(
      Network body, List<NetworkUsage> present) {
    if (body.usages() != null) {
      return body.usages();
    }
    if (body.display() == null) {
      return null;
    }
    List<NetworkUsage> roles = new ArrayList<>(present);
    roles.remove(NetworkUsage.DISPLAY);
    if (body.display()) {
      roles.add(NetworkUsage.DISPLAY);
    }
    return roles;
  }

  private void report(
      Transaction transaction, String type, Call call, Entity<Cluster> cluster, Network network) {
    platform.events().append(transaction, type, platform.about(call, network).and(cluster.value()));
  }

  private Network get(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    clusters.require(call, snapshot, clusterId);
    return shown(snapshot, networks.require(call, snapshot, id).value());
  }

  @Override
  public ClusterNetworkService network(String id) {
    return new ClusterNetworkService() {
      @Override
      public Network get(GetRequest request) {
        return ClusterNetworks.this.get(request.call(), id);
      }

      @Override
      public Outcome<Network> update(UpdateRequest request) {
        Call call = request.call();
        Network body = platform.body(request.network());
        platform.write(
            transaction -> {
              Entity<Cluster> cluster = clusters.require(call, transaction, clusterId);
              Entity<Network> assigned = assigned(transaction, id);
              if (body.required() != null) {
                if (!body.required() && ClusterRoles.has(assigned, NetworkUsage.MANAGEMENT)) {
                  throw ApiFault.bad("The management network must be required in its cluster");
                }
                assigned =
                    transaction.update(assigned, assigned.value().copy().required(body.required()));
              }
              List<NetworkUsage> roles =
                  wantedRoles(
                      body, Objects.requireNonNullElse(assigned.value().usages(), List.of()));
              if (roles != null) {
                ClusterRoles.set(transaction, cluster, id, roles);
              }
              Network network =
                  transaction.find(Kinds.NETWORK, id).orElseThrow(ApiFault::notFound).value();
              report(transaction, "NETWORK_UPDTAE_NETWORK_ON_CLUSTER", call, cluster, network);
              return id;
            });
        return Outcome.done(ClusterNetworks.this.get(call, id));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<Cluster> cluster = clusters.require(call, transaction, clusterId);
              Entity<Network> assigned = assigned(transaction, id);
              Network network =
                  transaction.find(Kinds.NETWORK, id).orElseThrow(ApiFault::notFound).value();
              if (ClusterRoles.has(assigned, NetworkUsage.MANAGEMENT)) {
                throw ApiFault.bad(
                    "The management network '"
                        + network.name()
                        + "' of cluster '"
                        + cluster.value().name()
                        + "' cannot be removed from it");
              }
              NetworkUsers.inCluster(transaction.current(), id, clusterId).refuse(network);
              ClusterRoles.set(transaction, cluster, id, List.of());
              transaction.delete(assigned(transaction, id));
              report(transaction, "NETWORK_DETACH_NETWORK_TO_CLUSTER", call, cluster, network);
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private Entity<Network> assigned(Transaction transaction, String id) {
    return transaction
        .current()
        .find(Kinds.CLUSTER_NETWORK, cluster(), id)
        .orElseThrow(ApiFault::notFound);
  }
}
