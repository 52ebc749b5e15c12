package io.overt.scheduling.weights;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static io.overt.scheduling.state.CpuPinning.DEDICATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The weights that look at processors, memory and the number of machines. */
class LoadWeightsTest {
  private static final String EVEN = "OptimalForCpuEvenDistribution";
  private static final String SAVING = "OptimalForCpuPowerSaving";
  private static final String EVEN_MEMORY = "OptimalForMemoryEvenDistribution";
  private static final String SAVING_MEMORY = "OptimalForMemoryPowerSaving";
  private static final String GUESTS = "OptimalForEvenGuestDistribution";

  private static Machine cpus(String id, int count) {
    return machine(id, m -> m.cpus(count));
  }

  /** Ten cores, so that a percent of the host is ten of a processor. */
  private static HostFacts ten(String id, double usage) {
    return host(id, h -> h.topology(1, 10, 10).usage(usage));
  }

  // -- processors --------------------------------------------------------------------

  @Test
  void loadsAreStretchedFromOneToAThousand() {
    // (usage · 10 + 10) / 10: 11, 31 and 61 → 1, round(1 + 20 / 50 · 999) = round(400.6), 1000
    Trial trial = new Trial(ten("a", 10), ten("b", 30), ten("c", 60));
    assertThat(trial.scores(EVEN, cpus("vm", 1))).containsExactly(1, 401, 1000);
    assertThat(new Trial(ten("a", 10), ten("b", 10)).scores(EVEN, cpus("vm", 1)))
        .containsExactly(1, 1);
  }

  @Test
  void loadsAreRoundedHalfUpBeforeTheyAreStretched() {
    // 10.4 + 1 → 11, 10.5 + 1 → 12, 11 + 1 = 12, 13 + 1 = 14: (x − 11) / 3 of 999, and 1
    Trial trial = new Trial(ten("a", 10.4), ten("b", 10.5), ten("c", 11), ten("d", 13));
    assertThat(trial.scores(EVEN, cpus("vm", 1))).containsExactly(1, 334, 334, 1000);
  }

  @Test
  void aHostThatTellsNoLoadIsTheWorstAndDoesNotStretch() {
    Trial trial = new Trial(ten("a", 10), ten("b", -1), ten("c", 30));
    assertThat(trial.scores(EVEN, cpus("vm", 1))).containsExactly(1, 1000, 1000);
    assertThat(trial.scores(SAVING, cpus("vm", 1))).containsExactly(1000, 1000, 1);
    assertThat(new Trial(ten("a", 10), ten("b", -1)).scores(EVEN, cpus("vm", 1)))
        .containsExactly(1, 1000);
    assertThat(new Trial(ten("a", -1), ten("b", -1)).scores(EVEN, cpus("vm", 1)))
        .containsExactly(1000, 1000);
  }

  @Test
  void machinesOnTheirWayAndTheWorkOfTheStoragePoolManagerAreLoad() {
    // a: 0 + 1; b: the SPM's 10 / 10 = 1, + 1 = 2; c: 3 · 10 / 10 = 3, + 1 = 4
    Trial trial =
        new Trial(ten("a", 0), host("b", h -> h.topology(1, 10, 10).usage(0).spm()), ten("c", 0))
            .pending("c", cpus("x", 3));
    // 1 + 1/3 · 999 = 334
    assertThat(trial.scores(EVEN, cpus("vm", 1))).containsExactly(1, 334, 1000);
  }

  @Test
  void aRunningMachineBringsItsOwnLoadAndNoneWhereItIs() {
    // 2 processors at 50 % are 100: a 20 + 0, b 10 + 10, c 0 + 10
    Machine busy = machine("vm", m -> m.busy(2, 50));
    Trial trial = new Trial(ten("a", 20), ten("b", 10), ten("c", 0)).running("a", busy);
    assertThat(trial.scores(EVEN, busy)).containsExactly(1000, 1000, 1);
    // Without statistics 2 · 10 / 10 = 2: a 20, b 12, c 2 → 1 + 10 / 18 · 999 = 556
    Machine silent = machine("vm", m -> m.busy(2, -1));
    trial = new Trial(ten("a", 20), ten("b", 10), ten("c", 0)).running("a", silent);
    assertThat(trial.scores(EVEN, silent)).containsExactly(1000, 556, 1);
  }

