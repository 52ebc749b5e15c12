package io.overt.bench;

import io.overt.scheduling.balancing.Plan;
import io.overt.scheduling.balancing.Planner;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Settings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a plan takes, and how long of that the cluster's placements wait: while the state is
 * copied.
 */
@Command(name = "plan", description = "What a balancing plan costs, by the number of hosts.")
final class PlanCommand implements Callable<Integer> {
  private static final int MACHINES_OF_HOST = 20;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 5;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      split = ",",
      description = "sizes of the cluster (200,2000,10000)")
  private List<Integer> sizes = List.of(200, 2_000, 10_000);

  @Option(names = "--seed", paramLabel = "N", description = "of everything that happens (1)")
  private long seed = 1;

  @Override
  public Integer call() {
    Report table =
        new Report("hosts", "VMs", "copy ms", "plan ms", "moves", "thorough ms", "moves");
    System.out.println(ProcessTree.machine());
    for (int hosts : sizes) {
      Day day = Day.of(hosts, hosts * MACHINES_OF_HOST, 1, seed);
      new DayRun(
              day,
              BalanceCommand.policy(),
              moment -> {
                measure(table, moment);
                return List.of();
              })
          .run();
      System.err.println("bench: " + hosts + " hosts done");
    }
    return 0;
  }

  private static void measure(Report table, DayRun.Moment moment) {
    ClusterState state = moment.state();
    Planner.Situation situation = Planner.Situation.of(state, moment.now());
    Planner usual = new Planner(BalanceCommand.policy(), Settings.DEFAULT, Planner.Options.DEFAULT);
    Planner thorough =
        new Planner(BalanceCommand.policy(), Settings.DEFAULT, Planner.Options.DEFAULT.thorough());
    table.row(
        Integer.toString(state.size()),
        Integer.toString(state.size() * MACHINES_OF_HOST),
        milliseconds(state::copy, ROUNDS),
        milliseconds(() -> usual.plan(situation), ROUNDS),
        moves(usual.plan(situation)),
        milliseconds(() -> thorough.plan(situation), 1),
        moves(thorough.plan(situation)));
    System.out.println(table.text());
  }

  private static String moves(Plan plan) {
    return Integer.toString(plan.moves().size());
  }

  /** The median of some runs, after half as many to warm up; of one core, whoever else works. */
  private static String milliseconds(Supplier<?> work, int rounds) {
    double[] took = new double[rounds];
    for (int round = -rounds / 2; round < rounds; round++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      var _ = work.get();
      if (round >= 0) {
        took[round] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e6;
      }
    }
    return RestCommand.number(1, Samples.of(took).median());
  }
}
