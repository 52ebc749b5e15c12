package io.overt.bench;

import io.overt.dist.Installation;
import io.overt.dist.api.ApiClient;
import io.overt.dist.api.ApiException;
import io.overt.dist.process.Daemon;
import io.overt.engine.config.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the benchmarks keep their own installation: never that of the user. */
final class Site {
  static final String PATTERN = "pattern";
  private static final Duration SET_UP_WITHIN = Duration.ofMinutes(3);
  private static final long GIBIBYTE = 1L << 30;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "state directory of the benchmarks' own installation; kept for the next run")
  private @Nullable Path chosen;

  @Option(names = "--vms", paramLabel = "N", description = "machines in the inventory (10000)")
  private int machines = 10_000;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  private final Installation installation = Installation.current();

  Installation installation() {
    return installation;
  }

  int machines() {
    return machines;
  }

  Path directory() {
    if (chosen != null) {
      return chosen.toAbsolutePath();
    }
    Path standard = Machine.local().stateDirectory();
    return standard.resolveSibling(standard.getFileName() + "-bench");
  }

  /** The installation with the many machines. */
  Path filled() {
    return directory().resolve("vms-" + machines);
  }

  /** Runs the launcher's program as {@code ./overt} does. */
  void overt(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dovert.home=" + installation.home());
    command.add("-Dovert.app=" + installation.app());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.overt.dist.Overt");
    command.addAll(List.of(words));
    run(command);
  }

  /** The hypervisor that the launcher started for an installation. */
  String libvirtUri(Path state) {
    Path script = installation.home().resolve("dist/host/libvirtd.sh");
    return run(List.of(script.toString(), "status", state.resolve("libvirt").toString()));
  }

  /** Runs a program to its end, and gives the last line that it said. */
  String run(List<String> command) {
    Path log = directory().resolve("overt.log");
    try {
      Files.createDirectories(directory());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        throw new BenchFailure(command.getLast() + " failed; see " + log);
      }
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "" : lines.getLast();
    } catch (IOException e) {
      throw new BenchFailure("cannot run " + command.getFirst() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  /** Makes sure that there are the machines and the simulated host that they are for. */
  void fill() {
    Path state = filled();
    Path done = state.resolve("filled");
    say("preparing " + state);
    try {
      Files.createDirectories(state);
      new Daemon("engine", state).stop();
      overt(
          "up",
          "--simulate",
          "1",
          "--state",
          state.toString(),
          "--bind-address",
          "127.0.0.1",
          "--https-port",
          Integer.toString(BenchEngine.freePort()),
          "--http-port",
          "0");
    } catch (IOException e) {
      throw new BenchFailure("cannot make " + state + ": " + e, e);
    }
    new Daemon("engine", state).stop();
    if (Files.exists(done)) {
      return;
    }
    try (BenchEngine engine = BenchEngine.start(installation, state)) {
      makePattern(engine.api());
    }
    Population.fill(state.resolve("postgres"), PATTERN, machines);
    try {
      Files.writeString(done, machines + System.lineSeparator());
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + done + ": " + e, e);
    }
  }

  /** Ends what {@link #fill} left running. */
  void empty() {
    new Daemon("simulated", filled()).stop();
  }

  static void say(String text) {
    System.err.println("bench: " + text);
  }

  /** A machine as people have them: memory, two CPUs, a NIC and a disk. */
  private static void makePattern(ApiClient api) {
    if (api.named("/vms", "vm", PATTERN).isPresent()) {
      return;
    }
    String host = api.list("/hosts", "host").getFirst().id();
    await(() -> api.get("/hosts/" + host).text("status").equals("up"), "the host is up");
    String center = api.list("/datacenters", "data_center").getFirst().id();
    String storage =
        api.post(
                "/storagedomains",
                Map.of(
                    "name",
                    "bench",
                    "type",
                    "data",
                    "host",
                    Map.of("id", host),
                    "storage",
                    Map.of("type", "nfs", "address", "nas", "path", "/bench")))
            .id();
    String attached = "/datacenters/" + center + "/storagedomains";
    api.post(attached, Map.of("id", storage));
    await(
        () -> api.get(attached + "/" + storage).text("status").equals("active"),
        "the storage domain is active");
    String vm =
        api.post(
                "/vms",
                Map.of(
                    "name",
                    PATTERN,
                    "description",
                    "web server",
                    "cluster",
                    Map.of("name", "Default"),
                    "template",
                    Map.of("name", "Blank"),
                    "memory",
                    2 * GIBIBYTE,
                    "cpu",
                    Map.of("topology", Map.of("sockets", 2, "cores", 1, "threads", 1)),
                    "os",
                    Map.of("type", "rhel_9x64"),
                    "type",
                    "server"))
            .id();
    await(() -> api.get("/vms/" + vm).text("status").equals("down"), "the machine is made");
    api.post("/vms/" + vm + "/nics", Map.of("name", "nic1", "interface", "virtio"));
    String disk =
        api.post(
                "/vms/" + vm + "/diskattachments",
                Map.of(
                    "bootable",
                    true,
                    "active",
                    true,
                    "interface",
                    "virtio_scsi",
                    "disk",
                    Map.of(
                        "name",
                        PATTERN + "_Disk1",
                        "provisioned_size",
                        20 * GIBIBYTE,
                        "format",
                        "cow",
                        "storage_domains",
                        Map.of("storage_domain", List.of(Map.of("id", storage))))))
            .id();
    await(() -> api.get("/disks/" + disk).text("status").equals("ok"), "the disk is made");
  }

  /** A question that may fail for a while. */
  @FunctionalInterface
  interface Question {
    boolean holds();
  }

  static void await(Question question, String what) {
    long end = System.nanoTime() + SET_UP_WITHIN.toNanos();
    while (System.nanoTime() - end < 0) {
      try {
        if (question.holds()) {
          return;
        }
        Thread.sleep(50);
      } catch (ApiException e) {
        // Not there yet, or still busy with what came before.
        if (e.status() != 404 && e.status() != 409) {
          throw e;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("interrupted", e);
      }
    }
    throw new BenchFailure("not within " + SET_UP_WITHIN.toSeconds() + " s: " + what);
  }
}