  @Test
  void machinesOfAGroupAddUp() {
    // a: (0 + 50) / 10 = 5, b: (0 + 50) / 5 = 10, c: (30 + 50) / 10 = 8
    Trial trial = new Trial(ten("a", 0), host("b", h -> h.topology(1, 5, 5).usage(0)), ten("c", 3));
    // 1 + 3/5 · 999 = 600.4
    assertThat(trial.scores(EVEN, cpus("one", 2), cpus("two", 3))).containsExactly(1, 1000, 600);
  }

  @Test
  void processorsThatAMachineTakesForItselfAreNotShared() {
    // 10 % of 4 is 40; after 2 are taken: 40 / 2 = 20. b: 15 % of 8 is 120, 120 / 6 = 20.
    // c: it takes all four and leaves none to share: the worst.
    Machine own = machine("vm", m -> m.cpus(2, 1, 1, DEDICATED));
    Trial trial =
        new Trial(
            host("a", h -> h.cpus(1, 4, 1, 10)),
            host("b", h -> h.cpus(1, 8, 1, 15)),
            host("c", h -> h.cpus(1, 2, 1, 10)));
    assertThat(trial.scores(EVEN, own)).containsExactly(1, 1, 1000);
    assertThat(trial.scores(SAVING, own)).containsExactly(1, 1, 1000);
    // Two of four taken by another leave a load of 20 on two: 20 + 10 → 15 against 50 / 4 = 12.5
    trial =
        new Trial(host("a", h -> h.cpus(1, 4, 1, 10)), host("b", h -> h.cpus(1, 4, 1, 10)))
            .pending("a", machine("x", m -> m.cpus(2, 1, 1, DEDICATED)));
    assertThat(trial.scores(EVEN, cpus("vm", 1))).containsExactly(1000, 1);
  }

  @Test
  void tooManyVirtualProcessorsForEachOfTheHostAreAThousandTimesWorse() {
    // a: (18 + 2) / 10 = 2, not less than 2: round(1000 · (0 + 20) / 10) = 2000
    // b: (17 + 2) / 10 < 2: (500 + 20) / 10 = 52; c: 0 + 2 = 2
    Trial trial =
        new Trial(ten("a", 0), ten("b", 50), ten("c", 0))
            .running("a", cpus("x", 9), cpus("y", 9))
            .running("b", cpus("z", 17))
            .with("VCpuToPhysicalCpuRatio", "2.0");
    // 1 + 50 / 1998 · 999 = 26
    assertThat(trial.scores(EVEN, cpus("vm", 2))).containsExactly(1000, 26, 1);
    assertThat(trial.with("VCpuToPhysicalCpuRatio", "0").scores(EVEN, cpus("vm", 2)))
        .containsExactly(1, 1000, 1);
  }

  @Test
  void powerIsSavedOnHostsThatAreBusyAlready() {
    // 11, 41 and 61, but c's 60 are more than 50: −41 … −11
    Trial trial = new Trial(ten("a", 10), ten("b", 40), ten("c", 60));
    assertThat(trial.scores(SAVING, cpus("vm", 1))).containsExactly(1000, 401, 1);
    assertThat(trial.with("HighUtilization", "60").scores(SAVING, cpus("vm", 1)))
        .containsExactly(1000, 401, 1);
    assertThat(trial.with("HighUtilization", "59").scores(SAVING, cpus("vm", 1)))
        .containsExactly(1000, 1, 1000);
    // One on its way makes it 61: too much.
    trial.pending("c", cpus("x", 1));
    assertThat(trial.with("HighUtilization", "60").scores(SAVING, cpus("vm", 1)))
        .containsExactly(1000, 1, 1000);
  }

  // -- memory ------------------------------------------------------------------------

  private static HostFacts memory(String id, long mib) {
    return host(id, h -> h.memory(mib, mib));
  }

  /** 100 MiB at most. */
  private static final Machine SMALL = machine("vm", m -> m.memory(90, 5, 10));

