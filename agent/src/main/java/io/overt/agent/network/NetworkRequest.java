package io.overt.agent.network;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.network.NetworkConfig.Addresses;
import io.overt.agent.network.NetworkConfig.Bond;
import io.overt.agent.network.NetworkConfig.Network;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Host.setupNetworks} asks for: networks and bonds that come, change or go. Source of
 * the attributes: VDSM's network API.
 */
record NetworkRequest(Map<String, ?> networks, Map<String, ?> bondings) {
  private static final Pattern DEVICE = Pattern.compile("[^\\s/:]{1,15}");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final int MOST_TAG = 4094;
  private static final int STANDARD_MTU = 1500;

  /**
   * The configuration after the request.
   *
   * @param devices that the host has
   * @throws VdsmError which names the network and what is wrong with it
   */
  NetworkConfig applied(NetworkConfig running, Set<String> devices) {
    Map<String, Bond> bonds = new HashMap<>(running.bonds());
    bondings.forEach(
        (name, value) -> {
          Map<?, ?> wanted = object("bonding", name, value);
          if (Values.flag(wanted.get("remove"))) {
            if (bonds.remove(name) == null) {
              throw refused(ErrorCode.BAD_BONDING, "bonding '%s' is not there".formatted(name));
            }
          } else {
            bonds.put(name, bond(name, wanted, devices));
          }
        });
    Map<String, Network> result = new HashMap<>(running.networks());
    networks.forEach(
        (name, value) -> {
          Map<?, ?> wanted = object("network", name, value);
          if (Values.flag(wanted.get("remove"))) {
            if (result.remove(name) == null) {
              throw refused(ErrorCode.BAD_BRIDGE, "network '%s' is not there".formatted(name));
            }
          } else {
            result.put(name, network(name, wanted, result.get(name), bonds, devices));
          }
        });
    requireDistinct(result, bonds);
    return new NetworkConfig(result, bonds);
  }

  private static Bond bond(String name, Map<?, ?> wanted, Set<String> devices) {
    if (!DEVICE.matcher(name).matches()) {
      throw refused(
          ErrorCode.BAD_BONDING, "bonding '%s' must have a device's name".formatted(name));
    }
    if (!(wanted.get("nics") instanceof List<?> nics) || nics.isEmpty()) {
      throw refused(ErrorCode.BAD_BONDING, "bonding '%s' needs nics".formatted(name));
    }
    List<String> cards = nics.stream().map(Values::text).toList();
    cards.forEach(card -> requireCard("bonding '" + name + "'", card, devices));
    return new Bond(cards, Values.text(wanted.get("options")), Values.text(wanted.get("hwaddr")));
  }

  private static Network network(
      String name,
      Map<?, ?> wanted,
      @Nullable Network before,
      Map<String, Bond> bonds,
      Set<String> devices) {
    String whose = "network '" + name + "'";
    String nic = Values.text(wanted.get("nic"));
    String bond = Values.text(wanted.get("bonding"));
    if (!nic.isEmpty() && !bond.isEmpty()) {
      throw refused(ErrorCode.BAD_PARAMETERS, whose + " has both a nic and a bonding");
    }
    boolean bridged = wanted.get("bridged") == null || Values.flag(wanted.get("bridged"));
    if (bridged && !DEVICE.matcher(name).matches()) {
      throw refused(ErrorCode.BAD_BRIDGE, whose + " must have at most 15 characters, as a device");
    }
    if (!nic.isEmpty()) {
      requireCard(whose, nic, devices);
    }
    if (!bond.isEmpty() && !bonds.containsKey(bond)) {
      throw refused(ErrorCode.BAD_BONDING, whose + " is on bonding '" + bond + "', which is not");
    }
    int vlan = number(whose, "vlan", wanted.get("vlan"), 0, MOST_TAG, 0);
    if (vlan != 0 && nic.isEmpty() && bond.isEmpty()) {
      throw refused(ErrorCode.BAD_VLAN, whose + " has a vlan but neither nic nor bonding");
    }
    if (!bridged && nic.isEmpty() && bond.isEmpty()) {
      throw refused(ErrorCode.BAD_PARAMETERS, whose + " has neither bridge, nic nor bonding");
    }
    int mtu = number(whose, "mtu", wanted.get("mtu"), 68, 65_535, STANDARD_MTU);
    Map<String, Object> values = new LinkedHashMap<>();
    wanted.forEach((key, value) -> values.put(key.toString(), value));
    Addresses addresses = addresses(whose, wanted);
    boolean silent =
        before != null && wanted.get("ipaddr") == null && wanted.get("bootproto") == null;
    return new Network(
        nic.isEmpty() ? bond : nic,
        vlan,
        bridged,
        mtu,
        silent && wanted.get("ipv6addr") == null ? Addresses.NONE : addresses,
        Map.copyOf(values));
  }

