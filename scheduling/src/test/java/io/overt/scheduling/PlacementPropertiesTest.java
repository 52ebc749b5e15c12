package io.overt.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every cluster and every machine. */
class PlacementPropertiesTest {
  private static final long NOW = 1_000_000_000L;
  private final Policy policy =
      Catalogue.policy(
              "evenly_distributed",
              Map.of("HighUtilization", "80", "CpuOverCommitDurationMinutes", "2"))
          .orElseThrow();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void decidesAsThePlainRulesDo(long seed) {
    RandomCluster cluster = new RandomCluster(seed, 40, 160);
    ClusterState state = cluster.state(cluster.hosts);
    Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
    PlainEvaluator plain = new PlainEvaluator(cluster);
    Random random = new Random(seed);
    int chosen = 0;
    for (Machine machine : cluster.machines) {
      Request request = Request.of(machine, NOW);
      Set<String> passing = new HashSet<>();
      for (HostFacts host : cluster.hosts) {
        if (plain.passes(machine, host)) {
          passing.add(host.id());
        }
      }
      assertThat(new HashSet<>(scheduler.survivors(policy, request)))
          .as("hosts for " + machine.id())
          .isEqualTo(passing);
      Placement placement = scheduler.place(policy, request);
      if (placement instanceof Placement.Chosen host) {
        assertThat(plain.best(machine)).as("choice for " + machine.id()).contains(host.hostId());
        plain.place(machine, host.hostId());
        chosen++;
      } else {
        assertThat(passing).isEmpty();
      }
      if (random.nextInt(6) == 0) {
        Machine gone = cluster.machines.get(random.nextInt(cluster.machines.size()));
        state.stop(gone.id());
        plain.remove(gone);
      }
    }
    assertThat(chosen).isGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theOrderInWhichHostsAreKnownDoesNotMatter(long seed) {
    RandomCluster cluster = new RandomCluster(seed, 30, 80);
    List<HostFacts> shuffled = new ArrayList<>(cluster.hosts);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(choices(cluster, shuffled)).isEqualTo(choices(cluster, cluster.hosts));
  }

  @ParameterizedTest
  @ValueSource(longs = {15, 16, 17})
  void aCopyDecidesTheSameAndLeavesTheOriginalAlone(long seed) {
    RandomCluster cluster = new RandomCluster(seed, 30, 80);
    Scheduler original = new Scheduler(cluster.state(cluster.hosts), Settings.DEFAULT);
    cluster.machines.subList(0, 40).forEach(m -> original.place(policy, Request.of(m, NOW)));
    Scheduler copy = new Scheduler(original.state().copy(), Settings.DEFAULT);
    Explanation before = original.explain(policy, Request.of(cluster.machines.getLast(), NOW));
    List<String> there = choices(copy, cluster.machines.subList(40, 80));
    assertThat(original.explain(policy, Request.of(cluster.machines.getLast(), NOW)))
        .isEqualTo(before);
    assertThat(choices(original, cluster.machines.subList(40, 80))).isEqualTo(there);
  }

  private List<String> choices(RandomCluster cluster, List<HostFacts> order) {
    return choices(new Scheduler(cluster.state(order), Settings.DEFAULT), cluster.machines);
  }

  private List<String> choices(Scheduler scheduler, List<Machine> machines) {
    return machines.stream()
        .map(machine -> String.valueOf(host(scheduler.place(policy, Request.of(machine, NOW)))))
        .toList();
  }

  private static Object host(Placement placement) {
    return placement instanceof Placement.Chosen chosen ? chosen.hostId() : "none";
  }

  @ParameterizedTest
  @ValueSource(strings = {"evenly_distributed", "power_saving", "vm_evenly_distributed", "none"})
  void equalMachinesGoWhereTheyWouldGoOneByOne(String policyName) {
    Policy wanted = Catalogue.policy(policyName, Map.of("HighUtilization", "80")).orElseThrow();
    RandomCluster cluster = new RandomCluster(99, 50, 20);
    Scheduler together = new Scheduler(cluster.state(cluster.hosts), Settings.DEFAULT);
    Scheduler single = new Scheduler(cluster.state(cluster.hosts), Settings.DEFAULT);
    List<Machine> machines = new ArrayList<>();
    for (int shape = 0; shape < 4; shape++) {
      for (int i = 0; i < 150; i++) {
        machines.add(Clusters.machine("m%d-%d".formatted(shape, i), 200 + 97L * shape, 1 + shape));
      }
    }
    List<Object> expected = new ArrayList<>();
    machines.forEach(machine -> expected.add(host(single.place(wanted, Request.of(machine, NOW)))));
    List<Object> actual =
        together.placeEach(wanted, machines, Request.of(machines.getFirst(), NOW)).stream()
            .map(PlacementPropertiesTest::host)
            .toList();
    assertThat(actual).isEqualTo(expected);
  }

  /** The quick way through all hosts and the slow one, which knows the reason, agree. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void everyFilterKeepsTheHostsToWhichItDoesNotObject(long seed) {
    RandomCluster cluster = new RandomCluster(seed, 60, 120);
    ClusterState state = cluster.state(cluster.hosts);
    Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
    cluster.machines.subList(0, 60).forEach(m -> scheduler.place(policy, Request.of(m, NOW)));
    // Some run by now, so that they are to be moved.
    for (Machine machine : cluster.machines.subList(0, 30)) {
      var pending = state.pending(machine.id());
      if (pending != null) {
        state.run(machine, state.facts(pending.host()).id());
      }
    }
    for (Machine machine : cluster.machines) {
      var running = state.running(machine.id());
      Machine asked = running == null ? machine : running.machine();
      Decision decision =
          new Decision(state, List.of(asked), policy.properties(), Settings.DEFAULT, NOW, false);
      for (HostFilter filter : policy.filters()) {
        if (!filter.concerns(decision)) {
          continue;
        }
        HostSet quick = state.up().copy();
        filter.narrow(decision, quick);
        HostSet slow = new HostSet(state.size());
        for (int host = 0; host < state.size(); host++) {
          if (state.up().get(host) && filter.objection(decision, host) == null) {
            slow.set(host);
          }
        }
        assertThat(quick).as(filter + " for " + machine.id()).hasToString(slow.toString());
      }
    }
  }
}
