package io.overt.engine.networks;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The roles of a cluster's networks: each is played by one network at a time; giving it to a
 * network takes it from the one that had it, and giving it up returns it to the management network.
 */
final class ClusterRoles {
  /** In the order in which an assignment lists them. */
  static final List<NetworkUsage> ALL =
      List.of(
          NetworkUsage.DISPLAY,
          NetworkUsage.MIGRATION,
          NetworkUsage.MANAGEMENT,
          NetworkUsage.DEFAULT_ROUTE,
          NetworkUsage.GLUSTER);

  private ClusterRoles() {}

  static boolean has(Entity<Network> assigned, NetworkUsage role) {
    return roles(assigned).contains(role);
  }

  private static List<NetworkUsage> roles(Entity<Network> assigned) {
    return Objects.requireNonNullElse(assigned.value().usages(), List.of());
  }

  static Optional<Entity<Network>> holder(Snapshot snapshot, Key cluster, NetworkUsage role) {
    return snapshot.owned(Kinds.CLUSTER_NETWORK, cluster).stream()
        .filter(assigned -> has(assigned, role))
        .findFirst();
  }

  /** Lets the network play exactly these roles. */
  static void set(
      Transaction transaction,
      Entity<Cluster> cluster,
      String networkId,
      Collection<NetworkUsage> wanted) {
    for (NetworkUsage role : ALL) {
      Entity<Network> assigned =
          transaction
              .current()
              .find(Kinds.CLUSTER_NETWORK, cluster.key(), networkId)
              .orElseThrow(ApiFault::notFound);
      if (wanted.contains(role)) {
        give(transaction, cluster, assigned, role);
      } else if (has(assigned, role)) {
        giveUp(transaction, cluster, assigned, role);
      }
    }
  }

  static void give(
      Transaction transaction,
      Entity<Cluster> cluster,
      Entity<Network> assigned,
      NetworkUsage role) {
    if (has(assigned, role)) {
      return;
    }
    if (role == NetworkUsage.MANAGEMENT
        && !transaction.current().referrers(Kinds.HOST, "cluster", cluster.id()).isEmpty()) {
      throw ApiFault.conflict(
          "The management network of cluster '"
              + cluster.value().name()
              + "' cannot change while the cluster has hosts.");
    }
    holder(transaction.current(), cluster.key(), role)
        .ifPresent(former -> write(transaction, former, role, false));
    write(transaction, assigned, role, true);
  }

  private static void giveUp(
      Transaction transaction,
      Entity<Cluster> cluster,
      Entity<Network> assigned,
      NetworkUsage role) {
    if (role == NetworkUsage.MANAGEMENT) {
      throw ApiFault.bad(
          "A cluster must have a management network; give the usage 'management' to another"
              + " network instead of taking it from this one");
    }
    Optional<Entity<Network>> management =
        holder(transaction.current(), cluster.key(), NetworkUsage.MANAGEMENT);
    boolean returns =
        role != NetworkUsage.GLUSTER
            && management.isPresent()
            && !management.get().id().equals(assigned.id());
    if (returns) {
      write(transaction, assigned, role, false);
      write(transaction, management.get(), role, true);
    } else if (role == NetworkUsage.GLUSTER) {
      write(transaction, assigned, role, false);
    }
    // The management network keeps display, migration and default route until another takes them.
  }

  private static void write(
      Transaction transaction, Entity<Network> assigned, NetworkUsage role, boolean plays) {
    List<NetworkUsage> roles = new ArrayList<>();
    for (NetworkUsage one : ALL) {
      if (one == role ? plays : has(assigned, one)) {
        roles.add(one);
      }
    }
    transaction.update(assigned, assigned.value().copy().usages(roles));
  }
}
