package io.overt.scheduling.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Catalogue;
import io.overt.scheduling.Policy;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.unit.Settings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every expected value was worked out by hand from oVirt's rules. */
class BalancersTest {
  private static final String HIGH = "HighUtilization=80";
  private final Hosts hosts = new Hosts();

  /** min(80·80/100, 80 − 10) = 64: c, with 64 %, takes nothing. */
  @Test
  void busyHostsGiveMachinesToThoseBelowTheTarget() {
    hosts.busy("a", 85, 120).host("b", 63).host("c", 64).host("d", 30);
    hosts.runs("a", "big", 2, 50, 1024).runs("a", "small", 4, 10, 1024);
    assertThat(hosts.propose(Balancers.EVEN, HIGH))
        .containsExactly(
            new Proposal("small", List.of("d", "b", "a")),
            new Proposal("big", List.of("d", "b", "a")));
  }

  @Test
  void onlyTheHostThatIsBusyForLongEnoughIsASource() {
    hosts.busy("a", 85, 119).host("b", 30).runs("a", 1);
    assertThat(hosts.propose(Balancers.EVEN, HIGH)).isEmpty();
    assertThat(hosts.propose(Balancers.EVEN, HIGH, "CpuOverCommitDurationMinutes=1")).hasSize(1);
  }

  /** 79.1 % is 80 when rounded up; the storage pool manager adds 10 % of one processor of 16. */
  @Test
  void theLoadIsRoundedUpAndTheStoragePoolManagerWorks() {
    hosts.busy("a", 79.1, 300).host("b", 30).runs("a", 1);
    assertThat(hosts.propose(Balancers.EVEN, HIGH)).hasSize(1);
    hosts.busy("a", 79, 300);
    assertThat(hosts.propose(Balancers.EVEN, HIGH)).isEmpty();
    hosts.host("a", 79, Hosts.NOW - 300_000, true);
    assertThat(hosts.propose(Balancers.EVEN, HIGH)).hasSize(1);
  }

  /** (63·16 + 16·18)/16 = 81 > 80, and (30·16 + 288)/16 = 48. */
  @Test
  void aMachineMustNotMakeItsNewHostBusy() {
    hosts.busy("a", 85, 120).host("b", 63).host("c", 30).runs("a", "vm", 16, 18, 1024);
    assertThat(hosts.propose(Balancers.EVEN, HIGH))
        .containsExactly(new Proposal("vm", List.of("c", "a")));
  }

  @Test
  void machinesThatStayAreLeftAlone() {
    hosts.busy("a", 85, 120).host("b", 30);
    hosts.state.run(
        Hosts.with(Hosts.machine("pinned", 1, 1, 512), false, Migratability.PINNED), "a");
    hosts.state.run(
        Hosts.with(Hosts.machine("user", 1, 1, 512), false, Migratability.USER_MIGRATABLE), "a");
    assertThat(hosts.propose(Balancers.EVEN, HIGH)).isEmpty();
  }

  @Test
  void hostsWithSomethingOnItsWayAreLeftAlone() {
    hosts.busy("a", 85, 120).host("b", 30).host("c", 30).runs("a", 2);
    hosts.state.reserve(Hosts.machine("starting", 1, -1, 512), hosts.state.index("b"));
    assertThat(hosts.propose(Balancers.EVEN, HIGH).getFirst().hosts()).containsExactly("c", "a");
    Round suspending =
        new Round(
            hosts.state,
            Hosts.properties(HIGH),
            Settings.DEFAULT,
            Thresholds.DEFAULT,
            Hosts.NOW,
            Set.of("a1"));
    assertThat(Balancers.find(Balancers.EVEN).orElseThrow().propose(suspending)).isEmpty();
  }

  /** 24 virtual processors on 16 are 1.5 for each. */
  @Test
  void aCrowdedHostIsBusyWhateverItsLoad() {
    hosts.host("a", 5).host("b", 5).runs("a", "vm", 24, 1, 1024);
    assertThat(hosts.propose(Balancers.EVEN, HIGH, "VCpuToPhysicalCpuRatio=1.5")).hasSize(1);
    assertThat(hosts.propose(Balancers.EVEN, HIGH, "VCpuToPhysicalCpuRatio=1.6")).isEmpty();
    assertThat(hosts.propose(Balancers.EVEN, HIGH, "VCpuToPhysicalCpuRatio=0")).isEmpty();
  }

  /** 65,536 − 321 − 2·(30,000 + 65) = 5,085 MiB are left on a. */
  @Test
  void memoryIsLookedAtAfterProcessors() {
    hosts.host("a", 5).host("b", 5).host("c", 5);
    hosts.runs("a", "one", 1, 3, 30_000).runs("a", "two", 1, 2, 30_000);
    hosts.runs("c", "three", 1, 1, 40_000);
    String[] limits = {"MaxFreeMemoryForOverUtilized=6000", "MinFreeMemoryForUnderUtilized=20000"};
    assertThat(hosts.propose(Balancers.EVEN, limits))
        .containsExactly(
            new Proposal("two", List.of("b", "a")), new Proposal("one", List.of("b", "a")));
    assertThat(hosts.propose(Balancers.EVEN)).isEmpty();
  }

