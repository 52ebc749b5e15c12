package io.overt.agent.network;

import io.overt.vdsmrpc.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The networks that the engine arranged, by name, and the bonds under them.
 *
 * @param networks by the name that VMs' interfaces use
 * @param bonds by the name of the device
 */
public record NetworkConfig(Map<String, Network> networks, Map<String, Bond> bonds) {
  public static final NetworkConfig NONE = new NetworkConfig(Map.of(), Map.of());

  public NetworkConfig {
    networks = Map.copyOf(networks);
    bonds = Map.copyOf(bonds);
  }

  /**
   * A network.
   *
   * @param base the card or bond that carries it; empty for a bridge without one
   * @param vlan its tag; 0 for none
   * @param values the request's other attributes, as they were sent
   */
  public record Network(
      String base, int vlan, boolean bridged, int mtu, Addresses addresses, Map<String, ?> values) {

    /** The device below the bridge, which is the network's own when it has no bridge. */
    public String southbound() {
      return vlan == 0 ? base : base + "." + vlan;
    }

    /** The device that has the network's addresses. */
    public String device(String name) {
      return bridged ? name : southbound();
    }

    boolean stp() {
      return Values.flag(values.get("STP"));
    }
  }

  /**
   * @param dhcp whether the address comes from the network
   * @param address IPv4, empty for none
   * @param ipv6 with the length of its prefix, empty for none
   */
  public record Addresses(
      boolean dhcp,
      String address,
      int prefix,
      String gateway,
      boolean defaultRoute,
      String ipv6,
      String ipv6Gateway) {
    public static final Addresses NONE = new Addresses(false, "", 0, "", false, "", "");
  }

  /**
   * Cards that work as one.
   *
   * @param options {@code mode=4 miimon=100}
   */
  public record Bond(List<String> nics, String options, String hardwareAddress) {
    public Bond {
      nics = List.copyOf(nics);
    }
  }

  /** Devices that were made for it, those on which others rest last. */
  public Set<String> devices() {
    Set<String> devices = new LinkedHashSet<>();
    networks.forEach(
        (name, network) -> {
          if (network.bridged()) {
            devices.add(name);
          }
        });
    networks.values().stream()
        .filter(network -> network.vlan() != 0)
        .forEach(network -> devices.add(network.southbound()));
    devices.addAll(bonds.keySet());
    return devices;
  }

  /** The network that has this device as its own. */
  public Optional<Map.Entry<String, Network>> of(String device) {
    return networks.entrySet().stream()
        .filter(entry -> entry.getValue().device(entry.getKey()).equals(device))
        .findFirst();
  }

  /** In VDSM's words, as a request that would make it. */
  Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>();
    networks.forEach((name, network) -> described.put(name, network.values()));
    Map<String, Object> bondings = new LinkedHashMap<>();
    bonds.forEach(
        (name, bond) ->
            bondings.put(
                name,
                Map.of(
                    "nics", bond.nics(),
                    "options", bond.options(),
                    "hwaddr", bond.hardwareAddress())));
    return Map.of("networks", described, "bondings", bondings);
  }

  String json() {
    return Json.text(described());
  }
}
