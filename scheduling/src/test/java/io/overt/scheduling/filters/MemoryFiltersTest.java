package io.overt.scheduling.filters;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import io.overt.scheduling.unit.Settings;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Swap, Memory, HugePages and NUMA. */
class MemoryFiltersTest {
  private static final Machine PLAIN = machine("vm");

  /** Static overhead 10 MiB, 30 MiB at most. */
  private static Machine sized(String id, long mib) {
    return machine(id, m -> m.memory(mib, 10, 30));
  }

  // -- Swap ----------------------------------------------------------------------

  private static HostFacts swapping(String id, long physical, long free, long left, long total) {
    return host(id, h -> h.memory(new HostFacts.Memory(physical, free, 0, 0, left, total, 100)));
  }

  @Test
  void swappedMemoryBeyondWhatIsFreeCounts() {
    // int((total − left − free) · 100 / physical)
    Trial trial =
        new Trial(
            swapping("a", 1000, 300, 700, 1000), // 0
            swapping("b", 1000, 291, 700, 1000), // 0.9 → 0
            swapping("c", 1000, 290, 700, 1000), // 1
            swapping("d", 1000, 900, 700, 1000), // −60
            swapping("e", 1000, 100, 0, 1000)); // 90
    assertThat(trial.kept("Swap", PLAIN)).isEqualTo("abd");
    assertThat(trial.with("MaximumAllowedSwapUsage", "1").kept("Swap", PLAIN)).isEqualTo("abcd");
    assertThat(trial.with("MaximumAllowedSwapUsage", "90").kept("Swap", PLAIN)).isEqualTo("abcde");
    assertThat(trial.with("MaximumAllowedSwapUsage", "89").why("Swap", "e", PLAIN).text())
        .isEqualTo("swaps 90 % of its memory, 89 % are allowed");
  }

  @Test
  void unknownFiguresOfSwapPass() {
    Trial trial =
        new Trial(
            swapping("a", 1000, -1, 0, 1000),
            swapping("b", 1000, 0, 0, 1000),
            swapping("c", 0, 100, 0, 1000),
            swapping("d", 1000, 100, -1, 1000),
            swapping("e", 1000, 100, 0, -1));
    assertThat(trial.kept("Swap", PLAIN)).isEqualTo("abcde");
  }

  @Test
  void swapIsNotLookedAtForPausedMachinesNorWhenTurnedOffNorWhereAllRun() {
    Machine paused = machine("paused", m -> m.paused());
    Trial trial = new Trial(swapping("a", 1000, 100, 0, 1000), swapping("b", 1000, 100, 0, 1000));
    assertThat(trial.kept("Swap", paused)).isEqualTo("ab");
    assertThat(trial.running("a", PLAIN).kept("Swap", PLAIN)).isEqualTo("a");
    assertThat(trial.kept("Swap", PLAIN, machine("other"))).isEmpty();
    Settings unchecked = new Settings(1000, 10, 1, 90, 2, false, 0, 3400);
    assertThat(trial.settings(unchecked).kept("Swap", machine("other"))).isEqualTo("ab");
  }

  // -- Memory ------------------------------------------------------------------------

  private static HostFacts memory(String id, long physical, long free) {
    return host(id, h -> h.memory(physical, free));
  }

  @Test
  void memoryIsThereNow() {
    // 1000 + 10 of static overhead
    Trial trial =
        new Trial(memory("a", 9000, 1010), memory("b", 9000, 1009), memory("c", 9000, -1));
    assertThat(trial.kept("Memory", sized("vm", 1000))).isEqualTo("a");
    assertThat(trial.why("Memory", "b", sized("vm", 1000)).text())
        .isEqualTo("has 1009 MiB free with its swap, 1010 are needed");
    assertThat(trial.why("Memory", "c", sized("vm", 1000)).text())
        .isEqualTo("has not yet told how much memory is free");
  }

  @Test
  void freeSwapHelpsUnlessMemoryIsOverdrawn() {
    Machine vm = sized("vm", 1000);
    assertThat(new Trial(swapping("a", 9000, 10, 1000, 1000)).kept("Memory", vm)).isEqualTo("a");
    assertThat(new Trial(swapping("a", 9000, 10, 999, 1000)).kept("Memory", vm)).isEmpty();
    // Two on their way take 20: 10 − 20 < 0, however much swap there is.
    assertThat(
            new Trial(swapping("a", 9000, 10, 5000, 5000))
                .pending("a", sized("x", 100))
                .kept("Memory", vm))
        .isEqualTo("a");
    assertThat(
            new Trial(swapping("a", 9000, 10, 5000, 5000))
                .pending("a", sized("x", 100), sized("y", 100))
                .kept("Memory", vm))
        .isEmpty();
  }

