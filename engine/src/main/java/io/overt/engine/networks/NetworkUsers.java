package io.overt.engine.networks;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.types.Cluster;
import io.overt.model.types.Network;
import io.overt.model.types.Nic;
import io.overt.model.types.VnicProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who uses a network or a vNIC profile.
 *
 * @param names each with its kind: {@code virtual machine web1}
 */
record NetworkUsers(List<String> names) {

  /** VMs with an interface on the network, in one cluster. */
  static NetworkUsers inCluster(Snapshot snapshot, String networkId, String clusterId) {
    return of(
        snapshot,
        snapshot.referrers(Kinds.VNIC_PROFILE, "network", networkId),
        owner ->
            owner.value().get("cluster") instanceof Cluster cluster
                && clusterId.equals(cluster.id()));
  }

  /** VMs, templates and hosts that use the network. */
  static NetworkUsers ofNetwork(Snapshot snapshot, String networkId) {
    NetworkUsers users =
        of(snapshot, snapshot.referrers(Kinds.VNIC_PROFILE, "network", networkId), owner -> true);
    snapshot.referrers(Kinds.NETWORK_ATTACHMENT, "network", networkId).stream()
        .flatMap(attachment -> host(snapshot, attachment.owner()).stream())
        .forEach(name -> users.names.add("host " + name));
    snapshot
        .referrers(Kinds.ISCSI_BOND, "networks", networkId)
        .forEach(bond -> users.names.add("iSCSI bond " + bond.value().name()));
    return users;
  }

  /** VMs and templates that use the profile. */
  static NetworkUsers ofProfile(Snapshot snapshot, Entity<VnicProfile> profile) {
    return of(snapshot, List.of(profile), owner -> true);
  }

  private static NetworkUsers of(
      Snapshot snapshot, List<Entity<VnicProfile>> profiles, Predicate<Entity<?>> which) {
    List<String> names = new ArrayList<>();
    for (Entity<VnicProfile> profile : profiles) {
      for (Entity<Nic> nic : snapshot.referrers(Kinds.NIC, "vnic_profile", profile.id())) {
        Key key = nic.owner();
        if (key == null) {
          continue;
        }
        snapshot
            .find(key)
            .filter(which)
            .map(NetworkUsers::describe)
            .filter(name -> !names.contains(name))
            .ifPresent(names::add);
      }
    }
    return new NetworkUsers(names);
  }

  private static String describe(Entity<?> owner) {
    Struct value = owner.value();
    String kind =
        owner.key().kind().equals("vm") ? "virtual machine" : owner.key().kind().replace('_', ' ');
    return kind + " " + value.get("name");
  }

  private static Optional<String> host(
      Snapshot snapshot, @org.jspecify.annotations.Nullable Key owner) {
    return owner == null
        ? Optional.empty()
        : snapshot.find(owner).map(host -> String.valueOf(host.value().get("name")));
  }

  /** Throws a conflict that names the users, if there are any. */
  void refuse(Network network) {
    refuse("Network '" + network.name() + "'");
  }

  void refuse(String what) {
    if (!names.isEmpty()) {
      throw ApiFault.conflict(
          what
              + " is used by "
              + String.join(", ", names.subList(0, Math.min(10, names.size())))
              + "; remove it there first.");
    }
  }
}
