package io.overt.bench;

import io.overt.scheduling.Catalogue;
import io.overt.scheduling.Policy;
import io.overt.scheduling.balancing.Balance;
import io.overt.scheduling.balancing.Balancer;
import io.overt.scheduling.balancing.Balancers;
import io.overt.scheduling.balancing.Planner;
import io.overt.scheduling.balancing.Round;
import io.overt.scheduling.balancing.Thresholds;
import io.overt.scheduling.unit.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "balance",
    description = "A simulated day of a cluster under each way to balance it.")
final class BalanceCommand implements Callable<Integer> {

  @Option(names = "--hosts", paramLabel = "N", description = "hosts (200)")
  private int hosts = 200;

  @Option(names = "--machines", paramLabel = "N", description = "machines at the start (4000)")
  private int machines = 4_000;

  @Option(names = "--seed", paramLabel = "N", description = "of everything that happens (1)")
  private long seed = 1;

  @Option(names = "--plot", paramLabel = "FILE", description = "writes the day as an SVG")
  private @Nullable Path plot;

  @Override
  public Integer call() {
    Day day = Day.of(hosts, machines, 24 * 60, seed);
    Map<String, DayRun.Result> results = new LinkedHashMap<>();
    movers(seed)
        .forEach((name, mover) -> results.put(name, new DayRun(day, policy(), mover).run()));
    System.out.printf(
        "A day of %d hosts, %,d machines at first and %,d that arrive; %s%n%s",
        hosts, machines, day.guests().size() - machines, ProcessTree.machine(), table(results));
    if (plot != null) {
      System.out.println("Plot: " + DayPlot.write(plot, results));
    }
    return 0;
  }

  static Policy policy() {
    return Catalogue.policy(
            "evenly_distributed",
            Map.of("HighUtilization", "80", "CpuOverCommitDurationMinutes", "2"))
        .orElseThrow();
  }

  /** The contenders, by name. */
  static Map<String, DayRun.Mover> movers(long seed) {
    Map<String, DayRun.Mover> movers = new LinkedHashMap<>();
    movers.put("no balancing", moment -> List.of());
    movers.put(
        "oVirt 3.4's rules",
        new OneMove(Balancers.classic(Balancers.EVEN, new Random(seed)).orElseThrow(), policy()));
    movers.put(
        "oVirt 4.5's rules", new OneMove(Balancers.find(Balancers.EVEN).orElseThrow(), policy()));
    movers.put("planner", planner());
    return movers;
  }

  /** One move a minute: the first of the balancer's proposals that the scheduler follows. */
  private record OneMove(Balancer balancer, Policy policy) implements DayRun.Mover {
    @Override
    public List<DayRun.Wish> wishes(DayRun.Moment moment) {
      return balancer
          .propose(
              new Round(
                  moment.state(),
                  policy.properties(),
                  Settings.DEFAULT,
                  Thresholds.DEFAULT,
                  moment.now(),
                  moment.moving()))
          .stream()
          .map(proposal -> new DayRun.Wish(proposal.machineId(), proposal.hosts()))
          .toList();
    }

    @Override
    public int most() {
      return 1;
    }
  }

  private static DayRun.Mover planner() {
    Planner planner = new Planner(policy(), Settings.DEFAULT, Planner.Options.DEFAULT);
    return moment ->
        planner
            .plan(
                new Planner.Situation(
                    moment.state(), moment.moving(), moment.moved(), moment.now()))
            .moves()
            .stream()
            .map(move -> new DayRun.Wish(move.machineId(), List.of(move.toId())))
            .toList();
  }

  static String table(Map<String, DayRun.Result> results) {
    Report table =
        new Report(
            "balancer",
            "CPU spread",
            "at most",
            "memory spread",
            "both",
            "moves",
            "again <1 h",
            "GiB copied",
            "host-min >90 %",
            "unmet core-h",
            "ms a minute",
            "at most");
    results.forEach(
        (name, result) -> {
          table.row(
              name,
              RestCommand.number(2, mean(result, Balance::cpuSpread)),
              RestCommand.number(2, most(result, Balance::cpuSpread)),
              RestCommand.number(2, mean(result, Balance::memorySpread)),
              RestCommand.number(2, mean(result, Balance::imbalance)),
              Integer.toString(result.moves()),
              Integer.toString(result.again()),
              Long.toString(result.copiedMb() / 1024),
              Integer.toString(result.busyHosts()),
              RestCommand.number(1, result.unmet()),
              RestCommand.number(2, result.milliseconds()),
              RestCommand.number(1, result.mostMilliseconds()));
        });
    return table.text();
  }

  static double mean(DayRun.Result result, ToDoubleFunction<Balance> figure) {
    return result.minutes().stream()
        .mapToDouble(minute -> figure.applyAsDouble(minute.balance()))
        .average()
        .orElse(0);
  }

  private static double most(DayRun.Result result, ToDoubleFunction<Balance> figure) {
    List<Double> values = new ArrayList<>();
    result.minutes().forEach(minute -> values.add(figure.applyAsDouble(minute.balance())));
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
