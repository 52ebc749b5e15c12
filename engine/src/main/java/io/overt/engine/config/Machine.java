package io.overt.engine.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What defaults depend on.
 *
 * @param stateDirectory where state goes unless somebody says otherwise
 * @param names names and addresses under which clients may reach this machine, best first
 */
public record Machine(Path stateDirectory, String hostName, List<String> names) {
  public Machine {
    names = List.copyOf(names);
  }

  /** This machine, for the user who runs this process. */
  public static Machine local() {
    String hostName = localHostName();
    Set<String> names = new LinkedHashSet<>();
    names.add("localhost");
    names.add("127.0.0.1");
    names.add(hostName);
    addresses(names);
    return new Machine(standardState(), hostName, List.copyOf(names));
  }

  private static Path standardState() {
    if (System.getProperty("user.name", "").equals("root")) {
      return Path.of("/var/lib/overt");
    }
    String base = System.getenv("XDG_STATE_HOME");
    return base == null || base.isEmpty()
        ? Path.of(System.getProperty("user.home", ""), ".local", "state", "overt")
        : Path.of(base, "overt");
  }

  private static String localHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** An IPv6 address as certificates hold it: which card it is on is nobody else's business. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static void addresses(Set<String> names) {
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        if (card.isUp() && !card.isLoopback()) {
          card.inetAddresses()
              .filter(address -> !address.isLinkLocalAddress())
              .map(InetAddress::getHostAddress)
              .map(Machine::withoutZone)
              .forEach(names::add);
        }
      }
    } catch (SocketException e) {
      // No address beyond the loopback is known, and none has to be.
      return;
    }
  }
}