  /** Sources: a with 70 ≥ 64, then b with 10 < 20. Targets: all that are not above 80. */
  @Test
  void powerSavingRelievesBusyHostsThenEmptiesIdleOnes() {
    hosts.busy("a", 70, 120).busy("b", 10, 120).host("c", 40).host("idle", 2);
    hosts.runs("a", "x", 1, 10, 1024).runs("b", "y", 1, 10, 1024);
    assertThat(hosts.propose(Balancers.POWER_SAVING, HIGH, "LowUtilization=20"))
        .containsExactly(
            new Proposal("x", List.of("idle", "b", "c", "a")),
            new Proposal("y", List.of("idle", "c", "a", "b")));
  }

  /** The storage pool manager d counts 1 + 5: only b, with 5 against 10, is 5 behind. */
  @Test
  void guestsAreSpreadByCount() {
    hosts.host("a", 5).host("b", 5).host("c", 5).host("d", 5, 0, true);
    hosts.runs("a", 10).runs("b", 5).runs("c", 6).runs("d", 1);
    List<Proposal> proposals =
        hosts.propose(
            Balancers.EVEN_GUESTS, "HighVmCount=10", "MigrationThreshold=5", "SpmVmGrace=5");
    assertThat(proposals).hasSize(10);
    assertThat(proposals.getFirst()).isEqualTo(new Proposal("a0", List.of("b", "a")));
    assertThat(hosts.propose(Balancers.EVEN_GUESTS, "HighVmCount=11")).isEmpty();
    assertThat(hosts.propose(Balancers.EVEN_GUESTS, "MigrationThreshold=6")).isEmpty();
  }

  @Test
  void everyBalancerOfTheCatalogueIsThere() {
    assertThat(Catalogue.units())
        .filteredOn(unit -> unit.type().equals("load_balancing"))
        .hasSize(4)
        .allSatisfy(unit -> assertThat(Balancers.find(unit.id())).isPresent());
    assertThat(hosts.propose("38440000-8cf0-14bd-c43e-10b96e4ef00a")).isEmpty();
  }

  @Test
  void oneHostBalancesNothing() {
    hosts.busy("a", 99, 900).runs("a", 3);
    assertThat(hosts.propose(Balancers.EVEN, HIGH)).isEmpty();
  }

  /** int(18·16/16) = 18: 62 + 18 ≤ 80; memory plays no part. */
  @Test
  void theClassicBalancerMovesTheLeastBusyMachineOfOneBusyHost() {
    hosts.busy("a", 85, 120).host("b", 62).host("c", 63);
    hosts.runs("a", "vm", 16, 18, 100_000).runs("a", "busier", 16, 19, 1024);
    Balancer classic = Balancers.classic(Balancers.EVEN, new Random(1)).orElseThrow();
    assertThat(classic.propose(hosts.round(HIGH)))
        .containsExactly(new Proposal("vm", List.of("b")));
  }

  /** Only hosts above 20 % take machines of those at or below it. */
  @Test
  void theClassicPowerSavingStartsWithTheHostWithFewestMachines() {
    hosts.busy("a", 20, 120).host("b", 21).host("c", 20).runs("a", 1);
    Balancer classic = Balancers.classic(Balancers.POWER_SAVING, new Random(1)).orElseThrow();
    assertThat(classic.propose(hosts.round(HIGH, "LowUtilization=20")))
        .containsExactly(new Proposal("a0", List.of("b")));
  }

  /** Today's balancers offer the machine its own host too, those of 3.4 did not. */
  @Test
  void aPolicysProfileDecidesWhoseRulesBalance() {
    hosts.busy("a", 85, 120).host("b", 30).runs("a", 1);
    Policy earlier = Catalogue.earlierPolicy("Evenly_Distributed", Map.of()).orElseThrow();
    Policy current = Catalogue.policy("evenly_distributed", Map.of()).orElseThrow();
    assertThat(Balancers.of(earlier, new Random(1)).orElseThrow().propose(hosts.round(HIGH)))
        .containsExactly(new Proposal("a0", List.of("b")));
    assertThat(Balancers.of(current, new Random(1)).orElseThrow().propose(hosts.round(HIGH)))
        .containsExactly(new Proposal("a0", List.of("b", "a")));
  }

  @Test
  void theTimeOutOfTheLimitsIsRememberedUntilTheLoadIsWithinThem() {
    assertThat(since(0, 80)).isEqualTo(Hosts.NOW);
    assertThat(since(7, 95)).isEqualTo(7);
    assertThat(since(7, 20)).isEqualTo(7);
    assertThat(since(7, 21)).isZero();
    assertThat(since(7, 79.9)).isZero();
    assertThat(since(7, -1)).isZero();
  }

  private static long since(long before, double load) {
    return OverCommit.since(
        before, load, Hosts.properties(HIGH, "LowUtilization=20"), Thresholds.DEFAULT, Hosts.NOW);
  }
}
