package io.overt.scheduling.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.scheduling.Catalogue;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.AffinityGroup.Rule;
import io.overt.scheduling.unit.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AffinityEnforcementTest {
  private static final Rule MUST = new Rule(true, true, true);
  private static final Rule MUST_NOT = new Rule(true, false, true);
  private static final Rule SHOULD = new Rule(true, true, false);
  private static final Rule SHOULD_NOT = new Rule(true, false, false);
  private final Policy policy = Catalogue.policy("none", Map.of()).orElseThrow();
  private final Hosts hosts = new Hosts().host("a", 20).host("b", 10).host("c", 5);

  @Test
  void theMachineThatIsAloneJoinsTheOthers() {
    hosts.runs("a", "x", 1, 1, 1024).runs("a", "y", 1, 1, 1024).runs("b", "z", 1, 1, 1024);
    hosts.state.affinity(List.of(group("g", MUST, Rule.DISABLED, Set.of("x", "y", "z"))));
    assertThat(AffinityEnforcement.candidates(hosts.state)).containsExactly("z", "x", "y");
    assertThat(next()).contains(new Proposal("z", List.of("a")));
    hosts.state.run(hosts.state.running("z").machine(), "a");
    assertThat(next()).isEmpty();
  }

  @Test
  void machinesThatMustBeApartArePartedFromTheFullestHost() {
    hosts.runs("a", "x", 1, 1, 1024).runs("a", "y", 1, 1, 1024).runs("b", "z", 1, 1, 1024);
    hosts.state.affinity(List.of(group("g", MUST_NOT, Rule.DISABLED, Set.of("x", "y", "z"))));
    assertThat(next()).contains(new Proposal("x", List.of("c")));
  }

  @Test
  void rulesAboutHostsComeBeforeThoseBetweenMachinesAndWishesLast() {
    hosts.runs("a", "x", 1, 1, 1024).runs("b", "y", 1, 1, 1024).runs("c", "z", 1, 1, 1024);
    hosts.runs("c", "w", 1, 1, 1024);
    hosts.state.affinity(
        List.of(
            group("soft", SHOULD_NOT, Rule.DISABLED, Set.of("z", "w")),
            group("near", MUST, Rule.DISABLED, Set.of("x", "y")),
            group("far", Rule.DISABLED, SHOULD, Set.of("w"), "a"),
            group("home", Rule.DISABLED, MUST, Set.of("z"), "b")));
    assertThat(AffinityEnforcement.candidates(hosts.state)).containsExactly("z", "x", "y", "w");
    assertThat(next()).contains(new Proposal("z", List.of("b")));
    assertThat(AffinityEnforcement.next(scheduler(), policy, Set.of("z"), Hosts.NOW))
        .contains(new Proposal("x", List.of("b")));
  }

  @Test
  void aWishIsOnlyFollowedToABetterHost() {
    hosts.runs("a", "x", 1, 1, 1024).runs("b", "y", 1, 1, 1024).runs("c", "z", 1, 1, 1024);
    hosts.runs("a", "v", 1, 1, 1024);
    hosts.state.affinity(
        List.of(group("g", SHOULD_NOT, Rule.DISABLED, Set.of("x", "y", "z", "v"))));
    assertThat(AffinityEnforcement.candidates(hosts.state)).containsExactly("v", "x");
    assertThat(next()).isEmpty();
  }

  @Test
  void aMachineThatFitsNowhereElseStays() {
    hosts.runs("a", "x", 1, 1, 62_000).runs("b", "y", 1, 1, 62_000);
    hosts.state.affinity(List.of(group("g", MUST, Rule.DISABLED, Set.of("x", "y"))));
    assertThat(next()).isEmpty();
  }

  private Scheduler scheduler() {
    return new Scheduler(hosts.state, Settings.DEFAULT);
  }

  private Optional<Proposal> next() {
    return AffinityEnforcement.next(scheduler(), policy, Set.of(), Hosts.NOW);
  }

  private static AffinityGroup group(
      String id, Rule machines, Rule toHosts, Set<String> members, String... hosts) {
    return new AffinityGroup(id, id, 1, members, Set.of(hosts), machines, toHosts);
  }
}
