package io.overt.bench;

import io.overt.dist.api.ApiClient;
import io.overt.libvirt.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An installation with this machine as its host, as {@code ./overt up} makes it: engine, agent,
 * libvirtd and QEMU, and the demo's guest.
 */
final class RealEngine implements AutoCloseable {
  private static final String LOCAL = "local";
  private static final long MEMORY = 128L << 20;

  private final Site site;
  private final Path state;
  private final Path guest;
  private final BenchEngine engine;
  private final Connection libvirt;

  private RealEngine(Site site, Path state, Path guest) {
    this.site = site;
    this.state = state;
    this.guest = guest;
    this.engine = BenchEngine.running(state);
    this.libvirt = Connection.open(site.libvirtUri(state));
  }

  /** Starts all of it, on a directory that is kept for the next run. */
  static RealEngine start(Site site) throws IOException {
    Path state = site.directory().resolve("vm");
    Path guest = state.resolve("guest");
    Files.createDirectories(guest);
    Site.say("building the guest in " + guest);
    site.run(List.of(site.installation().guestScript().toString(), guest.toString()));
    Site.say("starting engine, libvirtd and agent on " + state);
    site.overt(
        "up",
        "--state",
        state.toString(),
        "--bind-address",
        "127.0.0.1",
        "--https-port",
        Integer.toString(BenchEngine.freePort()),
        "--http-port",
        "0");
    try {
      return new RealEngine(site, state, guest);
    } catch (RuntimeException e) {
      site.overt("down", "--guests", "--state", state.toString());
      throw e;
    }
  }

  ApiClient api() {
    return engine.api();
  }

  Connection libvirt() {
    return libvirt;
  }

  /** The machine of that name, made if there is none; the id. */
  String machine(String name) {
    return api().named("/vms", "vm", name).orElseGet(() -> api().post("/vms", tiny(name))).id();
  }

  /** Waits until a machine is in one of these states. */
  void await(String id, List<String> states) {
    Site.await(
        () -> states.contains(api().get("/vms/" + id).text("status")),
        "machine " + id + " is " + String.join(" or ", states));
  }

  private Map<String, Object> tiny(String name) {
    return Map.of(
        "name", name,
        "cluster", Map.of("name", LOCAL),
        "template", Map.of("name", "Blank"),
        "type", "server",
        "memory", MEMORY,
        "memory_policy", Map.of("guaranteed", MEMORY, "max", MEMORY),
        "os",
            Map.of(
                "type",
                "other_linux",
                "kernel",
                guest.resolve("kernel").toString(),
                "initrd",
                guest.resolve("initrd.gz").toString(),
                "cmdline",
                // Dozens of emulated guests at once are slower than a kernel lets its timers be.
                "console=ttyS0 no_timer_check"));
  }

  /** Stops it with all its guests. */
  @Override
  public void close() {
    libvirt.close();
    engine.close();
    site.overt("down", "--guests", "--state", state.toString());
  }
}
