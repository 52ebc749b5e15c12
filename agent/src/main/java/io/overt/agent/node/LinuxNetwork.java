package io.overt.agent.node;

import io.overt.agent.hypervisor.NodeFacts.NetworkDevice;
import io.overt.agent.hypervisor.NodeStatistics.Traffic;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bridges and cards of the network namespace that the agent runs in; taps of guests are left out.
 */
public final class LinuxNetwork {

  private static final String CLASS = "/sys/class/net/";

  LinuxNetwork() {}

  public List<NetworkDevice> devices() {
    List<NetworkDevice> devices = new ArrayList<>();
    for (String name : names()) {
      devices.add(device(name));
    }
    return devices;
  }

  /** Counters since the devices came up. */
  Map<String, Traffic> traffic() {
    Map<String, Traffic> traffic = new LinkedHashMap<>();
    for (String name : names()) {
      traffic.put(
          name,
          new Traffic(
              up(name),
              speed(name),
              counter(name, "rx_bytes"),
              counter(name, "rx_errors"),
              counter(name, "rx_dropped"),
              counter(name, "tx_bytes"),
              counter(name, "tx_errors"),
              counter(name, "tx_dropped")));
    }
    return traffic;
  }

  private static List<String> names() {
    return ProcFiles.names(CLASS).stream()
        .filter(name -> !name.equals("lo"))
        .filter(name -> !Files.exists(Path.of(CLASS + name + "/tun_flags")))
        .filter(name -> Files.isDirectory(Path.of(CLASS + name)))
        .toList();
  }

  private static NetworkDevice device(String name) {
    String ipv4 = "";
    int prefix = 0;
    List<String> ipv6 = new ArrayList<>();
    for (InterfaceAddress each : addresses(name)) {
      InetAddress address = each.getAddress();
      if (address instanceof Inet4Address) {
        if (ipv4.isEmpty()) {
          ipv4 = address.getHostAddress();
          prefix = each.getNetworkPrefixLength();
        }
      } else if (!address.isLinkLocalAddress()) {
        ipv6.add(
            address.getHostAddress().replaceAll("%.*", "") + "/" + each.getNetworkPrefixLength());
      }
    }
    boolean bridge = Files.isDirectory(Path.of(CLASS + name + "/bridge"));
    return new NetworkDevice(
        name,
        bridge,
        up(name),
        ProcFiles.text(CLASS + name + "/address", ""),
        ProcFiles.number(CLASS + name + "/mtu", 1500),
        speed(name),
        bridge ? ProcFiles.names(CLASS + name + "/brif") : List.of(),
        ipv4,
        prefix,
        ipv6);
  }

  private static List<InterfaceAddress> addresses(String name) {
    try {
      NetworkInterface device = NetworkInterface.getByName(name);
      return device == null ? List.of() : device.getInterfaceAddresses();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static boolean up(String name) {
    return ProcFiles.text(CLASS + name + "/operstate", "").equals("up");
  }

  /** Virtual devices tell −1 or nothing: that is unknown. */
  private static int speed(String name) {
    return Math.max(0, ProcFiles.number(CLASS + name + "/speed", 0));
  }

  private static long counter(String name, String counter) {
    return Long.parseLong(ProcFiles.text(CLASS + name + "/statistics/" + counter, "0"));
  }
}