  @Test
  void memoryIsPromisedToNobodyElse() {
    // 1000 + 30 at most; all that the host has, less 321 for itself and 65 for each that runs
    HostFacts exact =
        host("a", h -> h.memory(new HostFacts.Memory(1351, 9000, 321, 65, 0, 0, 100)));
    HostFacts less = host("b", h -> h.memory(new HostFacts.Memory(1350, 9000, 321, 65, 0, 0, 100)));
    Trial trial = new Trial(exact, less);
    assertThat(trial.kept("Memory", sized("vm", 1000))).isEqualTo("a");
    assertThat(trial.why("Memory", "b", sized("vm", 1000)).text())
        .isEqualTo("has 1029 MiB that are promised to nobody, 1030 are needed");
    // 1351 − 321 − (100 + 65) = 865 = 835 + 30
    trial.running("a", sized("x", 100));
    assertThat(trial.kept("Memory", sized("vm", 835))).isEqualTo("ab");
    assertThat(trial.kept("Memory", sized("vm", 836))).isEqualTo("b");
    // On its way it counts with all that it may take: 1029 − 130 = 899 = 869 + 30
    trial.pending("b", sized("y", 100));
    assertThat(trial.kept("Memory", sized("vm", 869))).isEqualTo("b");
    assertThat(trial.kept("Memory", sized("vm", 870))).isEmpty();
  }

  @Test
  void theClusterMayPromiseMoreThanThereIs() {
    // 150 % of 1001 = 1501.5
    Trial trial =
        new Trial(host("a", h -> h.memory(new HostFacts.Memory(1001, 5000, 0, 0, 0, 0, 150))));
    assertThat(trial.kept("Memory", sized("vm", 1471))).isEqualTo("a");
    assertThat(trial.kept("Memory", sized("vm", 1472))).isEmpty();
  }

  @Test
  void theMachinesOfAGroupAddUpExceptWhereTheyRunAndWhenTheyArePaused() {
    Machine one = sized("one", 500);
    Machine two = sized("two", 500);
    Trial trial = new Trial(memory("a", 1060, 1020), memory("b", 1059, 1020));
    assertThat(trial.kept("Memory", one, two)).isEqualTo("a");
    assertThat(trial.kept("Memory", one, machine("p", m -> m.memory(5000, 10, 30).paused())))
        .isEqualTo("ab");
    // b holds 500 for the one that runs, 559 are left for the other's 530.
    assertThat(trial.running("b", one).kept("Memory", one, two)).isEqualTo("ab");
  }

  @Test
  void whereAllRunOrArePausedNothingIsNeeded() {
    Machine vm = sized("vm", 1000);
    Trial trial = new Trial(memory("a", 100, -1), memory("b", 100, -1)).running("a", vm);
    assertThat(trial.kept("Memory", vm)).isEqualTo("a");
    assertThat(trial.kept("Memory", machine("p", m -> m.paused()))).isEqualTo("ab");
  }

  /** oVirt looks pending pages up by their count here. */
  @Test
  void hugePagesThatAreNotThereTakeMemory() {
    // 100 pages of 2 MiB back 200 of 1000 MiB: 810 now, 830 at most; 200 more if they are made.
    Machine vm = machine("vm", m -> m.memory(1000, 10, 30).pages(2048, 100));
    Trial trial =
        new Trial(
            host("a", h -> h.memory(5000, 810).devices(Map.of(2048, 100), Map.of(), Map.of())),
            host("b", h -> h.memory(5000, 1009)),
            host("c", h -> h.memory(5000, 1010)),
            host("d", h -> h.memory(1029, 5000)),
            host("e", h -> h.memory(1030, 5000)),
            host("f", h -> h.memory(5000, 809).devices(Map.of(2048, 100), Map.of(), Map.of())));
    assertThat(trial.kept("Memory", vm)).isEqualTo("ace");
    // Another takes 40 of a's pages, so 80 MiB are to be made: 810 − 10 − 80 < 810.
    trial.pending("a", machine("x", m -> m.memory(80, 10, 30).pages(2048, 40)));
    assertThat(trial.kept("Memory", vm)).isEqualTo("ce");
  }

  // -- HugePages ---------------------------------------------------------------------

  @Test
  void pagesOfTheSizeThatIsAskedFor() {
    Trial trial =
        new Trial(
            host("a", h -> h.devices(Map.of(2048, 100), Map.of(), Map.of())),
            host("b", h -> h.devices(Map.of(2048, 99, 1_048_576, 100), Map.of(), Map.of())),
            host("c"));
    Machine vm = machine("vm", m -> m.pages(2048, 100));
    assertThat(trial.kept("HugePages", vm)).isEqualTo("a");
    assertThat(trial.kept("HugePages", PLAIN)).isEqualTo("abc");
    assertThat(trial.why("HugePages", "b", vm).text())
        .isEqualTo("has 99 free huge pages of 2048 KiB, 100 are needed");
  }

