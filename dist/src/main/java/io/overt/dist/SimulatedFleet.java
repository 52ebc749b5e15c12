package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.api.Entity;
import io.overt.dist.process.Daemon;
import io.overt.dist.process.ProcessRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Simulated hosts, all in one process, registered as {@code sim-001} and so on. */
final class SimulatedFleet {
  private static final int FIRST_PORT = 21_000;
  private static final int ROOM = 1_000;
  private static final String ADDRESS = "127.0.0.1";

  private final Installation installation;
  private final Site site;

  SimulatedFleet(Installation installation, Site site) {
    this.installation = installation;
    this.site = site;
  }

  /** Makes that many run and be known to the engine. */
  void ensure(int count) {
    Path memory = site.state().resolve("simulated-port");
    int base = Ports.range(memory, FIRST_PORT, Math.clamp(count, 10, ROOM));
    Daemon daemon = site.simulated();
    Optional<ProcessRecord> running = daemon.running();
    String wanted = Integer.toString(count);
    if (running.isPresent() && !wanted.equals(running.get().notes().get("count"))) {
      daemon.stop();
      running = Optional.empty();
    }
    if (count == 0) {
      return;
    }
    Hosts hosts = new Hosts(site);
    Path pki = hosts.enroll("simulated", List.of(ADDRESS, "localhost"));
    if (running.isEmpty()) {
      List<String> arguments = new ArrayList<>();
      arguments.add("note:count=" + count);
      arguments.addAll(List.of("--count", wanted, "--base-port", Integer.toString(base)));
      for (String option : Hosts.tlsOptions(pki)) {
        arguments.addAll(List.of(option.split("=", 2)));
      }
      long logEnd = daemon.logEnd();
      daemon.start(
          installation.java("simulated", "-XX:+UseSerialGC", "-Xms16m", "-Xmx1g"), arguments);
      Hosts.awaitListening(daemon, logEnd, base + count - 1);
    }
    register(hosts, base, count);
  }

  private void register(Hosts hosts, int base, int count) {
    ApiClient api = site.api();
    Map<String, Entity> known =
        api.list("/hosts", "host").stream()
            .collect(Collectors.toMap(host -> host.text("name"), host -> host, (one, _) -> one));
    Progress.during(
        "Registering " + count + " simulated hosts",
        () -> {
          for (int index = 0; index < count; index++) {
            String name = String.format(Locale.ROOT, "sim-%03d", index + 1);
            if (!known.containsKey(name)) {
              hosts.register(api, name, ADDRESS, base + index, "Default");
            }
          }
          return true;
        });
  }
}
