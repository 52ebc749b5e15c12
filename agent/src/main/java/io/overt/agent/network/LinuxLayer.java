package io.overt.agent.network;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.network.NetworkConfig.Addresses;
import io.overt.agent.network.NetworkConfig.Bond;
import io.overt.agent.network.NetworkConfig.Network;
import io.overt.agent.programs.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's devices, by {@code ip} of iproute2, in the network namespace that the agent runs in.
 */
public final class LinuxLayer implements NetworkLayer {
  private static final Path CLASS = Path.of("/sys/class/net");
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration DHCP_LIMIT = Duration.ofSeconds(60);

  /** What asks for an address, by the package that has it. */
  private static final Map<String, List<String>> DHCP_CLIENTS =
      Map.of(
          "/sbin/dhclient", List.of("/sbin/dhclient", "-1", "-nw"),
          "/sbin/udhcpc", List.of("/sbin/udhcpc", "-q", "-n", "-i"));

  @Override
  public Set<String> devices() {
    String[] names = CLASS.toFile().list();
    Set<String> devices = new TreeSet<>(names == null ? List.of() : Arrays.asList(names));
    devices.removeIf(name -> name.equals("lo") || !Files.isDirectory(CLASS.resolve(name)));
    return devices;
  }

  @Override
  public void converge(NetworkConfig from, NetworkConfig to) {
    for (String device : from.devices()) {
      if (!to.devices().contains(device) && present(device)) {
        ip("link", "delete", "dev", device);
      }
    }
    from.networks()
        .forEach(
            (name, network) -> {
              String device = network.device(name);
              if (!device.isEmpty() && to.of(device).isEmpty() && present(device)) {
                ip("address", "flush", "dev", device, "scope", "global");
              }
            });
    to.bonds().forEach(this::bond);
    to.networks().forEach((name, network) -> network(name, network, from.networks().get(name)));
  }

  private void bond(String name, Bond bond) {
    if (!present(name)) {
      List<String> command = new ArrayList<>(List.of("link", "add", name, "type", "bond"));
      for (String option : bond.options().split("\\s+")) {
        if (option.contains("=")) {
          command.addAll(List.of(option.split("=", 2)));
        }
      }
      ip(command.toArray(String[]::new));
    }
    if (!bond.hardwareAddress().isEmpty()) {
      ip("link", "set", name, "address", bond.hardwareAddress());
    }
    for (String slave : lower(name)) {
      if (!bond.nics().contains(slave)) {
        ip("link", "set", slave, "nomaster");
      }
    }
    for (String nic : bond.nics()) {
      if (!lower(name).contains(nic)) {
        ip("link", "set", nic, "down");
        ip("link", "set", nic, "master", name);
      }
    }
    ip("link", "set", name, "up");
  }

  private void network(String name, Network network, @Nullable Network before) {
    String south = network.southbound();
    if (!network.base().isEmpty()) {
      ip("link", "set", network.base(), "mtu", Integer.toString(mtu(network)), "up");
    }
    if (network.vlan() != 0) {
      if (!present(south)) {
        String tag = Integer.toString(network.vlan());
        ip("link", "add", "link", network.base(), "name", south, "type", "vlan", "id", tag);
      }
      ip("link", "set", south, "mtu", Integer.toString(network.mtu()), "up");
    }
    if (network.bridged()) {
      bridge(name, network, south);
    }
    if (before == null || !before.addresses().equals(network.addresses())) {
      address(network.device(name), network.addresses());
    }
  }

  /** A card may carry networks with larger packets beside this one. */
  private static int mtu(Network network) {
    int now = number(network.base());
    return network.vlan() == 0 ? network.mtu() : Math.max(now, network.mtu());
  }

  private static int number(String device) {
    try {
      return Integer.parseInt(Files.readString(CLASS.resolve(device).resolve("mtu")).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  private void bridge(String name, Network network, String south) {
    String stp = network.stp() ? "1" : "0";
    if (!present(name)) {
      ip("link", "add", name, "type", "bridge", "stp_state", stp, "forward_delay", "0");
    } else {
      ip("link", "set", name, "type", "bridge", "stp_state", stp);
    }
    for (String port : ports(name)) {
      boolean guests = Files.exists(CLASS.resolve(port).resolve("tun_flags"));
      if (!port.equals(south) && !guests) {
        ip("link", "set", port, "nomaster");
      }
    }
    if (!south.isEmpty() && !ports(name).contains(south)) {
      ip("address", "flush", "dev", south, "scope", "global");
      ip("link", "set", south, "master", name);
    }
    ip("link", "set", name, "mtu", Integer.toString(network.mtu()), "up");
  }

  private void address(String device, Addresses addresses) {
    ip("address", "flush", "dev", device, "scope", "global");
    if (addresses.dhcp()) {
      dhcp(device);
    }
    if (!addresses.address().isEmpty()) {
      ip("address", "add", addresses.address() + "/" + addresses.prefix(), "dev", device);
    }
    if (!addresses.ipv6().isEmpty()) {
      ip("address", "add", addresses.ipv6(), "dev", device);
    }
    if (addresses.defaultRoute() && !addresses.gateway().isEmpty()) {
      ip("route", "replace", "default", "via", addresses.gateway(), "dev", device);
    }
    if (addresses.defaultRoute() && !addresses.ipv6Gateway().isEmpty()) {
      ip("-6", "route", "replace", "default", "via", addresses.ipv6Gateway(), "dev", device);
    }
  }

  private static void dhcp(String device) {
    List<String> client =
        DHCP_CLIENTS.keySet().stream()
            .filter(program -> new File(program).canExecute())
            .findFirst()
            .map(DHCP_CLIENTS::get)
            .orElseThrow(
                () ->
                    new NetworkException(
                        device
                            + " is to have its address by DHCP, but the host has no client: "
                            + DHCP_CLIENTS.keySet()));
    List<String> command = new ArrayList<>(client);
    command.add(device);
    run(DHCP_LIMIT, command);
  }

  private static List<String> ports(String bridge) {
    String[] ports = CLASS.resolve(bridge).resolve("brif").toFile().list();
    return ports == null ? List.of() : List.of(ports);
  }

  /** The cards of a bond. */
  private static List<String> lower(String bond) {
    String[] links = CLASS.resolve(bond).toFile().list();
    return Stream.of(Optional.ofNullable(links).orElseGet(() -> new String[0]))
        .filter(link -> link.startsWith("lower_"))
        .map(link -> link.substring("lower_".length()))
        .toList();
  }

  private static boolean present(String device) {
    return Files.isDirectory(CLASS.resolve(device));
  }

  private static void ip(String... words) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    run(LIMIT, command);
  }

  private static void run(Duration limit, List<String> command) {
    try {
      Program.run(ErrorCode.NETWORK_SETUP, Path.of("/"), limit, command);
    } catch (VdsmError e) {
      throw new NetworkException(
          String.join(" ", command) + ": " + String.valueOf(e.getMessage()).strip());
    }
  }
}
