package io.overt.scheduling;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static io.overt.scheduling.Clusters.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private final ClusterState state = new ClusterState(ClusterRules.PLAIN);
  private final Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);

  @Test
  void choosesTheHostThatIsLeastBusy() {
    state.put(host("a", 40, 60_000));
    state.put(host("b", 10, 60_000));
    state.put(host("c", 70, 60_000));
    assertThat(chosen(Request.of(machine("vm"), 1))).isEqualTo("b");
  }

  @Test
  void equalHostsTakeTurns() {
    for (String id : List.of("c", "a", "b")) {
      state.put(host(id));
    }
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      chosen.add(place("vm" + i));
    }
    assertThat(chosen).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void whatIsReservedCountsForTheNext() {
    state.put(host("a", 0, 65_536));
    assertThat(scheduler.place(policy("none"), Request.of(machine("one", 40_000, 1), 1)))
        .isInstanceOf(Placement.Chosen.class);
    assertThat(scheduler.place(policy("none"), Request.of(machine("two", 40_000, 1), 1)))
        .isInstanceOfSatisfying(
            Placement.Refused.class,
            refused ->
                assertThat(refused.explanation())
                    .isEqualTo(
                        "Memory removed 1 host: host host-a has 25115 MiB that are promised to"
                            + " nobody, 40100 are needed"));
    state.release("one");
    assertThat(scheduler.place(policy("none"), Request.of(machine("two", 40_000, 1), 1)))
        .isInstanceOf(Placement.Chosen.class);
  }

  @Test
  void takesAWantedHostIfItPassesAndAnotherIfNot() {
    state.put(host("a", 90, 60_000));
    state.put(host("b"));
    Request request = Request.of(machine("vm"), 1);
    assertThat(chosen(request.preferring(Set.of("a")))).isEqualTo("a");
    assertThat(chosen(Request.of(machine("vm", 61_000, 1), 1).preferring(Set.of("a"))))
        .isEqualTo("b");
    assertThat(chosen(request.excluding(Set.of("b")))).isEqualTo("a");
  }

  @Test
  void saysOfEveryHostWhyItIsNotTheOne() {
    state.put(host("a").withUp(false));
    state.put(host("b", 5, 100));
    state.put(host("c"));
    Placement placement = scheduler.find(policy("none"), Request.of(machine("vm", 1024, 64), 1));
    assertThat(((Placement.Refused) placement).explanation())
        .isEqualTo(
            """
            Status removed 1 host: host host-a is not up
            CPU removed 2 hosts: host host-b has 16 cores that machines can share, 64 are needed; \
            host host-c has 16 cores that machines can share, 64 are needed""");
  }

  /** The example of the talk: host 4 with 3·5 + 12·2 = 39 beats host 2 with 10·5 + 2·2 = 54. */
  @Test
  void theLeastWeightedSumWinsByBasicWeighting() {
    for (String id : List.of("1", "2", "3", "4")) {
      state.put(host(id));
    }
    Policy policy =
        Policies.make(
            "talk",
            List.of(),
            List.of(),
            Policies.NO_BALANCING,
            Selector.BASIC,
            java.util.Map.of());
    Request request =
        Request.of(machine("vm"), 1)
            .onlyOn(Set.of("2", "4"))
            .with(
                List.of(
                    new Request.ExternalScores("one", 5, java.util.Map.of("2", 10, "4", 3)),
                    new Request.ExternalScores("two", 2, java.util.Map.of("2", 2, "4", 12))));
    Explanation explanation = scheduler.explain(policy, request);
    assertThat(explanation.chosen()).isEqualTo("4");
    assertThat(explanation.hosts().stream().map(Explanation.HostVerdict::total))
        .containsExactly(39L, 54L);
  }

  private String chosen(Request request) {
    return ((Placement.Chosen) scheduler.find(policy("none"), request)).hostId();
  }

  private String place(String id) {
    return ((Placement.Chosen) scheduler.place(policy("none"), Request.of(machine(id), 1)))
        .hostId();
  }

  /** Those that must be together leave a host one by one, and meet again on one host. */
  @Test
  void aHostThatIsLeftDoesNotHoldMachinesThatBelongTogether() {
    for (String id : List.of("a", "b", "c")) {
      state.put(host(id));
    }
    state.affinity(
        List.of(
            new AffinityGroup(
                "g",
                "pair",
                1,
                Set.of("one", "two"),
                Set.of(),
                new AffinityGroup.Rule(true, true, true),
                AffinityGroup.Rule.DISABLED)));
    state.run(machine("one"), "a");
    state.run(machine("two"), "a");
    Request first = Request.of(machine("one").at("a"), 1).excluding(Set.of("a"));
    Request second = Request.of(machine("two").at("a"), 1).excluding(Set.of("a"));
    assertThat(scheduler.find(policy("none"), first)).isInstanceOf(Placement.Refused.class);

    state.put(host("a").withUp(false));
    Placement gone = scheduler.place(policy("none"), first);
    assertThat(gone).isInstanceOf(Placement.Chosen.class);
    assertThat(scheduler.survivors(policy("none"), second))
        .containsExactly(((Placement.Chosen) gone).hostId());
  }
}
