package io.overt.scheduling.filters;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static io.overt.scheduling.state.CpuPinning.DEDICATED;
import static io.overt.scheduling.state.CpuPinning.ISOLATE_THREADS;
import static io.overt.scheduling.state.CpuPinning.RESIZE_AND_PIN_NUMA;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** CPUTopology, CpuPinning, CPU and CPUOverloaded. */
class CpuFiltersTest {
  private static Machine cpus(String id, int count) {
    return machine(id, m -> m.cpus(count));
  }

  private static final NumaNode NODE_0 = NumaNode.ofHost(0, 8192, Set.of(0, 1));
  private static final NumaNode NODE_1 = NumaNode.ofHost(1, 8192, Set.of(2, 3));

  // -- CPUTopology -------------------------------------------------------------

  @Test
  void aHostTellsItsSocketsCoresAndThreads() {
    Trial trial =
        new Trial(
            host("a"),
            host("b", h -> h.topology(0, 16, 32)),
            host("c", h -> h.topology(2, 0, 32)),
            host("d", h -> h.topology(2, 16, 0)));
    assertThat(trial.kept("CPUTopology", machine("vm"))).isEqualTo("a");
    assertThat(trial.kept("CPU", machine("vm"))).isEqualTo("a");
    assertThat(trial.why("CPU", "d", machine("vm")).text())
        .isEqualTo("has not told how many cores it has");
  }

  @Test
  void aMachineOfItsHostsShapeNeedsCoresInEachSocketAndANodeForEach() {
    Trial trial =
        new Trial(
            // 3 / 2 = 1 core in each socket, rounded down: one too few
            host("a", h -> h.topology(2, 3, 3).numa(NODE_0, NODE_1)),
            host("b", h -> h.topology(2, 4, 4).numa(NODE_0, NODE_1)),
            host("c", h -> h.topology(2, 4, 4).numa(NODE_0)));
    Machine resized = machine("vm", m -> m.cpus(1, 1, 1, RESIZE_AND_PIN_NUMA));
    assertThat(trial.kept("CPUTopology", resized)).isEqualTo("b");
    assertThat(trial.running("c", resized).kept("CPUTopology", resized)).isEqualTo("bc");
  }

  @Test
  void aDedicatedMachineFindsItsThreadsInEachCore() {
    Trial trial =
        new Trial(host("a", h -> h.topology(1, 4, 8)), host("b", h -> h.topology(1, 4, 7)));
    // int(8 / 4) = 2, int(7 / 4) = 1
    assertThat(trial.kept("CPUTopology", machine("vm", m -> m.cpus(1, 2, 2, DEDICATED))))
        .isEqualTo("a");
    assertThat(trial.kept("CPUTopology", machine("vm", m -> m.cpus(1, 2, 1, DEDICATED))))
        .isEqualTo("ab");
    assertThat(trial.kept("CPUTopology", machine("vm", m -> m.cpus(1, 2, 2, ISOLATE_THREADS))))
        .isEqualTo("ab");
  }

  // -- CpuPinning ----------------------------------------------------------------

  private static Machine pinned(String id, int... cpus) {
    Set<Integer> set = new java.util.HashSet<>();
    for (int cpu : cpus) {
      set.add(cpu);
    }
    return machine(id, m -> m.pinnedTo(Map.of(0, set)));
  }

  /** One socket of two cores with two threads each: processors 0 and 1, 2 and 3. */
  private static HostFacts small(String id) {
    return host(id, h -> h.cpus(1, 2, 2, 10));
  }

  @Test
  void processorsToWhichAMachineIsPinnedAreOnlineAndFree() {
    Trial trial =
        new Trial(
            small("a"),
            host("b", h -> h.cpus(1, 2, 2, 10).offline(3)),
            host("c", h -> h.cpus(1, 1, 2, 10)));
    assertThat(trial.kept("CpuPinning", pinned("vm", 3))).isEqualTo("a");
    assertThat(trial.kept("CpuPinning", pinned("vm", 1))).isEqualTo("abc");
    assertThat(trial.kept("CpuPinning", machine("vm"))).isEqualTo("abc");
    assertThat(trial.why("CpuPinning", "b", pinned("vm", 3)).text())
        .isEqualTo("has no free CPUs [3] to which the machine is pinned");
    // A dedicated machine has 0.
    trial.running("a", machine("own", m -> m.cpus(1, 1, 1, DEDICATED)));
    assertThat(trial.kept("CpuPinning", pinned("vm", 0))).isEqualTo("bc");
    assertThat(trial.kept("CpuPinning", pinned("vm", 1))).isEqualTo("abc");
  }

  @Test
  void aHostThatDoesNotTellItsProcessorsHasAsManyAsThreads() {
    Trial trial = new Trial(host("a", h -> h.topology(1, 2, 4)));
    assertThat(trial.kept("CpuPinning", pinned("vm", 3))).isEqualTo("a");
    assertThat(trial.kept("CpuPinning", pinned("vm", 4))).isEmpty();
    // For itself alone a machine can have only what is known.
    assertThat(trial.kept("CpuPinning", machine("vm", m -> m.cpus(1, 1, 1, DEDICATED)))).isEmpty();
  }

