package io.overt.engine.networks;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.References;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.Qos;
import io.overt.model.types.QosType;
import io.overt.model.types.Vlan;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** What must hold of a network, and what follows from what was given. */
final class NetworkRules {
  private static final int NAME_LIMIT = 256;
  private static final int TEXT_LIMIT = 4000;
  private static final long LOWEST_MTU = 68;
  private static final long HIGHEST_VLAN = 4094;

  /** What a Linux bridge may be called. */
  private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9_-]{1,15}");

  private NetworkRules() {}

  static boolean carriesVms(Network network) {
    return network.usages() != null && network.usages().contains(NetworkUsage.VM);
  }

  /** Checks and completes a network whose id is known. */
  static void settle(Transaction transaction, Network network, Key dataCenter, String operation) {
    String name =
        Names.length(
            Names.required(network.name(), "Network", operation), "network.name", NAME_LIMIT);
    if (name.toLowerCase(Locale.ROOT).startsWith("bond")) {
      throw ApiFault.bad("network.name '" + name + "' must not begin with 'bond'");
    }
    network
        .description(
            Objects.requireNonNullElse(
                Names.text(network.description(), "network.description", TEXT_LIMIT), ""))
        .comment(Objects.requireNonNullElse(network.comment(), ""))
        .mtu(Objects.requireNonNullElse(network.mtu(), 0L))
        .portIsolation(Boolean.TRUE.equals(network.portIsolation()))
        .stp(Boolean.TRUE.equals(network.stp()))
        .usages(
            network.usages() == null || carriesVms(network) ? List.of(NetworkUsage.VM) : List.of())
        .display(null)
        .ip(null)
        .required(null)
        .status(null)
        .profileRequired(null)
        .cluster(null);
    if (network.vdsmName() == null) {
      network.vdsmName(vdsmName(name, network.requireId()));
    }
    checkNumbers(network);
    checkVmOnly(network);
    settleQos(transaction, network, dataCenter);
    References.optional(transaction, Kinds.OPEN_STACK_NETWORK_PROVIDER, network.externalProvider())
        .ifPresent(provider -> network.externalProvider(provider.value()));
  }

  /** The name by which hosts know the network: its own if a bridge may have it. */
  private static String vdsmName(String name, String id) {
    return BRIDGE.matcher(name).matches() ? name : "on" + id.replace("-", "").substring(0, 13);
  }

  private static void checkNumbers(Network network) {
    long mtu = Objects.requireNonNull(network.mtu());
    if (mtu > Integer.MAX_VALUE) {
      throw ApiFault.invalidValue(
          "network.mtu is " + mtu + "; at most " + Integer.MAX_VALUE + " is possible");
    }
    if (mtu != 0 && mtu < LOWEST_MTU) {
      throw ApiFault.bad(
          "network.mtu is " + mtu + "; expected 0 for the default, or at least " + LOWEST_MTU);
    }
    Vlan vlan = network.vlan();
    if (vlan == null) {
      return;
    }
    Long tag = (Long) vlan.get("id");
    if (tag == null) {
      network.vlan(null);
    } else if (tag < 0 || tag > HIGHEST_VLAN) {
      throw ApiFault.bad("network.vlan.id is " + tag + "; expected 0 to " + HIGHEST_VLAN);
    }
  }

  private static void checkVmOnly(Network network) {
    if (carriesVms(network)) {
      return;
    }
    if (Boolean.TRUE.equals(network.stp())) {
      throw ApiFault.conflict("network.stp is only possible for networks with the usage 'vm'");
    }
    if (Boolean.TRUE.equals(network.portIsolation())) {
      throw ApiFault.conflict(
          "network.port_isolation is only possible for networks with the usage 'vm'");
    }
  }

  private static void settleQos(Transaction transaction, Network network, Key dataCenter) {
    if (network.qos() == null || network.qos().id() == null) {
      network.qos(null);
      return;
    }
    Entity<Qos> qos = References.resolveByRule(transaction, Kinds.QOS, network.qos());
    if (!dataCenter.equals(qos.owner()) || qos.value().type_() != QosType.HOSTNETWORK) {
      throw ApiFault.bad(
          "network.qos '"
              + qos.value().name()
              + "' must be of the type hostnetwork and of the network's data center");
    }
    network.qos(new Qos().id(qos.id()));
  }
}