  @Test
  void memoryIsScoredByWhatIsLeft() {
    // 1000 − round((m − 100 − 1) · 999 / 1999)
    // 2000: 949.01 → 949; 1051: 474.76 → 475; 101: 0; 100: −0.4998 → 0; 50: −25.49 → −25
    Trial trial =
        new Trial(
            memory("a", 2000),
            memory("b", 1051),
            memory("c", 101),
            memory("d", 100),
            memory("e", 50));
    assertThat(trial.scores(EVEN_MEMORY, SMALL)).containsExactly(51, 525, 1000, 1000, 1025);
  }

  @Test
  void memoryPromisedToMachinesOnTheirWayIsGone() {
    // a: 2000 − 1000 = 1000 → (1000 − 101) · 999 / 1999 = 449.3; b as above
    Trial trial =
        new Trial(memory("a", 2000), memory("b", 2000))
            .pending("a", machine("x", m -> m.memory(990, 5, 10)));
    assertThat(trial.scores(EVEN_MEMORY, SMALL)).containsExactly(551, 51);
  }

  @Test
  void whereAMachineRunsItNeedsNoMoreMemory() {
    // a: 2000 − 90 = 1910, all of which is left: (1910 − 0 − 1) · 999 / 1999 = 954.0
    Trial trial = new Trial(memory("a", 2000), memory("b", 2000)).running("a", SMALL);
    assertThat(trial.scores(EVEN_MEMORY, SMALL)).containsExactly(46, 51);
    // Of a group only the other's 100 are needed there: 1809 → 904.05; 1799 → 899.05
    assertThat(trial.scores(EVEN_MEMORY, SMALL, machine("two", m -> m.memory(90, 5, 10))))
        .containsExactly(96, 101);
  }

  @Test
  void hostsWithoutMemoryAreAllTheWorst() {
    assertThat(new Trial(memory("a", 0), memory("b", 1)).scores(EVEN_MEMORY, SMALL))
        .containsExactly(1000, 1000);
    assertThat(new Trial(memory("a", 0), memory("b", 0)).scores(SAVING_MEMORY, SMALL))
        .containsExactly(1, 1);
  }

  @Test
  void powerIsSavedOnHostsWithLittleMemoryLeft() {
    // M = 2200: int(1900 / 2200 · 999) + 1 = 863; int(900 / 2200 · 999) + 1 = 409; 0 + 1
    Trial trial = new Trial(memory("a", 2000), memory("b", 1000), memory("c", 100));
    assertThat(trial.scores(SAVING_MEMORY, SMALL)).containsExactly(863, 409, 1);
  }

  @Test
  void hostsWithTooLittleMemoryLeftAreWorseThanThoseWithMost() {
    // c has 100 left, less than 500: min(2200, 1500 + 500 − 100) = 1900, as much as a
    Trial trial = new Trial(memory("a", 2000), memory("b", 1000), memory("c", 200));
    trial.with(
        Map.of("MaxFreeMemoryForOverUtilized", "500", "MinFreeMemoryForUnderUtilized", "1500"));
    assertThat(trial.scores(SAVING_MEMORY, SMALL)).containsExactly(863, 409, 863);
    // Without an upper limit: M itself, int(999) + 1
    trial.with("MaxFreeMemoryForOverUtilized", "500");
    assertThat(trial.scores(SAVING_MEMORY, SMALL)).containsExactly(863, 409, 1000);
  }

  // -- the number of machines --------------------------------------------------------

  @Test
  void machinesAreCountedThoseOnTheirWayIncluded() {
    Trial trial =
        new Trial(host("a"), host("b"), host("c", h -> h.spm()))
            .running("a", machine("x"), machine("y"))
            .pending("a", machine("z"))
            .running("c", machine("w"));
    // The storage pool manager counts as five.
    assertThat(trial.scores(GUESTS, machine("vm"))).containsExactly(3, 0, 6);
    assertThat(trial.with("SpmVmGrace", "0").scores(GUESTS, machine("vm")))
        .containsExactly(3, 0, 1);
    assertThat(trial.with("SpmVmGrace", "12").scores(GUESTS, machine("vm")))
        .containsExactly(3, 0, 13);
  }
}
