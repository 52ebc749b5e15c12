package io.overt.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds ports for agents, and keeps them: a host is registered with its port. */
final class Ports {
  private static final int LAST = 65_000;

  private Ports() {}

  /**
   * The first of so many free ports in a row, the same at every call for one file.
   *
   * @param memory where the choice is kept
   * @param first where to begin to look
   */
  static int range(Path memory, int first, int count) {
    try {
      if (Files.exists(memory)) {
        return Integer.parseInt(Files.readString(memory).strip());
      }
      int base = first;
      while (!free(base, count)) {
        base += Math.max(count, 10);
        if (base + count > LAST) {
          throw new Failure("no " + count + " free ports in a row from " + first + " on");
        }
      }
      Files.writeString(memory, base + System.lineSeparator());
      return base;
    } catch (IOException | NumberFormatException e) {
      throw new Failure("cannot use " + memory + ": " + e);
    }
  }

  private static boolean free(int base, int count) {
    for (int port = base; port < base + count; port++) {
      try (ServerSocket probe = new ServerSocket()) {
        probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