  private static Addresses addresses(String whose, Map<?, ?> wanted) {
    String protocol = Values.text(wanted.get("bootproto"));
    if (!Set.of("", "none", "dhcp").contains(protocol)) {
      throw refused(
          ErrorCode.BAD_ADDRESS,
          "%s has the bootproto '%s', which must be none or dhcp".formatted(whose, protocol));
    }
    String address = Values.text(wanted.get("ipaddr"));
    String gateway = Values.text(wanted.get("gateway"));
    for (String each : List.of(address, gateway)) {
      if (!each.isEmpty() && !ADDRESS.matcher(each).matches()) {
        throw refused(
            ErrorCode.BAD_ADDRESS, "%s has '%s', which is no IPv4 address".formatted(whose, each));
      }
    }
    boolean dhcp = protocol.equals("dhcp");
    if (dhcp && !address.isEmpty()) {
      throw refused(ErrorCode.BAD_ADDRESS, whose + " has both dhcp and an ipaddr");
    }
    return new Addresses(
        dhcp,
        address,
        address.isEmpty() ? 0 : prefix(whose, wanted),
        gateway,
        Values.flag(wanted.get("defaultRoute")),
        Values.text(wanted.get("ipv6addr")),
        Values.text(wanted.get("ipv6gateway")));
  }

  private static int prefix(String whose, Map<?, ?> wanted) {
    Object prefix = wanted.get("prefix");
    if (prefix != null) {
      return number(whose, "prefix", prefix, 1, 32, 0);
    }
    String mask = Values.text(wanted.get("netmask"));
    if (!ADDRESS.matcher(mask).matches()) {
      throw refused(
          ErrorCode.BAD_ADDRESS,
          "%s has an ipaddr but the netmask '%s', which is none".formatted(whose, mask));
    }
    long bits = 0;
    for (String part : mask.split("\\.")) {
      bits = bits << 8 | Long.parseLong(part);
    }
    int length = Long.bitCount(bits);
    if (bits != (0xffff_ffffL << (32 - length) & 0xffff_ffffL)) {
      throw refused(
          ErrorCode.BAD_ADDRESS, "%s has the netmask '%s', which is none".formatted(whose, mask));
    }
    return length;
  }

  /** A card or bond carries one network without a tag, and each tag once. */
  private static void requireDistinct(Map<String, Network> networks, Map<String, Bond> bonds) {
    Map<String, String> used = new HashMap<>();
    networks.forEach(
        (name, network) -> {
          if (network.base().isEmpty()) {
            return;
          }
          String other = used.put(network.southbound(), name);
          if (other != null) {
            throw refused(
                ErrorCode.USED_NIC,
                "networks '%s' and '%s' are both on %s"
                    .formatted(name, other, network.southbound()));
          }
          bonds.forEach(
              (bond, made) -> {
                if (made.nics().contains(network.base())) {
                  throw refused(
                      ErrorCode.USED_NIC,
                      "network '%s' is on %s, which belongs to bonding '%s'"
                          .formatted(name, network.base(), bond));
                }
              });
        });
  }

  private static void requireCard(String whose, String card, Set<String> devices) {
    if (!devices.contains(card)) {
      throw refused(
          ErrorCode.BAD_NIC, "%s is on '%s'; the host has %s".formatted(whose, card, devices));
    }
  }

  private static int number(
      String whose, String what, @Nullable Object value, int least, int most, int otherwise) {
    String text = Values.text(value);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (text.matches("\\d{1,6}")
        && Integer.parseInt(text) >= least
        && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw refused(
        ErrorCode.BAD_PARAMETERS,
        "%s has the %s '%s', which must be from %d to %d"
            .formatted(whose, what, text, least, most));
  }

  private static Map<?, ?> object(String kind, String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw refused(ErrorCode.BAD_PARAMETERS, "%s '%s' must be an object".formatted(kind, name));
  }

  private static VdsmError refused(ErrorCode code, String problem) {
    return new VdsmError(code, "Host.setupNetworks: " + problem);
  }
}
