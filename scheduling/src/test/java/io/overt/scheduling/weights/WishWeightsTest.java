package io.overt.scheduling.weights;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static io.overt.scheduling.state.CpuPinning.DEDICATED;
import static io.overt.scheduling.state.CpuPinning.ISOLATE_THREADS;
import static io.overt.scheduling.state.CpuPinning.MANUAL;
import static io.overt.scheduling.state.CpuPinning.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The weights that look at what a machine would like. */
class WishWeightsTest {
  private static final Machine PLAIN = machine("vm");

  // -- PreferredHosts ----------------------------------------------------------------

  @Test
  void aMachineStartsOnAHostThatItNames() {
    Machine wishing = machine("vm", m -> m.dedicatedTo("a", "c"));
    Trial trial = new Trial(host("a"), host("b"), host("c"));
    assertThat(trial.scores("PreferredHosts", wishing)).containsExactly(0, 10_000, 0);
    assertThat(trial.scores("PreferredHosts", PLAIN)).containsExactly(0, 0, 0);
    // The records of a group add up.
    assertThat(trial.scores("PreferredHosts", wishing, machine("x", m -> m.dedicatedTo("a"))))
        .containsExactly(0, 20_000, 10_000);
    // It is about the start only.
    assertThat(trial.running("b", wishing).scores("PreferredHosts", wishing))
        .containsExactly(0, 0, 0);
  }

  // -- HA ----------------------------------------------------------------------------

  @Test
  void theHostedEngineGoesWhereItsScoreIsBest() {
    // 1000 − round(s · 1000 / 3400): 2400 → 705.88, 1 → 0.29, 17 → 5, 15 → 4.41
    Trial trial =
        new Trial(
            host("a", h -> h.engine(3400)),
            host("b", h -> h.engine(2400)),
            host("c", h -> h.engine(1)),
            host("d"),
            host("e", h -> h.engine(17)),
            host("f", h -> h.engine(15)));
    assertThat(trial.scores("HA", machine("engine", m -> m.engine())))
        .containsExactly(0, 294, 1000, 1000, 995, 996);
    assertThat(trial.scores("HA", PLAIN)).containsExactly(1, 1, 1, 1, 1, 1);
  }

  // -- OptimalForHaReservation -----------------------------------------------------------

  private static Trial reserving(boolean reserving) {
    Trial trial =
        new Trial(new ClusterRules(false, reserving, "", ""), host("a"), host("b"), host("c"));
    trial.running("a", ha("1"), ha("2"), ha("3")).running("b", ha("4"), machine("5"));
    return trial.pending("c", ha("6"));
  }

  private static Machine ha(String id) {
    return machine(id, m -> m.ha());
  }

  @Test
  void highlyAvailableMachinesAreSpread() {
    // round(3/3 · 100), round(1/3 · 100) = 33, and 0: what is on its way does not run
    assertThat(reserving(true).scores("OptimalForHaReservation", ha("vm")))
        .containsExactly(100, 33, 0);
    // ⌈100 / 10⌉, ⌈33 / 10⌉
    assertThat(reserving(true).with("ScaleDown", "10").scores("OptimalForHaReservation", ha("vm")))
        .containsExactly(10, 4, 0);
    assertThat(reserving(true).scores("OptimalForHaReservation", PLAIN)).containsExactly(0, 0, 0);
    assertThat(reserving(false).scores("OptimalForHaReservation", ha("vm")))
        .containsExactly(0, 0, 0);
    assertThat(
            new Trial(new ClusterRules(false, true, "", ""), host("a"), host("b"))
                .scores("OptimalForHaReservation", ha("vm")))
        .containsExactly(0, 0);
  }

  // -- CPU for high performance VMs --------------------------------------------------------

  private static final String FAST = "CPU for high performance VMs";

  private static Machine fast(int sockets, int cores, int threads, boolean asks) {
    return machine(
        "vm",
        m -> m.cpu(new Machine.CpuNeed(sockets, cores, threads, NONE, Map.of(), -1, false, asks)));
  }

