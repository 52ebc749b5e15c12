package io.overt.agent.network;

import java.util.Map;

/** Runs in a network namespace of its own, with the cards eth0 and eth1. */
public final class LinuxLayerProbe {
  private static final Map<String, ?> BLUE =
      Map.of("nic", "eth0", "mtu", 1400, "ipaddr", "10.9.0.2", "prefix", 24, "STP", "yes");

  private LinuxLayerProbe() {}

  public static void main(String[] arguments) throws Exception {
    LinuxLayer layer = new LinuxLayer();
    NetworkConfig none = NetworkConfig.NONE;
    NetworkConfig one =
        new NetworkRequest(Map.of("blue", BLUE), Map.of()).applied(none, layer.devices());
    layer.converge(none, one);
    layer.converge(none, one);
    show("one");
    NetworkConfig two =
        new NetworkRequest(
                Map.of(
                    "blue", Map.of("remove", true),
                    "red",
                        Map.of(
                            "nic",
                            "eth1",
                            "bridged",
                            false,
                            "ipaddr",
                            "10.8.0.2",
                            "netmask",
                            "255.255.0.0")),
                Map.of())
            .applied(one, layer.devices());
    layer.converge(one, two);
    show("two");
    layer.converge(two, none);
    show("none");
  }

  private static void show(String what) throws Exception {
    System.out.println("== " + what);
    for (String object : new String[] {"link", "address"}) {
      new ProcessBuilder("ip", "-o", "-d", object).inheritIO().start().waitFor();
    }
  }
}
