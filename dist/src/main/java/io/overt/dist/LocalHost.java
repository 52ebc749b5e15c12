package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.api.Entity;
import io.overt.dist.process.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * This machine as a hypervisor host: libvirtd, the agent in front of it, and its place in the
 * engine: a data center and cluster of its own, since its storage is local.
 */
final class LocalHost {
  static final String NAME = "local";
  private static final int FIRST_PORT = 54_321;
  private static final String ADDRESS = "127.0.0.1";

  private final Installation installation;
  private final Site site;

  LocalHost(Installation installation, Site site) {
    this.installation = installation;
    this.site = site;
  }

  /** Makes the agent run. */
  void ensureAgent() {
    Daemon agent = site.agent();
    if (agent.running().isPresent()) {
      return;
    }
    String uri =
        Progress.during(
            "Starting libvirtd",
            () ->
                Programs.run(
                    site.config().logDirectory().resolve("libvirtd.log"),
                    Duration.ofMinutes(2),
                    List.of(
                        installation.hostScript("libvirtd.sh").toString(),
                        "start",
                        libvirtState().toString())));
    Path pki = new Hosts(site).enroll(NAME, List.of(ADDRESS, "localhost"));
    List<String> arguments = new ArrayList<>(Hosts.tlsOptions(pki));
    arguments.add("--port=" + port());
    arguments.add("--bind-address=" + ADDRESS);
    arguments.add("--libvirt-uri=" + uri);
    arguments.add("--virt-type=" + virtType());
    arguments.add("--state-directory=" + site.state().resolve("agent"));
    arguments.add("--storage-root=" + site.state().resolve("storage-root"));
    arguments.add("--hooks=" + hooks(site));
    arguments.add("--serial-log=true");
    arguments.add("--serial-sockets=" + site.state().resolve("serial"));
    Path certificates = libvirtState().resolve("etc/migration-certificates");
    if (Files.isDirectory(certificates)) {
      arguments.add("--migration-certificates=" + certificates);
    }
    arguments.add("--display-address=" + displayAddress());
    long logEnd = agent.logEnd();
    agent.start(
        installation.java("agent", "-XX:+UseSerialGC", "-Xms16m", "-Xmx192m", "-Xss512k"),
        arguments);
    Hosts.awaitListening(agent, logEnd, port());
  }

  /** Makes the engine know this host, and waits until it is up. */
  Entity ensureRegistered(ApiClient api) {
    if (api.named("/datacenters", "data_center", NAME).isEmpty()) {
      api.post("/datacenters", Map.of("name", NAME, "local", true));
    }
    if (api.named("/clusters", "cluster", NAME).isEmpty()) {
      api.post("/clusters", Map.of("name", NAME, "data_center", Map.of("name", NAME)));
    }
    Hosts hosts = new Hosts(site);
    Entity host = hosts.register(api, NAME, ADDRESS, port(), NAME);
    hosts.awaitUp(api, host.id(), NAME);
    return host;
  }

  /** Stops the agent and the private libvirtd; guests go on unless they are to end. */
  static void stop(Installation installation, Site site, boolean guests) {
    site.agent().stop();
    Path libvirt = site.state().resolve("libvirt");
    if (Files.isDirectory(libvirt) && isRoot()) {
      List<String> command = new ArrayList<>();
      command.add(installation.hostScript("libvirtd.sh").toString());
      command.add("stop");
      if (guests) {
        command.add("--destroy-guests");
      }
      command.add(libvirt.toString());
      Programs.run(
          site.config().logDirectory().resolve("libvirtd.log"), Duration.ofMinutes(1), command);
    }
  }

  /** With a directory for each moment at which scripts run. */
  static Path hooks(Site site) {
    return site.state().resolve("hooks");
  }

  private String virtType() {
    return Progress.during(
        "Looking for hardware virtualization",
        () ->
            Programs.run(
                site.config().logDirectory().resolve("libvirtd.log"),
                Duration.ofSeconds(30),
                List.of(installation.hostScript("virt-type.sh").toString())));
  }

  private Path libvirtState() {
    return site.state().resolve("libvirt");
  }

  private int port() {
    return Ports.range(site.state().resolve("agent-port"), FIRST_PORT, 1);
  }

  /** Where users reach consoles: the first address that is not the loopback. */
  private String displayAddress() {
    return site.config().hostNames().stream()
        .filter(name -> name.matches("[0-9.]+") && !name.startsWith("127."))
        .findFirst()
        .orElse(ADDRESS);
  }

  /** Before anything is started that could not be completed. */
  static void requireRoot() {
    if (!isRoot()) {
      throw new Failure(
          "the hypervisor needs root; without it, simulated hosts: ./overt up --simulate 3");
    }
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }
}
