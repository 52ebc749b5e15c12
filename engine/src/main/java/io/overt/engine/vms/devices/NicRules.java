package io.overt.engine.vms.devices;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.References;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.VnicProfile;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds for the network interfaces of machines, templates and instance types alike. */
public final class NicRules {
  private static final int NAME_LIMIT = 50;

  private NicRules() {}

  /** What is kept of a new interface; the address is the caller's business. */
  static Nic created(Transaction transaction, Nic body, String id) {
    Nic nic =
        new Nic()
            .id(id)
            .name(name(body.name()))
            .interface_(Objects.requireNonNullElse(body.interface_(), NicInterface.VIRTIO))
            .linked(!Boolean.FALSE.equals(body.linked()))
            .plugged(!Boolean.FALSE.equals(body.plugged()))
            .synced(true);
    if (body.description() != null) {
      nic.description(body.description());
    }
    if (body.comment() != null) {
      nic.comment(body.comment());
    }
    nic.vnicProfile(profile(transaction, body.vnicProfile()));
    return nic;
  }

  /** The interface after an update; the address is the caller's business. */
  static Nic updated(Transaction transaction, Nic current, Nic body) {
    String id = body.id();
    if (id != null && !id.equalsIgnoreCase(current.id())) {
      throw new ApiFault(
          ApiFault.Category.CONFLICT,
          "Broken immutability constraint",
          "Attempt to set immutable field: id");
    }
    Nic nic = (Nic) current.shallowCopy();
    if (body.name() != null) {
      nic.name(name(body.name()));
    }
    if (body.description() != null) {
      nic.description(body.description());
    }
    if (body.comment() != null) {
      nic.comment(body.comment());
    }
    if (body.interface_() != null) {
      nic.interface_(body.interface_());
    }
    if (body.linked() != null) {
      nic.linked(body.linked());
    }
    if (body.plugged() != null) {
      nic.plugged(body.plugged());
    }
    if (body.vnicProfile() != null) {
      nic.vnicProfile(profile(transaction, body.vnicProfile()));
    }
    return nic;
  }

  private static String name(@Nullable String name) {
    return Names.dotted(Objects.requireNonNullElse(name, ""), "nic.name", NAME_LIMIT);
  }

  /** By id only, as in engine 4.5; an empty reference means no network. */
  private static @Nullable VnicProfile profile(
      Transaction transaction, @Nullable VnicProfile reference) {
    String id = reference == null ? null : reference.id();
    if (id == null) {
      return null;
    }
    return transaction
        .find(Kinds.VNIC_PROFILE, References.uuid(id))
        .map(profile -> new VnicProfile().id(profile.id()))
        .orElseThrow(
            () -> ApiFault.bad("nic.vnic_profile: there is no vNIC profile with id " + id + "."));
  }

  /** The profile's network must be assigned to the cluster that the machine is in. */
  static void requireReachable(Transaction transaction, Nic nic, String clusterId) {
    VnicProfile reference = nic.vnicProfile();
    if (reference == null) {
      return;
    }
    Key cluster = Kinds.CLUSTER.key(clusterId);
    Optional<String> network =
        transaction
            .find(Kinds.VNIC_PROFILE, reference.requireId())
            .map(Entity::value)
            .map(VnicProfile::network)
            .map(found -> found.requireId());
    if (network.isPresent()
        && transaction.current().find(Kinds.CLUSTER_NETWORK, cluster, network.get()).isEmpty()) {
      throw ApiFault.conflict(
          "The network of vNIC profile "
              + reference.requireId()
              + " is not assigned to the cluster of this machine.");
    }
  }

  /** Names are unique among the interfaces of one owner. */
  static void requireFreeName(Transaction transaction, Key owner, Nic nic) {
    boolean taken =
        transaction.current().owned(Kinds.NIC, owner).stream()
            .anyMatch(
                other ->
                    !other.id().equals(nic.id())
                        && Objects.equals(other.value().name(), nic.name()));
    if (taken) {
      throw ApiFault.conflict("The network interface name '" + nic.name() + "' is already in use.");
    }
  }
}
