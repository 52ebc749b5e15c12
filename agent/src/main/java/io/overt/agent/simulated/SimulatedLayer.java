package io.overt.agent.simulated;

import io.overt.agent.hypervisor.NodeFacts.NetworkDevice;
import io.overt.agent.network.NetworkConfig;
import io.overt.agent.network.NetworkConfig.Addresses;
import io.overt.agent.network.NetworkConfig.Network;
import io.overt.agent.network.NetworkLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Network devices that are but words. */
public final class SimulatedLayer implements NetworkLayer {
  private final Map<String, NetworkDevice> cards = new LinkedHashMap<>();
  private volatile NetworkConfig config = NetworkConfig.NONE;

  SimulatedLayer(List<NetworkDevice> cards) {
    cards.forEach(card -> this.cards.put(card.name(), card));
  }

  @Override
  public Set<String> devices() {
    Set<String> names = new TreeSet<>(cards.keySet());
    names.addAll(config.devices());
    return names;
  }

  @Override
  public void converge(NetworkConfig from, NetworkConfig to) {
    config = to;
  }

  /** The cards, and what was made above them. */
  List<NetworkDevice> described() {
    NetworkConfig now = config;
    Map<String, NetworkDevice> devices = new LinkedHashMap<>(cards);
    now.bonds().forEach((name, bond) -> devices.put(name, device(name, false, List.of())));
    now.networks()
        .forEach(
            (name, network) -> {
              String south = network.southbound();
              if (network.vlan() != 0) {
                devices.put(south, device(south, false, List.of()));
              }
              if (network.bridged()) {
                devices.put(name, device(name, true, south.isEmpty() ? List.of() : List.of(south)));
              }
              String own = network.device(name);
              devices.computeIfPresent(own, (_, device) -> addressed(device, network));
            });
    return new ArrayList<>(devices.values());
  }

  private NetworkDevice device(String name, boolean bridge, List<String> ports) {
    NetworkDevice card = cards.values().iterator().next();
    return new NetworkDevice(
        name,
        bridge,
        true,
        card.macAddress(),
        card.mtu(),
        card.speedMegabits(),
        ports,
        "",
        0,
        List.of());
  }

  private static NetworkDevice addressed(NetworkDevice device, Network network) {
    Addresses addresses = network.addresses();
    boolean kept = addresses.equals(Addresses.NONE);
    return new NetworkDevice(
        device.name(),
        device.bridge(),
        device.up(),
        device.macAddress(),
        network.mtu(),
        device.speedMegabits(),
        device.ports(),
        kept ? device.ipv4Address() : addresses.address(),
        kept ? device.prefixLength() : addresses.prefix(),
        addresses.ipv6().isEmpty() ? List.of() : List.of(addresses.ipv6()));
  }
}
