package io.overt.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rest", description = "What requests cost with many machines in the inventory.")
final class RestCommand implements Callable<Integer> {
  private static final String API = "/ovirt-engine/api";
  private static final int[] CONNECTIONS = {1, 16};

  @Mixin private final Site site = new Site();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long each request is repeated (5)")
  private int seconds = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "how long at most each is warmed up: until its cost falls no more (60)")
  private int warmUp = 60;

  @Option(
      names = "--v3",
      description =
          "only the same list in versions 3 and 4 of the API, and how their costs compare")
  private boolean versions;

  /**
   * What is measured.
   *
   * @param paths sent in turn
   * @param recorded null where nothing was recorded
   */
  private record Case(String name, List<String> paths, @Nullable RecordedEngine recorded) {}

  @Override
  public Integer call() {
    site.fill();
    Report table =
        new Report(
            "request",
            "clients",
            "per s",
            "p50 ms",
            "p99 ms",
            "KB",
            "CPU ms",
            "of it PostgreSQL",
            "oVirt CPU ms",
            "ratio");
    List<Plot.Line> lines = new ArrayList<>();
    String machine = ProcessTree.machine();
    try (BenchEngine engine = BenchEngine.start(site.installation(), site.filled())) {
      Load load = new Load(engine);
      if (versions) {
        compareVersions(load);
        return 0;
      }
      List<Case> cases = cases(engine);
      // All before the first is measured: they share most of their code.
      for (Case each : cases) {
        Site.say(each.name() + ", warming up");
        warmUp(load, each);
      }
      for (Case each : cases) {
        for (int connections : CONNECTIONS) {
          Site.say(each.name() + ", " + connections + " at a time");
          Load.Result result = load.run(each.paths(), connections, Duration.ofSeconds(seconds));
          table.row(cells(each, connections, result));
          if (connections == 1) {
            lines.add(new Plot.Line(each.name(), result.latencies()));
          }
        }
      }
      ProcessTree processes = engine.processes();
      System.out.printf(
          Locale.ROOT,
          "Requests with %,d machines in the inventory; JSON, TLS, session cookie, warm; %s, then"
              + " %s%n%s%n",
          site.machines(),
          machine,
          ProcessTree.load(),
          table.text());
      System.out.println(
          "CPU is that of the engine and its PostgreSQL per request, from /proc; the load generator"
              + " is another process. The ratio is to the least recorded figure.");
      StartCommand.printMemory(processes);
    } finally {
      site.empty();
    }
    System.out.println(
        "Plot of the latencies, one at a time: "
            + Plot.write(site.directory().resolve("rest.svg"), "ms", lines));
    return 0;
  }

  /** Twice in turn, the lesser cost counts: others run on this machine, too. */
  private void compareVersions(Load load) {
    Case four = new Case("version 4", List.of(API + "/v4/vms?max=100"), null);
    Case three = new Case("version 3", List.of(API + "/v3/vms?max=100"), null);
    warmUp(load, four);
    warmUp(load, three);
    double fourth = Double.MAX_VALUE;
    double third = Double.MAX_VALUE;
    for (int round = 0; round < 2; round++) {
      fourth = Math.min(fourth, load.run(four.paths(), 1, Duration.ofSeconds(seconds)).cost());
      third = Math.min(third, load.run(three.paths(), 1, Duration.ofSeconds(seconds)).cost());
    }
    System.out.printf(
        Locale.ROOT,
        "GET /vms?max=100: %.3f ms of CPU in version 4, %.3f in version 3, ratio %.2f%n",
        fourth,
        third,
        third / fourth);
  }

  /** Compilation goes on in the background for a while, and its time counts. */
  private void warmUp(Load load, Case each) {
    long end = System.nanoTime() + Duration.ofSeconds(warmUp).toNanos();
    Duration round = Duration.ofSeconds(Math.clamp(warmUp, 1, 4));
    double least = Double.MAX_VALUE;
    int steady = 0;
    while (steady < 2 && System.nanoTime() - end < 0) {
      double cost = load.run(each.paths(), 4, round).cost();
      steady = cost < least * 0.95 ? 0 : steady + 1;
      least = Math.min(least, cost);
    }
  }

  private List<Case> cases(BenchEngine engine) {
    List<String> ids =
        engine.api().list("/vms?max=1000", "vm").stream()
            .map(vm -> API + "/vms/" + vm.id())
            .toList();
    List<String> searches = new ArrayList<>();
    for (int number = 0; number < site.machines(); number += Math.max(1, site.machines() / 100)) {
      searches.add(API + "/vms?search=name%3D" + Population.name(number));
    }
    String many = API + "/vms?search=name%3Dx000*";
    String rows = "/overt/api/rows/vms?fields=name,status,memory,cluster.name,host.name";
    String middle = "&max=200&from=" + site.machines() / 2;
    return List.of(
        new Case("rows of 200 VMs", List.of(rows + "&sort=name" + middle), null),
        new Case(
            "rows by a statistic",
            List.of(rows + ",statistics.memory.used&sort=statistics.memory.used+desc" + middle),
            null),
        new Case("GET /vms/{id}", ids, RecordedEngine.ONE_VM),
        new Case("GET /vms?max=100", List.of(API + "/vms?max=100"), RecordedEngine.HUNDRED_VMS),
        new Case("GET /vms?search=name=x00042", searches, RecordedEngine.SEARCH),
        new Case("GET /vms?search=name=x000*", List.of(many), null),
        new Case("GET /api", List.of(API), RecordedEngine.ROOT));
  }

  private static String[] cells(Case each, int connections, Load.Result result) {
    RecordedEngine recorded = each.recorded();
    return new String[] {
      each.name(),
      Integer.toString(connections),
      number(0, result.aSecond()),
      number(2, result.latencies().at(0.5)),
      number(2, result.latencies().at(0.99)),
      number(1, result.bytes() / 1024.0),
      number(3, result.cost()),
      number(3, result.databaseCost()),
      recorded == null ? "-" : recorded.range(),
      recorded == null ? "-" : "1/" + number(0, recorded.least() / result.cost())
    };
  }

  static String number(int decimals, double value) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
