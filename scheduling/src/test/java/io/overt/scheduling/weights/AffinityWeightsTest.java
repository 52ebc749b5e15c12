package io.overt.scheduling.weights;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Trial;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.AffinityGroup.Rule;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AffinityWeightsTest {
  private static final String MACHINES = "VmAffinityGroups";
  private static final String HOSTS = "VmToHostsAffinityGroups";
  private static final Rule TOGETHER = new Rule(true, true, false);
  private static final Rule APART = new Rule(true, false, false);
  private static final Machine VM = machine("vm");

  private static AffinityGroup machines(double priority, Rule rule, String... others) {
    Set<String> members = new java.util.HashSet<>(Set.of(others));
    members.add("vm");
    String id = "g" + priority + members;
    return new AffinityGroup(id, id, priority, members, Set.of(), rule, Rule.DISABLED);
  }

  private static AffinityGroup hosts(double priority, Rule rule, String... hosts) {
    String id = "g" + priority + Set.of(hosts);
    return new AffinityGroup(id, id, priority, Set.of("vm"), Set.of(hosts), Rule.DISABLED, rule);
  }

  private static Trial four() {
    return new Trial(host("a"), host("b"), host("c"), host("d"));
  }

  @Test
  void aHostScoresOneMoreThanThereAreBetterOnes() {
    Trial trial =
        four()
            .groups(machines(1, APART, "x", "y", "z"))
            .running("a", machine("x"))
            .pending("c", machine("y"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(3, 1, 3, 1);
    assertThat(trial.scores(MACHINES, machine("other"))).containsExactly(1, 1, 1, 1);
  }

  @Test
  void breakingOneOfHighPriorityIsWorseThanManyOfLow() {
    // broken: a [5], b [4, 3, 2], c [], d [4, 3]
    Trial trial =
        four()
            .groups(
                machines(5, APART, "five"),
                machines(4, APART, "four", "four2"),
                machines(3, APART, "three", "three2"),
                machines(2, APART, "two"))
            .running("a", machine("five"))
            .running("b", machine("four"), machine("three"), machine("two"))
            .running("d", machine("four2"), machine("three2"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(4, 3, 1, 2);
  }

  @Test
  void enforcedRulesCountAsWell() {
    Trial trial =
        four().groups(machines(1, new Rule(true, false, true), "x")).running("b", machine("x"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(1, 4, 1, 1);
    trial = four().groups(machines(1, Rule.DISABLED, "x")).running("b", machine("x"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(1, 1, 1, 1);
  }

  @Test
  void withNobodyAnywhereEveryHostBreaksAPositiveRuleAlike() {
    Trial trial = four().groups(machines(1, TOGETHER, "x"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(1, 1, 1, 1);
    trial.running("c", machine("x"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(2, 2, 1, 2);
  }

  @Test
  void amongEqualsMembersThatCannotFollowDrawThenTheNumberOfMembers() {
    // a: two that can be moved; b: one that cannot; c: one that can; d: none
    Machine stuck = machine("stuck", m -> m.migratability(Migratability.USER_MIGRATABLE));
    Trial trial =
        four()
            .groups(machines(1, TOGETHER, "x", "y", "z", "stuck"))
            .running("a", machine("x"), machine("y"))
            .running("b", stuck)
            .running("c", machine("z"));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(2, 1, 3, 4);
    // The hosted engine stays where it is, too.
    trial =
        four()
            .groups(machines(1, TOGETHER, "x", "y", "engine"))
            .running("a", machine("x"), machine("y"))
            .running("b", machine("engine", m -> m.engine()));
    assertThat(trial.scores(MACHINES, VM)).containsExactly(2, 1, 3, 3);
  }

  @Test
  void aMachineDrawsNotItself() {
    Machine vm = machine("vm", m -> m.migratability(Migratability.USER_MIGRATABLE));
    Trial trial =
        four()
            .groups(machines(1, TOGETHER, "x", "y", "z"))
            .running("a", vm, machine("x"))
            .running("b", machine("y"), machine("z"));
    assertThat(trial.scores(MACHINES, vm)).containsExactly(2, 1, 3, 3);
    trial = four().groups(machines(1, APART, "x")).running("a", vm);
    assertThat(trial.scores(MACHINES, vm)).containsExactly(1, 1, 1, 1);
  }

  @Test
  void theGroupsOfAllMachinesThatAreToBePlacedCountOnce() {
    Machine two = machine("two");
    Trial trial =
        four()
            .groups(machines(2, APART, "two", "x"), machines(1, APART, "y"))
            .running("a", machine("x"))
            .running("b", machine("y"));
    assertThat(trial.scores(MACHINES, VM, two)).containsExactly(4, 3, 1, 1);
  }

  @Test
  void wishesAboutHostsAreRankedByPriority() {
    // broken: a [3], b [2, 1], c [2], d [3, 2]: 2 is better than 3, and a shorter list than a
    // longer
    Trial trial =
        four().groups(hosts(3, APART, "a", "d"), hosts(2, TOGETHER, "a"), hosts(1, APART, "b"));
    assertThat(trial.scores(HOSTS, VM)).containsExactly(3, 2, 1, 4);
    assertThat(trial.scores(HOSTS, machine("other"))).containsExactly(1, 1, 1, 1);
  }

  @Test
  void enforcedRulesAboutHostsAreTheFiltersMatter() {
    Trial trial = four().groups(hosts(3, new Rule(true, true, true), "a"));
    assertThat(trial.scores(HOSTS, VM)).containsExactly(1, 1, 1, 1);
  }
}
