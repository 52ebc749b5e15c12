package io.overt.bench;

import io.overt.dist.api.ApiClient;
import io.overt.libvirt.Connection;
import io.overt.libvirt.Flags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "boot-storm",
    description = "Many machines started at once: through the API, and the same by virsh.")
final class BootStormCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Pattern LOG = Pattern.compile("<log file=['\"]([^'\"]+)['\"]");

  @Mixin private final Site site = new Site();

  @Option(names = "--guests", paramLabel = "N", description = "machines to start (40)")
  private int guests = 40;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "requests under way, and virsh processes, at a time (4)")
  private int clients = 4;

  @Option(names = "--started-only", description = "do not wait until the guests have booted")
  private boolean startedOnly;

  /**
   * When all guests were there, in seconds after the first was asked for.
   *
   * @param started by libvirt's word
   * @param beating by the guests' own first word on their consoles
   */
  private record Storm(double started, double beating, Samples each) {}

  @Override
  public Integer call() throws IOException {
    String machine = ProcessTree.machine();
    try (RealEngine engine = RealEngine.start(site);
        Starts starts = new Starts(engine.libvirt());
        ExecutorService pool = Executors.newFixedThreadPool(clients)) {
      Site.say("making " + guests + " machines");
      Map<UUID, String> machines = new LinkedHashMap<>();
      for (int number = 1; number <= guests; number++) {
        String name = String.format(Locale.ROOT, "storm-%02d", number);
        machines.put(UUID.fromString(engine.machine(name)), name);
      }
      machines.keySet().forEach(id -> engine.await(id.toString(), List.of("down")));
      warm(engine, machines.keySet().iterator().next());
      Map<UUID, String> xml = new LinkedHashMap<>();
      Site.say("starting them through the API");
      Storm managed = managed(engine, starts, pool, machines, xml);
      Site.say("starting the same by virsh");
      Storm plain = plain(engine.libvirt(), starts, pool, xml);
      print(managed, plain, machine);
    }
    return 0;
  }

  /** One start of each kind before: libvirt looks at QEMU, and code is compiled. */
  private static void warm(RealEngine engine, UUID id) throws IOException {
    Site.say("a first start");
    engine.api().post("/vms/" + id + "/start", Map.of());
    engine.await(id.toString(), List.of("up", "powering_up"));
    Path console = console(engine.libvirt().domain(id).xml(Flags.Xml.SECURE, Flags.Xml.INACTIVE));
    stop(engine, id);
    forget(console.resolveSibling(""));
  }

  /** What earlier guests said. */
  private static void forget(Path consoles) throws IOException {
    try (Stream<Path> logs = Files.list(consoles)) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        Files.delete(log);
      }
    }
  }

  private static void stop(RealEngine engine, UUID id) {
    String path = "/vms/" + id + "/stop";
    Site.await(() -> !engine.api().post(path, Map.of()).members().isEmpty(), "it is stopped");
    engine.await(id.toString(), List.of("down"));
  }

  private Storm managed(
      RealEngine engine,
      Starts starts,
      ExecutorService pool,
      Map<UUID, String> machines,
      Map<UUID, String> xml)
      throws IOException {
    ApiClient api = engine.api();
    Map<UUID, Callable<?>> work = new LinkedHashMap<>();
    for (UUID id : machines.keySet()) {
      work.put(id, () -> api.post("/vms/" + id + "/start", Map.of("async", true)));
    }
    Map<UUID, Path> consoles = new HashMap<>();
    Storm storm =
        storm(
            starts,
            pool,
            work,
            () -> {
              for (UUID id : machines.keySet()) {
                String text = engine.libvirt().domain(id).xml(Flags.Xml.SECURE, Flags.Xml.INACTIVE);
                xml.put(id, text);
                consoles.put(id, console(text));
              }
              return consoles;
            });
    Site.say("stopping them");
    List<Future<?>> stops = new ArrayList<>();
    for (UUID id : machines.keySet()) {
      stops.add(
          pool.submit(
              () -> {
                engine.await(id.toString(), List.of("up", "powering_up"));
                stop(engine, id);
              }));
    }
    finish(stops);
    return storm;
  }

  /** The same domains under other names and ids. */
  private Storm plain(
      Connection libvirt, Starts starts, ExecutorService pool, Map<UUID, String> machines)
      throws IOException {
    Path directory = Files.createTempDirectory("overt-boot-storm");
    Map<UUID, Callable<?>> work = new LinkedHashMap<>();
    Map<UUID, Path> consoles = new HashMap<>();
    String uri = site.libvirtUri(site.directory().resolve("vm"));
    for (Map.Entry<UUID, String> machine : machines.entrySet()) {
      UUID id = UUID.randomUUID();
      String text =
          machine
              .getValue()
              .replace(machine.getKey().toString(), id.toString())
              .replace("<name>storm-", "<name>plain-");
      Path file = Files.writeString(directory.resolve(id + ".xml"), text);
      work.put(id, () -> virsh(uri, file));
      consoles.put(id, console(text));
    }
    Storm storm = storm(starts, pool, work, () -> consoles);
    for (UUID id : work.keySet()) {
      libvirt.domain(id).destroy();
      Files.deleteIfExists(directory.resolve(id + ".xml"));
    }
    Files.delete(directory);
    return storm;
  }

  private static int virsh(String uri, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("virsh", "-q", "-c", uri, "create", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new BenchFailure("virsh create " + file + " failed");
    }
    return 0;
  }

  private Storm storm(
      Starts starts,
      ExecutorService pool,
      Map<UUID, Callable<?>> work,
      Callable<Map<UUID, Path>> consoles) {
    long asked = System.nanoTime();
    List<Future<?>> under = new ArrayList<>();
    work.values().forEach(each -> under.add(pool.submit(each)));
    List<Double> seconds = new ArrayList<>();
    work.keySet().forEach(id -> seconds.add(starts.await(id, asked)));
    finish(under);
    try {
      Iterable<Path> logs = consoles.call().values();
      double beating = startedOnly ? 0 : beating(logs, asked);
      Samples each = Samples.of(seconds);
      return new Storm(each.most(), beating, each);
    } catch (Exception e) {
      throw new BenchFailure("cannot look at the guests: " + e, e);
    }
  }

  private static void finish(List<Future<?>> work) {
    try {
      for (Future<?> each : work) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    } catch (ExecutionException e) {
      throw new BenchFailure("a request failed: " + e.getCause(), e);
    }
  }

  /** Seconds until the last guest beat. */
  private static double beating(Iterable<Path> consoles, long asked) throws IOException {
    List<Path> silent = new ArrayList<>();
    consoles.forEach(silent::add);
    long end = asked + PATIENCE.toNanos();
    while (!silent.isEmpty()) {
      for (Path console : List.copyOf(silent)) {
        if (Files.exists(console)
            && new String(Files.readAllBytes(console), StandardCharsets.ISO_8859_1)
                .contains("HEARTBEAT ")) {
          silent.remove(console);
        }
      }
      if (System.nanoTime() > end) {
        throw new BenchFailure(silent.size() + " guests did not boot within " + PATIENCE);
      }
      Site.sleep(Duration.ofMillis(50));
    }
    return (System.nanoTime() - asked) / 1e9;
  }

  /** The file that a domain's console is logged to. */
  private static Path console(String xml) throws IOException {
    Matcher matcher = LOG.matcher(xml);
    if (!matcher.find()) {
      throw new BenchFailure("a domain has no log of its console");
    }
    return Path.of(matcher.group(1));
  }

  private void print(Storm managed, Storm plain, String machine) throws IOException {
    Report table = new Report("start of " + guests, "all started, s", "median", "all beat, s");
    add(table, "through the API", managed);
    add(table, "by virsh create, " + clients + " at a time", plain);
    System.out.printf(
        Locale.ROOT,
        "Until libvirt reports the last guest as started, and until the last guest's first"
            + " heartbeat; %s, then %s%n%s%nratio: started %s, beating %s%n",
        machine,
        ProcessTree.load(),
        table.text(),
        ratio(managed.started(), plain.started()),
        ratio(managed.beating(), plain.beating()));
    System.out.println(
        "Plot: "
            + Plot.write(
                site.directory().resolve("boot-storm.svg"),
                "s",
                List.of(
                    new Plot.Line("engine and agent", managed.each()),
                    new Plot.Line("virsh", plain.each()))));
  }

  private static String ratio(double managed, double plain) {
    return managed == 0 ? "-" : RestCommand.number(3, managed / plain);
  }

  private static void add(Report table, String name, Storm storm) {
    table.row(
        name,
        RestCommand.number(2, storm.started()),
        RestCommand.number(2, storm.each().median()),
        storm.beating() == 0 ? "-" : RestCommand.number(1, storm.beating()));
  }
}
