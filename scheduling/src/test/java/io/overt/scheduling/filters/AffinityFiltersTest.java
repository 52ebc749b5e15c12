package io.overt.scheduling.filters;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.AffinityGroup.Rule;
import io.overt.scheduling.state.Machine;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AffinityFiltersTest {
  private static final String MACHINES = "VmAffinityGroups";
  private static final String HOSTS = "VmToHostsAffinityGroups";
  private static final Rule TOGETHER = new Rule(true, true, true);
  private static final Rule APART = new Rule(true, false, true);

  private static final Machine ONE = machine("one");
  private static final Machine TWO = machine("two");
  private static final Machine THREE = machine("three");

  private static AffinityGroup machines(String id, Rule rule, String... members) {
    return new AffinityGroup(id, id, 1, Set.of(members), Set.of(), rule, Rule.DISABLED);
  }

  private static AffinityGroup hosts(String id, Rule rule, String member, String... hosts) {
    return new AffinityGroup(id, id, 1, Set.of(member), Set.of(hosts), Rule.DISABLED, rule);
  }

  private static Trial three() {
    return new Trial(host("a"), host("b"), host("c"));
  }

  @Test
  void withTheOthersOfAPositiveGroupWhereverTheyAre() {
    Trial trial = three().groups(machines("g", TOGETHER, "one", "two", "three"));
    assertThat(trial.kept(MACHINES, ONE)).isEqualTo("abc");
    assertThat(trial.running("b", TWO).kept(MACHINES, ONE)).isEqualTo("b");
    assertThat(trial.why(MACHINES, "a", ONE).text())
        .isEqualTo("runs no machine of the affinity group g");
    // Already broken: all of their hosts will do.
    assertThat(trial.pending("c", THREE).kept(MACHINES, ONE)).isEqualTo("bc");
  }

  @Test
  void awayFromTheOthersOfANegativeGroupThoseOnTheirWayIncluded() {
    Trial trial = three().groups(machines("g", APART, "one", "two", "three")).running("a", TWO);
    assertThat(trial.kept(MACHINES, ONE)).isEqualTo("bc");
    assertThat(trial.pending("b", THREE).kept(MACHINES, ONE)).isEqualTo("c");
    assertThat(trial.why(MACHINES, "b", ONE).text())
        .isEqualTo("runs a machine of the negative affinity group g");
  }

  @Test
  void aMachineIsNotInItsOwnWay() {
    Trial trial = three().groups(machines("g", APART, "one", "two")).running("a", ONE);
    assertThat(trial.kept(MACHINES, ONE)).isEqualTo("abc");
    trial = three().groups(machines("g", TOGETHER, "one", "two")).running("a", ONE);
    assertThat(trial.kept(MACHINES, ONE)).isEqualTo("abc");
  }

  /** Both a positive and a negative rule about one host, which is no candidate any more. */
  @Test
  void positiveAndNegativeRulesTogether() {
    Trial trial =
        three()
            .groups(machines("p", TOGETHER, "one", "two"), machines("n", APART, "one", "three"))
            .running("a", TWO);
    assertThat(trial.kept(MACHINES, ONE)).isEqualTo("a");
    assertThat(trial.running("a", THREE).kept(MACHINES, ONE)).isEmpty();
  }

  @Test
  void twoMachinesOfANegativeGroupFindNoHostTogether() {
    Trial trial = three().groups(machines("g", APART, "one", "two"));
    assertThat(trial.kept(MACHINES, ONE, TWO)).isEmpty();
    assertThat(trial.why(MACHINES, "a", ONE, TWO).text())
        .isEqualTo("cannot take several machines of the negative affinity group g");
    assertThat(trial.kept(MACHINES, ONE, THREE)).isEqualTo("abc");
  }

  @Test
  void machinesOfThePlacedGroupDoNotDrawEachOther() {
    Trial trial = three().groups(machines("g", TOGETHER, "one", "two", "three")).running("a", ONE);
    assertThat(trial.kept(MACHINES, ONE, TWO)).isEqualTo("abc");
    assertThat(trial.running("c", THREE).kept(MACHINES, ONE, TWO)).isEqualTo("c");
  }

  @Test
  void onlyEnabledAndEnforcedRulesRemoveHosts() {
    for (Rule rule : new Rule[] {new Rule(true, false, false), new Rule(false, false, true)}) {
      Trial trial = three().groups(machines("g", rule, "one", "two")).running("a", TWO);
      assertThat(trial.kept(MACHINES, ONE)).isEqualTo("abc");
      trial = three().groups(hosts("g", rule, "one", "a"));
      assertThat(trial.kept(HOSTS, ONE)).isEqualTo("abc");
    }
    assertThat(
            three()
                .groups(machines("g", APART, "one", "two"))
                .running("a", TWO)
                .ignoringAffinity()
                .kept(MACHINES, ONE))
        .isEqualTo("abc");
  }

  @Test
  void everyRuleAboutHostsHolds() {
    Trial trial =
        three().groups(hosts("p", TOGETHER, "one", "a", "b"), hosts("n", APART, "one", "b"));
    assertThat(trial.kept(HOSTS, ONE)).isEqualTo("a");
    assertThat(trial.kept(HOSTS, TWO)).isEqualTo("abc");
    assertThat(trial.why(HOSTS, "b", ONE).text())
        .isEqualTo("is among the hosts of the negative affinity group n");
    assertThat(trial.why(HOSTS, "c", ONE).text())
        .isEqualTo("is not among the hosts of the affinity group p");
    // Two lists with nothing in common leave no host.
    trial = three().groups(hosts("p", TOGETHER, "one", "a"), hosts("q", TOGETHER, "two", "b"));
    assertThat(trial.kept(HOSTS, ONE, TWO)).isEmpty();
  }

  @Test
  void aHostOfAGroupThatTheClusterDoesNotKnowIsNobody() {
    Trial trial = three().groups(hosts("p", TOGETHER, "one", "gone"));
    assertThat(trial.kept(HOSTS, ONE)).isEmpty();
    trial = three().groups(hosts("n", APART, "one", "gone"));
    assertThat(trial.kept(HOSTS, ONE)).isEqualTo("abc");
  }
}
