package io.overt.scheduling;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of oVirt 3.4, on hosts with 16 cores. */
class EarlierPoliciesTest {
  private final ClusterState state = new ClusterState(ClusterRules.PLAIN);
  private final Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);

  @Test
  void evenDistributionAddsUsageInTenthsAndClaimedCores() {
    state.put(host("a", 34, 60_000));
    state.put(host("b", 70, 60_000));
    state.reserve(machine("other", 1024, 20), state.index("a"));
    // a: round(3.4 + (20 + 4)/16) + 1 = round(4.9) + 1; b: round(7 + 4/16) + 1.
    assertThat(scores("Evenly_Distributed", "OptimalForEvenDistribution"))
        .isEqualTo(Map.of("a", 6, "b", 8));
  }

  @Test
  void savingPowerTurnsItRoundAndLeavesEmptyHostsEmpty() {
    state.put(host("a", 34, 60_000));
    state.put(host("b", 70, 60_000));
    state.put(host("c", 0, 60_000));
    state.run(machine("one"), "a");
    state.run(machine("two"), "b");
    // a: 999 − (round(3.4 + 4/16) + 1); b: 999 − (round(7.25) + 1); c runs nothing.
    assertThat(scores("Power_Saving", "OptimalForPowerSaving"))
        .isEqualTo(Map.of("a", 994, "b", 991, "c", 999));
  }

  @Test
  void theLeastSumWins() {
    state.put(host("a", 80, 60_000));
    state.put(host("b", 20, 60_000));
    Policy policy = Catalogue.earlierPolicy("None", Map.of()).orElseThrow();
    assertThat(scheduler.explain(policy, Request.of(machine("vm"), 1)))
        .satisfies(
            explanation -> {
              assertThat(explanation.chosen()).isEqualTo("b");
              assertThat(explanation.selector()).isEqualTo("BasicWeighting");
            });
  }

  @Test
  void guaranteedMemoryIsWhatCounts() {
    state.put(host("a", 0, 100));
    Policy policy = Catalogue.earlierPolicy("None", Map.of()).orElseThrow();
    // 65 536 − 321 reserved; 65 for the guest.
    assertThat(scheduler.find(policy, Request.of(machine("fits", 65_150, 1), 1)))
        .isInstanceOf(Placement.Chosen.class);
    assertThat(scheduler.find(policy, Request.of(machine("no", 65_151, 1), 1)))
        .isInstanceOf(Placement.Refused.class);
  }

  private Map<String, Integer> scores(String policyName, String unit) {
    Policy policy = Catalogue.earlierPolicy(policyName, Map.of()).orElseThrow();
    Map<String, Integer> scores = new java.util.TreeMap<>();
    for (Explanation.HostVerdict host :
        scheduler.explain(policy, Request.of(machine("vm", 1024, 4), 1)).hosts()) {
      host.weights().stream()
          .filter(weight -> weight.unit().equals(unit))
          .forEach(weight -> scores.put(host.hostId(), weight.score()));
    }
    return scores;
  }
}