  @Test
  void processorsForItselfFitBesideThoseOfOthersOnTheirWayIncluded() {
    Machine three = machine("three", m -> m.cpus(3, 1, 1, DEDICATED));
    Machine two = machine("two", m -> m.cpus(2, 1, 1, DEDICATED));
    Machine one = machine("one", m -> m.cpus(1, 1, 1, DEDICATED));
    Trial trial = new Trial(small("a"), small("b")).pending("a", three);
    assertThat(trial.kept("CpuPinning", two)).isEqualTo("b");
    assertThat(trial.kept("CpuPinning", one)).isEqualTo("ab");
    // Together the two of the group want three of four processors.
    assertThat(trial.kept("CpuPinning", one, two)).isEqualTo("b");
    assertThat(trial.why("CpuPinning", "a", two).code())
        .isEqualTo("VAR__DETAIL__NOT_ENOUGH_DEDICATED_CPUS");
  }

  @Test
  void isolatedThreadsTakeAWholeCoreEach() {
    Trial trial = new Trial(small("a"), host("b", h -> h.cpus(1, 2, 2, 10).offline(1)));
    assertThat(trial.kept("CpuPinning", machine("vm", m -> m.cpus(2, 1, 1, ISOLATE_THREADS))))
        .isEqualTo("ab");
    assertThat(trial.kept("CpuPinning", machine("vm", m -> m.cpus(3, 1, 1, ISOLATE_THREADS))))
        .isEmpty();
    // One processor taken on its own leaves one whole core of two.
    trial.running("a", machine("own", m -> m.cpus(1, 1, 1, DEDICATED)));
    assertThat(trial.kept("CpuPinning", machine("vm", m -> m.cpus(2, 1, 1, ISOLATE_THREADS))))
        .isEqualTo("b");
    assertThat(trial.kept("CpuPinning", machine("vm", m -> m.cpus(1, 1, 1, ISOLATE_THREADS))))
        .isEqualTo("ab");
  }

  @Test
  void noMachineOfItsHostsShapeBesideOneWithProcessorsOfItsOwn() {
    Machine resized = machine("resized", m -> m.cpus(1, 1, 1, RESIZE_AND_PIN_NUMA));
    Machine own = machine("own", m -> m.cpus(1, 1, 1, DEDICATED));
    assertThat(new Trial(small("a")).kept("CpuPinning", resized, own)).isEmpty();
    Trial trial = new Trial(small("a"), small("b")).pending("a", own);
    assertThat(trial.kept("CpuPinning", resized)).isEqualTo("b");
    assertThat(trial.why("CpuPinning", "a", resized).code())
        .isEqualTo("VAR__DETAIL__VM_PINNING_CANT_RESIZE_WITH_DEDICATED");
  }

  @Test
  void aMachineKeepsTheProcessorsThatItHas() {
    Machine own = machine("own", m -> m.cpus(4, 1, 1, DEDICATED));
    Trial trial = new Trial(small("a"), small("b")).running("a", own);
    assertThat(trial.kept("CpuPinning", own)).isEqualTo("ab");
    assertThat(trial.running("b", pinned("vm", 0)).kept("CpuPinning", pinned("vm", 0)))
        .isEqualTo("b");
  }

  // -- CPU -----------------------------------------------------------------------

  @Test
  void theLargestMachineFindsAsManyCoresAsItHas() {
    Trial trial =
        new Trial(host("a", h -> h.topology(2, 16, 32)), host("b", h -> h.topology(1, 4, 8)));
    assertThat(trial.kept("CPU", cpus("vm", 4))).isEqualTo("ab");
    assertThat(trial.kept("CPU", cpus("vm", 5))).isEqualTo("a");
    assertThat(trial.kept("CPU", cpus("vm", 16))).isEqualTo("a");
    assertThat(trial.kept("CPU", cpus("vm", 17))).isEmpty();
    // The largest, not the sum: 4 and 4 share four cores.
    assertThat(trial.kept("CPU", cpus("one", 4), cpus("two", 4))).isEqualTo("ab");
    assertThat(trial.pending("b", cpus("x", 4)).kept("CPU", cpus("vm", 4))).isEqualTo("ab");
  }

  @Test
  void threadsCountAsCoresWhereTheClusterSaysSo() {
    HostFacts host = host("a", h -> h.topology(1, 4, 8));
    assertThat(new Trial(new ClusterRules(true, false, "", ""), host).kept("CPU", cpus("vm", 8)))
        .isEqualTo("a");
    assertThat(new Trial(host).kept("CPU", cpus("vm", 8))).isEmpty();
  }

