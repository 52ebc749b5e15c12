package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.api.Entity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Certificates and registrations of hosts that run on this machine. */
final class Hosts {
  private static final Set<String> LOST = Set.of("install_failed", "error");

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
