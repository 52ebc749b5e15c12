package io.overt.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "start", description = "What the engine's start costs, and its memory.")
final class StartCommand implements Callable<Integer> {
  private static final Duration SETTLED = Duration.ofSeconds(12);

  @Mixin private final Site site = new Site();

  @Option(names = "--repeat", paramLabel = "N", description = "warm starts (7)")
  private int repeat = 7;

  private final Report table =
      new Report(
          "start",
          "runs",
          "first 200, s",
          "least",
          "most",
          "login, s",
          "CPU s",
          "oVirt, s",
          "ratio",
          "oVirt CPU s",
          "ratio");

  /** One start. */
  private record Sample(double answered, double loggedIn, double cpu) {}

  @Override
  public Integer call() {
    String machine = ProcessTree.machine();
    site.fill();
    try {
      Path fresh = site.directory().resolve("cold");
      delete(fresh);
      add("cold: empty state directory", List.of(once(fresh)));
      delete(fresh);
      // The first one may have to make what later ones use.
      once(site.filled());
      List<Sample> warm = new ArrayList<>();
      for (int turn = 0; turn < repeat; turn++) {
        warm.add(once(site.filled()));
      }
      add(String.format(Locale.ROOT, "warm: %,d machines", site.machines()), warm);
      System.out.printf(
          "From the start of the engine's process to its first answer; %s, then %s%n%s%n",
          machine, ProcessTree.load(), table.text());
      memory();
    } finally {
      site.empty();
    }
    return 0;
  }

  private Sample once(Path state) {
    Site.say("starting on " + state);
    try (BenchEngine engine = BenchEngine.launch(site.installation(), state)) {
      double answered = engine.awaitHealth();
      ProcessTree.Cpu cpu = engine.processes().cpu();
      return new Sample(answered, engine.logIn(), cpu.total());
    }
  }

  private void add(String name, List<Sample> samples) {
    Samples answered = Samples.of(samples.stream().map(Sample::answered).toList());
    double seconds = answered.median();
    double cpu = Samples.of(samples.stream().map(Sample::cpu).toList()).median();
    double loggedIn = Samples.of(samples.stream().map(Sample::loggedIn).toList()).median();
    table.row(
        name,
        Integer.toString(samples.size()),
        RestCommand.number(2, seconds),
        RestCommand.number(2, answered.least()),
        RestCommand.number(2, answered.most()),
        RestCommand.number(2, loggedIn),
        RestCommand.number(2, cpu),
        RestCommand.number(0, RecordedEngine.START_SECONDS),
        "1/" + RestCommand.number(0, RecordedEngine.START_SECONDS / seconds),
        RestCommand.number(0, RecordedEngine.START_CPU_SECONDS),
        "1/" + RestCommand.number(0, RecordedEngine.START_CPU_SECONDS / cpu));
  }

  private void memory() {
    try (BenchEngine engine = BenchEngine.start(site.installation(), site.filled())) {
      // What was put off at the start is done by then.
      Site.sleep(SETTLED);
      System.out.println("After the start:");
      printMemory(engine.processes());
      try (HttpConnection connection = engine.connect()) {
        connection.send(HttpConnection.get("/ovirt-engine/api/vms", engine.session()));
      } catch (IOException e) {
        throw new BenchFailure("the list was not answered: " + e, e);
      }
      System.out.println("After listing all machines once:");
      printMemory(engine.processes());
    }
  }

  static void printMemory(ProcessTree processes) {
    ProcessTree.Memory engine = processes.engineMemory();
    ProcessTree.Memory database = processes.databaseMemory();
    Report table = new Report("memory, MiB", "engine", "PostgreSQL", "together", "oVirt", "ratio");
    double together = engine.pss() + database.pss();
    table.row(
        "PSS",
        RestCommand.number(0, engine.pss()),
        RestCommand.number(0, database.pss()),
        RestCommand.number(0, together),
        RestCommand.number(0, RecordedEngine.LISTED_MEBIBYTES),
        "1/" + RestCommand.number(0, RecordedEngine.LISTED_MEBIBYTES / together));
    table.row(
        "RSS (shared pages counted anew for each process)",
        RestCommand.number(0, engine.rss()),
        RestCommand.number(0, database.rss()),
        RestCommand.number(0, engine.rss() + database.rss()));
    System.out.println(table.text());
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }
}