  @Test
  void processorsOfOthersAloneCannotBeShared() {
    // b: 4 cores − 2 for itself = 2 for the largest of those that share
    Trial trial =
        new Trial(host("a", h -> h.cpus(1, 4, 1, 0)), host("b", h -> h.cpus(1, 4, 1, 0)))
            .running("b", machine("own", m -> m.cpus(2, 1, 1, DEDICATED)));
    assertThat(trial.kept("CPU", cpus("vm", 2))).isEqualTo("ab");
    assertThat(trial.kept("CPU", cpus("vm", 3))).isEqualTo("a");
    assertThat(trial.why("CPU", "b", cpus("vm", 3)).text())
        .isEqualTo("has 2 cores that machines can share, 3 are needed");
    // Nor may a new one take those that the largest there needs.
    trial.running("a", cpus("large", 3));
    assertThat(trial.kept("CPU", machine("vm", m -> m.cpus(1, 1, 1, DEDICATED)))).isEqualTo("ab");
    assertThat(trial.kept("CPU", machine("vm", m -> m.cpus(2, 1, 1, DEDICATED)))).isEqualTo("b");
    assertThat(trial.kept("CPU", machine("vm", m -> m.cpus(3, 1, 1, DEDICATED)))).isEmpty();
  }

  // -- CPUOverloaded ---------------------------------------------------------------

  private static final Map<String, String> LIMITS =
      Map.of("HighUtilization", "80", "CpuOverCommitDurationMinutes", "2");

  @Test
  void noHostThatHasBeenTooBusyForTooLong() {
    long minute = 60_000;
    Trial trial =
        new Trial(
                host("a", h -> h.usage(80).overSince(Trial.NOW - 9 * minute)),
                host("b", h -> h.usage(81).overSince(Trial.NOW - 2 * minute)),
                host("c", h -> h.usage(81).overSince(Trial.NOW - 2 * minute + 1)),
                host("d", h -> h.usage(99)),
                // ⌈80.1⌉ = 81
                host("e", h -> h.usage(80.1).overSince(Trial.NOW - 9 * minute)))
            .with(LIMITS);
    assertThat(trial.kept("CPUOverloaded", machine("vm"))).isEqualTo("acd");
    assertThat(trial.why("CPUOverloaded", "b", machine("vm")).text())
        .isEqualTo("has had a CPU load of more than 80 % for 2 minutes (81 % now)");
    // By default 90 % for 2 minutes.
    assertThat(trial.with(Map.of()).kept("CPUOverloaded", machine("vm"))).isEqualTo("abcde");
  }

  @Test
  void beingTheStoragePoolManagerIsWork() {
    // ⌈(80 % · 2 + 1 · 10) / 2⌉ = 85 against ⌈(80 % · 16 + 10) / 16⌉ = ⌈80.6⌉ = 81
    long since = Trial.NOW - 600_000;
    Trial trial =
        new Trial(
            host("a", h -> h.topology(1, 2, 2).usage(80).overSince(since).spm()),
            host("b", h -> h.usage(80).overSince(since).spm()),
            host("c", h -> h.usage(80).overSince(since)));
    assertThat(trial.with("HighUtilization", "84").kept("CPUOverloaded", machine("vm")))
        .isEqualTo("bc");
    assertThat(trial.with("HighUtilization", "80").kept("CPUOverloaded", machine("vm")))
        .isEqualTo("c");
  }

  @Test
  void theLoadIsThatOfTheProcessorsThatMachinesShare() {
    // Of 4 processors at 90 % two are for one machine: (90 + 90) / 2 = 90, nothing is diluted.
    long since = Trial.NOW - 600_000;
    Trial trial =
        new Trial(host("a", h -> h.cpus(1, 4, 1, 90).usage(45).overSince(since)))
            .running("a", machine("own", m -> m.cpus(2, 1, 1, DEDICATED)));
    assertThat(trial.with("HighUtilization", "89").kept("CPUOverloaded", machine("vm"))).isEmpty();
    assertThat(trial.with("HighUtilization", "90").kept("CPUOverloaded", machine("vm")))
        .isEqualTo("a");
  }

  @Test
  void aHostThatTellsNoLoadIsLeftOutWithAReason() {
    Trial trial = new Trial(host("a", h -> h.usage(-1)), host("b", h -> h.topology(1, 1, 0)));
    assertThat(trial.kept("CPUOverloaded", machine("vm"))).isEmpty();
    assertThat(trial.why("CPUOverloaded", "a", machine("vm")).text())
        .isEqualTo("has not told how busy its CPUs are");
  }

  @Test
  void aMachineMayStayOnABusyHostButNoneComesWithIt() {
    Machine one = machine("one");
    Trial trial =
        new Trial(
                host("a", h -> h.usage(99).overSince(1)), host("b", h -> h.usage(99).overSince(1)))
            .running("a", one);
    assertThat(trial.kept("CPUOverloaded", one)).isEqualTo("a");
    assertThat(trial.kept("CPUOverloaded", one, machine("two"))).isEmpty();
  }
}