  @Test
  void aFastMachineWantsItsSocketsCoresAndThreads() {
    Trial trial =
        new Trial(
            host("a", h -> h.topology(2, 8, 16)),
            host("b", h -> h.topology(1, 8, 16)), // one socket too few
            host("c", h -> h.topology(2, 6, 12)), // one core in each too few
            host("d", h -> h.topology(2, 8, 15)), // int(15 / 8) = 1 thread
            host("e", h -> h.topology(0, 0, 0)));
    assertThat(trial.scores(FAST, fast(2, 4, 2, true))).containsExactly(1, 1000, 1000, 1000, 1000);
    assertThat(trial.scores(FAST, fast(2, 4, 2, false))).containsExactly(1, 1, 1, 1, 1);
    // All the same is stretched to 1.
    assertThat(trial.scores(FAST, fast(9, 9, 9, true))).containsExactly(1, 1, 1, 1, 1);
  }

  @Test
  void whatMakesAMachineAskForSpeed() {
    Trial trial =
        new Trial(host("a", h -> h.topology(2, 4, 4)), host("b", h -> h.topology(1, 4, 4)));
    Machine passthrough =
        machine("vm", m -> m.cpu(new Machine.CpuNeed(2, 1, 1, NONE, Map.of(), -1, true, false)));
    Machine pinned =
        machine(
            "vm",
            m ->
                m.cpu(
                    new Machine.CpuNeed(2, 1, 1, MANUAL, Map.of(0, Set.of(1)), -1, false, false)));
    Machine numa = machine("vm", m -> m.cpus(2).numa(node(0, 1, 0)));
    for (Machine asking : new Machine[] {passthrough, pinned, numa}) {
      assertThat(trial.scores(FAST, asking)).containsExactly(1, 1000);
    }
    assertThat(trial.scores(FAST, machine("vm", m -> m.cpus(2)))).containsExactly(1, 1);
  }

  @Test
  void processorsForAMachineAloneAreWantedInFewSocketsThenInFewCores() {
    // a: 1 socket, 2 cores: 1002; b: 2 sockets, 2 cores: 2002; c: 1 socket, 1 core: 1001
    // 1 + 1 / 1001 · 999 = 1.998 → 2
    Machine own = machine("vm", m -> m.cpus(2, 1, 1, DEDICATED));
    Trial trial =
        new Trial(
            host("a", h -> h.cpus(2, 2, 1, 0)),
            host("b", h -> h.cpus(2, 1, 1, 0)),
            host("c", h -> h.cpus(2, 1, 2, 0)));
    assertThat(trial.scores(FAST, own)).containsExactly(2, 1000, 1);
    // Isolated threads take a core each, so c's two are in two sockets now: 2002.
    Machine isolated = machine("vm", m -> m.cpus(2, 1, 1, ISOLATE_THREADS));
    assertThat(trial.scores(FAST, isolated)).containsExactly(1, 1000, 1000);
  }

  @Test
  void aRunningMachineIsJudgedByTheProcessorsThatItHas() {
    Machine own = machine("vm", m -> m.cpus(2, 1, 1, DEDICATED));
    Trial trial =
        new Trial(host("a", h -> h.cpus(1, 2, 1, 0)), host("b", h -> h.cpus(2, 1, 1, 0)))
            .running("a", own);
    assertThat(trial.scores(FAST, own)).containsExactly(1, 1000);
  }

  // -- CPU and NUMA pinning compatibility --------------------------------------------------

  private static final String PINS = "CPU and NUMA pinning compatibility";

  private static NumaNode node(int cpu, long mib, Integer... hostNodes) {
    return new NumaNode(cpu, mib, Set.of(cpu), Set.of(hostNodes), false);
  }

  private static HostFacts nodes(String id, Set<Integer> first, Set<Integer> second) {
    return host(id, h -> h.numa(NumaNode.ofHost(0, 1000, first), NumaNode.ofHost(1, 1000, second)));
  }

  private static Machine bound(Map<Integer, Set<Integer>> pins, NumaNode... nodes) {
    return machine(
        "vm", m -> m.cpu(new Machine.CpuNeed(2, 1, 1, MANUAL, pins, -1, false, false)).numa(nodes));
  }