  @Test
  void pagesOfTheGroupAndOfThoseOnTheirWayCount() {
    Machine one = machine("one", m -> m.pages(2048, 50));
    Machine two = machine("two", m -> m.pages(2048, 51));
    Trial trial =
        new Trial(
            host("a", h -> h.devices(Map.of(2048, 101), Map.of(), Map.of())),
            host("b", h -> h.devices(Map.of(2048, 100), Map.of(), Map.of())));
    assertThat(trial.kept("HugePages", one, two)).isEqualTo("a");
    trial.pending("b", machine("x", m -> m.pages(2048, 50)));
    assertThat(trial.kept("HugePages", one)).isEqualTo("ab");
    assertThat(trial.kept("HugePages", two)).isEqualTo("a");
    // More promised than there are is none left, not less than none.
    trial.pending("b", machine("y", m -> m.pages(2048, 90)));
    assertThat(trial.why("HugePages", "b", one).text()).startsWith("has 0 free huge pages");
    // Where one runs it has its pages.
    assertThat(trial.running("b", two).kept("HugePages", two)).isEqualTo("ab");
  }

  // -- NUMA --------------------------------------------------------------------------

  private static HostFacts nodes(String id, long first, long second) {
    return host(
        id,
        h ->
            h.numa(
                NumaNode.ofHost(0, first, Set.of(0, 1)), NumaNode.ofHost(1, second, Set.of(2, 3))));
  }

  private static NumaNode node(int index, long mib, boolean preferred, Integer... hostNodes) {
    return new NumaNode(index, mib, Set.of(index), Set.of(hostNodes), preferred);
  }

  @Test
  void pinnedNodesFindRoom() {
    Trial trial = new Trial(nodes("a", 1000, 500), nodes("b", 500, 1000), host("c"));
    assertThat(trial.kept("NUMA", machine("vm", m -> m.numa(node(0, 1000, false, 0)))))
        .isEqualTo("a");
    assertThat(trial.kept("NUMA", machine("vm", m -> m.numa(node(0, 1000, false, 0, 1)))))
        .isEqualTo("ab");
    assertThat(trial.kept("NUMA", machine("vm", m -> m.numa(node(0, 1001, false, 0, 1)))))
        .isEmpty();
    // Nodes without pinning are no matter of this filter.
    assertThat(trial.kept("NUMA", machine("vm", m -> m.numa(node(0, 9000, false)))))
        .isEqualTo("abc");
    assertThat(trial.why("NUMA", "c", machine("vm", m -> m.numa(node(0, 1, false, 0)))).text())
        .isEqualTo("has no NUMA nodes");
  }

  @Test
  void anAssignmentIsFoundWhenTheFirstTryIsInTheWay() {
    // The first node may go to 0 or 1 and must leave 0 to the second.
    Machine vm = machine("vm", m -> m.numa(node(0, 400, false, 0, 1), node(1, 800, false, 0)));
    assertThat(new Trial(nodes("a", 1000, 500), nodes("b", 1000, 300)).kept("NUMA", vm))
        .isEqualTo("a");
  }

  @Test
  void aPreferredNodeAndAShapeTakenFromTheHostNeedNodesOnly() {
    Trial trial = new Trial(nodes("a", 10, 10), host("b"));
    assertThat(trial.kept("NUMA", machine("vm", m -> m.numa(node(0, 1000, true, 0)))))
        .isEqualTo("a");
    assertThat(
            trial.kept("NUMA", machine("vm", m -> m.cpus(1, 1, 1, CpuPinning.RESIZE_AND_PIN_NUMA))))
        .isEqualTo("a");
  }

  @Test
  void nodesOfTheGroupAndOfThoseOnTheirWayShareTheRoom() {
    Machine one = machine("one", m -> m.numa(node(0, 600, false, 0)));
    Machine two = machine("two", m -> m.numa(node(0, 400, false, 0)));
    Trial trial = new Trial(nodes("a", 1000, 0), nodes("b", 999, 0));
    assertThat(trial.kept("NUMA", one, two)).isEqualTo("a");
    trial.pending("a", machine("x", m -> m.numa(node(0, 500, false, 0))));
    assertThat(trial.kept("NUMA", one)).isEqualTo("b");
    assertThat(trial.kept("NUMA", two)).isEqualTo("ab");
    assertThat(trial.running("a", one).kept("NUMA", one)).isEqualTo("ab");
  }
}
