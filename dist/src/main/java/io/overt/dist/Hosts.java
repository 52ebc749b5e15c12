package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.api.Entity;
import io.overt.dist.process.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Certificates and registrations of hosts that run on this machine. */
final class Hosts {
  private static final Set<String> LOST = Set.of("install_failed", "error");

  private static final Duration EARLY = Duration.ofSeconds(10);

  private final Site site;

  Hosts(Site site) {
    this.site = site;
  }

  /**
   * Gets a key and certificate from the engine's authority unless there are good ones.
   *
   * @return the directory with {@code cert.pem}, {@code key.pem} and {@code ca.pem}
   */
  Path enroll(String name, List<String> addresses) {
    Path directory = site.config().pkiDirectory().resolve("hosts").resolve(name);
    site.admin()
        .call(
            "enroll host",
            Map.of("name", name, "addresses", addresses, "directory", directory.toString()));
    return directory;
  }

  /** What an agent has to be told about its certificate. */
  static List<String> tlsOptions(Path directory) {
    return List.of(
        "--tls-certificate=" + directory.resolve("cert.pem"),
        "--tls-key=" + directory.resolve("key.pem"),
        "--tls-authority=" + directory.resolve("ca.pem"));
  }

  /** Waits until an agent accepts connections: the engine tries one when it gets to know a host. */
  static void awaitListening(Daemon daemon, long logEnd, int port) {
    long started = System.nanoTime();
    Progress.await(
        "Starting the " + daemon.name(),
        Duration.ofMinutes(1),
        () -> {
          // The process records itself a moment after its start.
          boolean early = System.nanoTime() - started < EARLY.toNanos();
          if (!early && daemon.running().isEmpty()) {
            throw new Failure(
                "the %s ended while it started; its last words (%s):%n%s"
                    .formatted(
                        daemon.name(),
                        daemon.log(),
                        String.join(System.lineSeparator(), daemon.lastLines(logEnd, 4))));
          }
          return connects(port) ? Optional.of(true) : Optional.empty();
        },
        () -> "");
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Adds a host to the engine unless there is one of that name. */
  Entity register(ApiClient api, String name, String address, int port, String cluster) {
    return api.named("/hosts", "host", name)
        .orElseGet(
            () ->
                api.post(
                    "/hosts",
                    Map.of(
                        "name", name,
                        "address", address,
                        "port", port,
                        // The agent is there already: no password is needed to install it.
                        "ssh", Map.of("authentication_method", "publickey"),
                        "cluster", Map.of("name", cluster))));
  }

  /** Waits until a host is up; one that somebody put into maintenance is left there. */
  void awaitUp(ApiClient api, String id, String name) {
    String[] status = {""};
    Progress.await(
        "Waiting for host " + name,
        Duration.ofMinutes(2),
        () -> {
          status[0] = api.get("/hosts/" + id).text("status");
          if (LOST.contains(status[0])) {
            throw new Failure("host " + name + " is " + status[0] + "; see ./overt logs");
          }
          boolean settled = status[0].equals("up") || status[0].equals("maintenance");
          return settled ? Optional.of(true) : Optional.empty();
        },
        () -> " (" + status[0] + ")");
  }
}
