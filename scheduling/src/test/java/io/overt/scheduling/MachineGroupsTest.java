package io.overt.scheduling;

import static io.overt.scheduling.Clusters.host;
import static io.overt.scheduling.Clusters.machine;
import static io.overt.scheduling.Clusters.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.AffinityGroup.Rule;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.Machine;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MachineGroupsTest {
  private static final Rule HARD = new Rule(true, true, true);

  private static AffinityGroup group(String id, Rule rule, String... members) {
    return new AffinityGroup(id, id, 1, Set.of(members), Set.of(), rule, Rule.DISABLED);
  }

  private static Machine own(String id) {
    return machine(id, m -> m.cpus(1, 1, 1, CpuPinning.DEDICATED));
  }

  private static List<Machine> machines(String... ids) {
    return Stream.of(ids).map(Clusters::machine).toList();
  }

  private static List<List<String>> groups(
      Policy policy, List<Machine> machines, AffinityGroup... groups) {
    Trial trial = new Trial(host("a")).groups(groups);
    return ids(MachineGroups.of(policy, trial.state().affinity(), machines));
  }

  private static List<List<String>> ids(List<List<Machine>> groups) {
    return groups.stream().map(group -> group.stream().map(Machine::id).toList()).toList();
  }

  @Test
  void machinesThatMustBeTogetherAreInTheOrderOfTheCall() {
    assertThat(
            groups(policy("none"), machines("1", "2", "3", "4"), group("g", HARD, "2", "4", "9")))
        .containsExactly(List.of("1"), List.of("2", "4"), List.of("3"));
  }

  @Test
  void rulesThatShareAMachineJoinEvenIfItIsNotInTheCall() {
    assertThat(
            groups(
                policy("none"),
                machines("1", "2", "3", "4", "5"),
                group("g", HARD, "1", "9"),
                group("h", HARD, "9", "3"),
                group("i", HARD, "3", "5"),
                group("j", HARD, "2", "4")))
        .containsExactly(List.of("1", "3", "5"), List.of("2", "4"));
  }

  @Test
  void onlyEnforcedPositiveRulesOfAPolicyThatLooksAtThemJoin() {
    for (Rule rule :
        List.of(
            new Rule(false, true, true),
            new Rule(true, false, true),
            new Rule(true, true, false))) {
      assertThat(groups(policy("none"), machines("1", "2"), group("g", rule, "1", "2")))
          .containsExactly(List.of("1"), List.of("2"));
    }
    Policy bare =
        Policies.make(
            "bare", List.of(), List.of(), Policies.NO_BALANCING, Selector.RANK, java.util.Map.of());
    assertThat(groups(bare, machines("1", "2"), group("g", HARD, "1", "2")))
        .containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void machinesWithProcessorsOfTheirOwnComeFirst() {
    List<Machine> machines = List.of(machine("1"), machine("2"), own("3"), own("4"));
    assertThat(groups(policy("none"), machines, group("g", HARD, "1", "4")))
        .containsExactly(List.of("3"), List.of("4", "1"), List.of("2"));
    assertThat(ids(MachineGroups.alone(machines)))
        .containsExactly(List.of("3"), List.of("4"), List.of("1"), List.of("2"));
  }
}
