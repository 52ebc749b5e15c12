package io.overt.engine.networks;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.References;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkFilter;
import io.overt.model.types.Qos;
import io.overt.model.types.QosType;
import io.overt.model.types.VnicPassThrough;
import io.overt.model.types.VnicPassThroughMode;
import io.overt.model.types.VnicProfile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold of a vNIC profile, and what follows from what was given. */
final class VnicProfileRules {
  private static final int NAME_LIMIT = 255;
  private static final int TEXT_LIMIT = 4000;

  private VnicProfileRules() {}

  /** The profile that comes with a network for VMs, named like it. */
  static Entity<VnicProfile> addDefault(
      Transaction transaction, Entity<Network> network, String id) {
    VnicProfile profile = new VnicProfile().id(id).name(network.value().name());
    settle(transaction, profile, network, "add");
    settleFilter(transaction, profile, null);
    return transaction.insert(Kinds.VNIC_PROFILE, profile, network.key());
  }

  static boolean passesThrough(VnicProfile profile) {
    return profile.passThrough() != null
        && profile.passThrough().mode() == VnicPassThroughMode.ENABLED;
  }

  /** Checks and completes a profile, but for its filter. */
  static void settle(
      Transaction transaction, VnicProfile profile, Entity<Network> network, String operation) {
    Names.length(
        Names.required(profile.name(), "VnicProfile", operation), "profile.name", NAME_LIMIT);
    Names.text(profile.description(), "profile.description", TEXT_LIMIT);
    if (!NetworkRules.carriesVms(network.value())) {
      throw ApiFault.bad(
          "Network '" + network.value().name() + "' lacks the usage 'vm'; it has no vNIC profiles");
    }
    boolean through = passesThrough(profile);
    profile
        .network(new Network().id(network.id()))
        .portMirroring(Boolean.TRUE.equals(profile.portMirroring()))
        .passThrough(
            new VnicPassThrough()
                .mode(through ? VnicPassThroughMode.ENABLED : VnicPassThroughMode.DISABLED))
        .migratable(through ? !Boolean.FALSE.equals(profile.migratable()) : null);
    if (through && Boolean.TRUE.equals(profile.portMirroring())) {
      throw ApiFault.bad("profile.port_mirroring is not possible with pass-through");
    }
    settleQos(transaction, profile, network, through);
    settleFailover(transaction, profile, through);
  }

  private static void settleQos(
      Transaction transaction, VnicProfile profile, Entity<Network> network, boolean through) {
    if (profile.qos() == null || profile.qos().id() == null) {
      profile.qos(null);
      return;
    }
    Entity<Qos> qos = References.resolveByRule(transaction, Kinds.QOS, profile.qos());
    if (through) {
      throw ApiFault.bad("profile.qos is not possible with pass-through");
    }
    if (qos.value().type_() != QosType.NETWORK || !Objects.equals(qos.owner(), network.owner())) {
      throw ApiFault.bad(
          "profile.qos '"
              + qos.value().name()
              + "' must be of the type network and of the network's data center");
    }
    profile.qos(new Qos().id(qos.id()));
  }

  private static void settleFailover(
      Transaction transaction, VnicProfile profile, boolean through) {
    if (profile.failover() == null || profile.failover().id() == null) {
      profile.failover(null);
      return;
    }
    Entity<VnicProfile> failover =
        References.resolveByRule(transaction, Kinds.VNIC_PROFILE, profile.failover());
    if (!through || passesThrough(failover.value()) || failover.id().equals(profile.id())) {
      throw ApiFault.bad(
          "profile.failover is for pass-through profiles, and must be a profile without"
              + " pass-through");
    }
    profile.failover(new VnicProfile().id(failover.id()));
  }

  /**
   * The network filter: none with pass-through, none when the client sends an empty one, the
   * default one when the client says nothing.
   *
   * @param wanted as the client gives it
   */
  static void settleFilter(
      Transaction transaction, VnicProfile profile, @Nullable NetworkFilter wanted) {
    boolean through = passesThrough(profile);
    boolean named = wanted != null && (wanted.id() != null || wanted.name() != null);
    if (through && named) {
      throw ApiFault.bad("profile.network_filter is not possible with pass-through");
    }
    if (through || (wanted != null && !named)) {
      profile.networkFilter(null);
    } else if (wanted != null) {
      Entity<NetworkFilter> filter =
          References.resolveByRule(transaction, Kinds.NETWORK_FILTER, wanted);
      profile.networkFilter(new NetworkFilter().id(filter.id()));
    } else {
      profile.networkFilter(
          transaction
              .find(Kinds.NETWORK_FILTER, NetworkFilters.DEFAULT)
              .map(filter -> new NetworkFilter().id(filter.id()))
              .orElse(null));
    }
  }
}
