package io.overt.scheduling;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectorTest {
  private final ClusterState state = new ClusterState(ClusterRules.PLAIN);
  private final Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);

  private Explanation explain(Selector selector, Request.ExternalScores... scores) {
    Policy policy =
        Policies.make("trial", List.of(), List.of(), Policies.NO_BALANCING, selector, Map.of());
    for (String id : List.of("a", "b", "c", "d")) {
      state.put(host(id));
    }
    return scheduler.explain(policy, Request.of(machine("vm"), 1).with(List.of(scores)));
  }

  private static Request.ExternalScores unit(String name, int factor, int a, int b, int c, int d) {
    return new Request.ExternalScores(name, factor, Map.of("a", a, "b", b, "c", c, "d", d));
  }

  private static List<String> order(Explanation explanation) {
    return explanation.hosts().stream()
        .map(host -> "%s=%d".formatted(host.hostId(), host.total()))
        .toList();
  }

  @Test
  void equalScoresShareTheLowestPlaceAndTheNextIsSkipped() {
    // Hosts with less: a 0, b 1, c 1, d 3; 3 less that: 3, 2, 2, 0
    assertThat(order(explain(Selector.RANK, unit("u", 1, 10, 20, 20, 30))))
        .containsExactly("a=3", "b=2", "c=2", "d=0");
  }

  @Test
  void ranksMakeUnitsComparable() {
    // u: a 3, b 2, c 1, d 0; v twice: a 0, b 1, c 2, d 3 → a 3, b 4, c 5, d 6
    assertThat(
            order(
                explain(
                    Selector.RANK,
                    unit("u", 1, 0, 50_000, 1_000_000, 2_000_000),
                    unit("v", 2, 4, 3, 2, 1))))
        .containsExactly("d=6", "c=5", "b=4", "a=3");
  }

  @Test
  void plainSumsLetLargeNumbersWin() {
    // u + 2 v: a 0 + 8, b 50 000 + 6, c 1 000 000 + 4, d 2 000 000 + 2
    assertThat(
            order(
                explain(
                    Selector.BASIC,
                    unit("u", 1, 0, 50_000, 1_000_000, 2_000_000),
                    unit("v", 2, 4, 3, 2, 1))))
        .containsExactly("a=8", "b=50006", "c=1000004", "d=2000002");
  }

  @Test
  void aHostWithoutARecordScoresZero() {
    Request.ExternalScores some =
        new Request.ExternalScores("u", 1, Map.of("a", 5, "b", -5, "d", 7));
    // b −5, c 0, a 5, d 7
    assertThat(order(explain(Selector.RANK, some))).containsExactly("b=3", "c=2", "a=1", "d=0");
    assertThat(order(explain(Selector.BASIC, some))).containsExactly("b=-5", "c=0", "a=5", "d=7");
  }

  @Test
  void aSumWithoutAUnitIsRankedAsOne() {
    assertThat(
            order(
                explain(
                    Selector.RANK,
                    new Request.ExternalScores(null, 1, Map.of("a", 900, "b", 3)),
                    unit("v", 1, 1, 1, 1, 1))))
        // All of v's four hosts share the first place: 3 each.
        .containsExactly("c=6", "d=6", "b=4", "a=3");
  }

  @Test
  void aFactorOfZeroSilencesAUnit() {
    for (Selector selector : Selector.values()) {
      assertThat(explain(selector, unit("u", 0, 9, 1, 5, 3)).chosen()).isEqualTo("a");
    }
  }

  @Test
  void withoutWeightsHostsTakeTurns() {
    Policy bare =
        Policies.make("bare", List.of(), List.of(), Policies.NO_BALANCING, Selector.RANK, Map.of());
    state.put(host("b"));
    state.put(host("a"));
    for (String expected : List.of("a", "b", "a")) {
      Placement placement = scheduler.place(bare, Request.of(machine("vm" + state.size()), 1));
      assertThat(((Placement.Chosen) placement).hostId()).isEqualTo(expected);
    }
  }

  @Test
  void selectorsAreKnownByTheirUnits() {
    assertThat(Selector.of("b280e7de-5df8-401e-b004-a1414d79a687")).contains(Selector.RANK);
    assertThat(Selector.of("0c89f215-9c4f-4bbb-8419-31a2d43ae7ea")).contains(Selector.BASIC);
    assertThat(Selector.of("84e6ddee-ab0d-42dd-82f0-c297779db566")).isEmpty();
  }
}