  @Test
  void memoryIsWantedBesideTheProcessorsToWhichAMachineIsPinned() {
    Trial trial =
        new Trial(
            nodes("a", Set.of(0, 1), Set.of(2, 3)),
            nodes("b", Set.of(2, 3), Set.of(0, 1)),
            host("c"));
    Map<Integer, Set<Integer>> straight = Map.of(0, Set.of(0), 1, Set.of(2));
    assertThat(trial.scores(PINS, bound(straight, node(0, 500, 0), node(1, 500, 1))))
        .containsExactly(1, 1000, 1000);
    // The same processors, each on the other side.
    Map<Integer, Set<Integer>> crossed = Map.of(0, Set.of(2), 1, Set.of(0));
    assertThat(trial.scores(PINS, bound(crossed, node(0, 500, 0), node(1, 500, 1))))
        .containsExactly(1000, 1, 1000);
    // Either node will do, and one of them agrees.
    assertThat(trial.scores(PINS, bound(crossed, node(0, 500, 0, 1), node(1, 500, 0, 1))))
        .containsExactly(1, 1, 1000);
    // No processor pinned: only the room counts.
    assertThat(trial.scores(PINS, bound(Map.of(), node(0, 500, 0)))).containsExactly(1, 1, 1000);
    assertThat(trial.scores(PINS, bound(Map.of(), node(0, 1001, 0))))
        .containsExactly(1000, 1000, 1000);
  }

  @Test
  void nothingPinnedAndPreferredNodesSuitEveryHost() {
    Trial trial = new Trial(nodes("a", Set.of(0), Set.of(1)), host("b"));
    assertThat(trial.scores(PINS, PLAIN)).containsExactly(1, 1);
    assertThat(trial.scores(PINS, bound(Map.of(0, Set.of(0)), node(0, 9000))))
        .containsExactly(1, 1);
    NumaNode wish = new NumaNode(0, 9000, Set.of(0), Set.of(0), true);
    assertThat(trial.scores(PINS, bound(Map.of(0, Set.of(9)), wish))).containsExactly(1, 1);
  }

  // -- Fit VM to single host NUMA node -----------------------------------------------------

  @Test
  void aMachineWithoutNodesOfItsOwnWantsToFitIntoOne() {
    String single = "Fit VM to single host NUMA node";
    Trial trial =
        new Trial(
            // little of it is free, but all of it counts
            host("a", h -> h.numa(NumaNode.ofHost(0, 10, 1024, Set.of(0, 1)))),
            host("b", h -> h.numa(NumaNode.ofHost(0, 1023, Set.of(0, 1)))),
            host("c", h -> h.numa(NumaNode.ofHost(0, 1024, Set.of(0)))),
            // enough memory in one, enough processors in the other
            host(
                "d",
                h ->
                    h.numa(
                        NumaNode.ofHost(0, 1024, Set.of(0)),
                        NumaNode.ofHost(1, 500, Set.of(1, 2)))),
            host("e"));
    assertThat(trial.scores(single, machine("vm", 1024, 2)))
        .containsExactly(1, 1000, 1000, 1000, 1);
    assertThat(trial.scores(single, machine("vm", m -> m.cpus(2).numa(node(0, 1024)))))
        .containsExactly(1, 1, 1, 1, 1);
  }

  // -- InClusterUpgrade --------------------------------------------------------------------

  private static Trial versions() {
    return new Trial(
        host("a", h -> h.system("rhel", 8, 6)),
        host("b", h -> h.system("rhel", 8, 2)),
        host("c", h -> h.system("rhel", 9, 0)),
        host("d", h -> h.system("rhel", 7, 9)),
        host("e"));
  }

  @Test
  void aRunningMachineGoesForwardRatherThanSidewaysAndNeverBack() {
    assertThat(versions().running("a", PLAIN).scores("InClusterUpgrade", PLAIN))
        .containsExactly(100_000, 100_000, 0, 1_000_000, 1_000_000);
    // Nothing is known of where it is.
    assertThat(versions().running("e", PLAIN).scores("InClusterUpgrade", PLAIN))
        .containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void aMachineStartsOnTheNewestSystem() {
    assertThat(versions().scores("InClusterUpgrade", PLAIN))
        .containsExactly(1_000_000, 1_000_000, 0, 1_000_000, 1_000_000);
    assertThat(
            new Trial(
                    host("a", h -> h.system("rhel", 8, 6)),
                    host("b", h -> h.system("fedora", 40, 0)))
                .scores("InClusterUpgrade", PLAIN))
        .containsExactly(0, 0);
    assertThat(new Trial(host("a"), host("b")).scores("InClusterUpgrade", PLAIN))
        .containsExactly(0, 0);
  }

  @Test
  void anotherFamilyIsAsBadAsAnOlderSystem() {
    assertThat(
            new Trial(
                    host("a", h -> h.system("rhel", 8, 6)),
                    host("b", h -> h.system("fedora", 40, 0)))
                .running("a", PLAIN)
                .scores("InClusterUpgrade", PLAIN))
        .containsExactly(100_000, 1_000_000);
  }
}
