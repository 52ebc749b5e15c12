package io.overt.bench;

import io.overt.scheduling.Catalogue;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a placement costs: all filters and weights of a default policy over every host, exact ranks,
 * the reservation counted for the next decision.
 */
@Command(name = "schedule", description = "What placements cost, by the number of hosts.")
final class ScheduleCommand implements Callable<Integer> {
  /** Machines on each host before the measurement. */
  private static final int RESIDENTS = 20;

  /** Kinds of machines among those that are placed from cold. */
  private static final int SHAPES = 100;

  /** Machines that start together, in one transaction. */
  private static final int TOGETHER = 100;

  private static final long SEED = 20_140_204;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Option(names = "--plot", paramLabel = "FILE", description = "(target/overt/schedule.svg)")
  private Path plot =
      Path.of(System.getProperty("overt.home", "."), "target", "overt", "schedule.svg");

  @Option(
      names = "--hosts",
      paramLabel = "N",
      split = ",",
      description = "sizes of the cluster (100,400,1000,4000,10000)")
  private List<Integer> sizes = List.of(100, 400, 1_000, 4_000, 10_000);

  @Option(names = "--decisions", paramLabel = "N", description = "of distinct machines (20000)")
  private int decisions = 20_000;

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "a default policy (evenly_distributed)")
  private String policyName = "evenly_distributed";

  @Option(names = "--cold", paramLabel = "N", description = "machines placed from cold (200000)")
  private int cold = 200_000;

  @Option(
      names = "--durable",
      paramLabel = "N",
      description = "machines placed with the database's word for each (10000); 0 for none")
  private int durable = 10_000;

  @Option(
      names = "--external",
      paramLabel = "N",
      description = "calls of an external filter (300); 0 for none")
  private int external = 300;

  private final Report table =
      new Report("hosts", "VMs", "p50 us", "p99 us", "max us", "distinct/s", "equal/s", "us/host");
  private final List<double[]> costs = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Policy policy =
        Catalogue.policy(policyName, Map.of())
            .orElseThrow(() -> new BenchFailure("there is no policy '" + policyName + "'"));
    for (int hosts : sizes) {
      measure(policy, hosts);
    }
    System.out.println(table.text());
    cold(policy);
    if (durable > 0) {
      durable(policy);
    }
    if (external > 0) {
      System.out.println("What an external filter in Python adds:");
      System.out.println(ExternalFilter.measure(external).text());
    }
    System.out.println("plot: " + CostPlot.write(plot, "hosts", "µs per decision", costs));
    return 0;
  }

  private void measure(Policy policy, int hosts) {
    SimulatedCluster cluster = new SimulatedCluster(SEED);
    ClusterState state = cluster.state(hosts, RESIDENTS);
    Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
    List<Machine> warm = cluster.machines("warm", 3_000);
    warm.forEach(machine -> scheduler.place(policy, Request.of(machine, 1)));
    warm.forEach(machine -> state.stop(machine.id()));
    List<Machine> machines = cluster.machines("vm", decisions);
    int kept = Math.min(decisions, hosts);
    double[] micros = new double[decisions];
    long begin = System.nanoTime();
    for (int i = 0; i < decisions; i++) {
      long start = System.nanoTime();
      Placement placement = scheduler.place(policy, Request.of(machines.get(i), 1));
      micros[i] = (System.nanoTime() - start) / 1e3;
      if (placement instanceof Placement.Refused refused) {
        throw new BenchFailure("no host for a machine: " + refused.explanation());
      }
      // As many go as come, so that the cluster stays as full as it was.
      if (i >= kept) {
        state.stop(machines.get(i - kept).id());
      }
    }
    double distinct = decisions / ((System.nanoTime() - begin) / 1e9);
    cluster.requireSound(state);
    machines.forEach(machine -> state.stop(machine.id()));
    double equal = equal(policy, cluster, state, scheduler);
    cluster.requireSound(state);
    Samples samples = Samples.of(micros);
    costs.add(new double[] {hosts, samples.median()});
    table.row(
        Integer.toString(hosts),
        Integer.toString(hosts * RESIDENTS),
        RestCommand.number(1, samples.median()),
        RestCommand.number(1, samples.at(0.99)),
        RestCommand.number(0, samples.most()),
        RestCommand.number(0, distinct),
        RestCommand.number(0, equal),
        String.format(Locale.ROOT, "%.4f", samples.median() / hosts));
    System.err.println("bench: " + hosts + " hosts done");
  }

  private static double equal(
      Policy policy, SimulatedCluster cluster, ClusterState state, Scheduler scheduler) {
    double best = 0;
    for (int round = 0; round < 5; round++) {
      List<Machine> batch = cluster.equalMachines("batch" + round, 2_000);
      long start = System.nanoTime();
      scheduler.placeEach(policy, batch, Request.of(batch.getFirst(), 1));
      best = Math.max(best, batch.size() / ((System.nanoTime() - start) / 1e9));
      batch.forEach(machine -> state.stop(machine.id()));
    }
    return best;
  }

  /** An empty cluster of the largest size takes machines of a few shapes, as after a power cut. */
  private void cold(Policy policy) {
    SimulatedCluster cluster = new SimulatedCluster(SEED);
    int hosts = sizes.getLast();
    ClusterState state = cluster.state(hosts, 0);
    Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
    long start = System.nanoTime();
    int refused = 0;
    for (int shape = 0; shape < SHAPES; shape++) {
      List<Machine> batch = cluster.equalMachines("cold" + shape + "-", cold / SHAPES);
      for (Placement placement :
          scheduler.placeEach(policy, batch, Request.of(batch.getFirst(), 1))) {
        refused += placement instanceof Placement.Refused ? 1 : 0;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    cluster.requireSound(state);
    System.out.printf(
        Locale.ROOT,
        "%d machines of %d shapes from cold on %d hosts: %.1f s, %.0f/s, %d refused%n",
        cold,
        SHAPES,
        hosts,
        seconds,
        cold / seconds,
        refused);
  }

  private void durable(Policy policy) throws Exception {
    SimulatedCluster cluster = new SimulatedCluster(SEED);
    double seconds = durable(policy, cluster, cluster.machines("durable", durable), 1);
    System.out.printf(
        Locale.ROOT,
        "%d distinct machines, each committed to the database by itself: %.1f s, %.0f/s%n",
        durable,
        seconds,
        durable / seconds);
    List<Machine> many = new ArrayList<>();
    for (int shape = 0; shape < SHAPES; shape++) {
      many.addAll(cluster.equalMachines("storm" + shape + "-", cold / SHAPES));
    }
    seconds = durable(policy, cluster, many, TOGETHER);
    System.out.printf(
        Locale.ROOT,
        "%d machines from cold, committed %d together: %.1f s, %.0f/s%n",
        many.size(),
        TOGETHER,
        seconds,
        many.size() / seconds);
  }

  private double durable(
      Policy policy, SimulatedCluster cluster, List<Machine> machines, int together)
      throws Exception {
    Path directory = Files.createTempDirectory("overt-bench-schedule");
    try {
      return DurablePlacements.measure(
          directory.resolve("postgres"), policy, cluster, sizes.getLast(), machines, together);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }
}
