package io.overt.engine.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.engine.placement.PolicyReader;
import io.overt.fleet.Membership;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.FiltersService;
import io.overt.model.services.SchedulingPoliciesService;
import io.overt.model.services.SchedulingPolicyService;
import io.overt.model.services.SchedulingPolicyUnitService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Filter;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.rest.api.Extension;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Selector;
import io.overt.scheduling.external.Discovery;
import io.overt.scheduling.external.ExternalUnit;
import io.overt.scheduling.external.ExternalUnit.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Units that come and go, and policies that use them. */
class ExternalUnitsTest {
  private static final String MEMORY = "c9ddbb34-0e1d-4061-a8d7-b0893fa80932";
  private static TestEngine engine;
  private static ExternalUnits units;
  private static SchedulingPolicies policies;

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
    units = new ExternalUnits(engine.platform(), Optional.empty(), Duration.ofSeconds(1));
    policies = new SchedulingPolicies(engine.platform());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static ExternalUnit unit(String name, Kind kind, String regex) {
    return new ExternalUnit(name, kind, "counts", Map.of("most", regex), Optional.empty());
  }

  private static void found(ExternalUnit... found) {
    units.found(new Discovery(true, Arrays.asList(found), List.of()));
  }

  private static List<SchedulingPolicyUnit> stored(String name) {
    return engine.inventory().snapshot().all(Kinds.SCHEDULING_POLICY_UNIT).stream()
        .map(Entity::value)
        .filter(unit -> name.equals(unit.name()))
        .toList();
  }

  private static String policy(String name, String unit) {
    String id =
        Objects.requireNonNull(
                policies
                    .add(
                        new SchedulingPoliciesService.AddRequest(
                            engine.call().with("policy", new SchedulingPolicy().name(name))))
                    .entity())
            .requireId();
    policies
        .policy(id)
        .filters()
        .add(
            new FiltersService.AddRequest(
                engine
                    .call()
                    .with(
                        "filter",
                        new Filter().schedulingPolicyUnit(new SchedulingPolicyUnit().id(unit)))));
    return id;
  }

  private static void properties(String policy, String value) {
    policies
        .policy(policy)
        .update(
            new SchedulingPolicyService.UpdateRequest(
                engine
                    .call()
                    .with(
                        "policy",
                        new SchedulingPolicy()
                            .properties(List.of(new Property().name("most").value(value))))));
  }

  private static void refused(ApiFault.Category category, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.category()).isEqualTo(category));
  }

  private static void remove(String unit) {
    new PolicyUnits(engine.platform())
        .unit(unit)
        .remove(new SchedulingPolicyUnitService.RemoveRequest(engine.call()));
  }

  private static Policy read(String policy) {
    return PolicyReader.read(
        engine.inventory().snapshot(),
        new Cluster().schedulingPolicy(new SchedulingPolicy().id(policy)));
  }

  @Test
  void oneNameIsAUnitForEachKindAndKeepsItsIdAsItComesAndGoes() {
    found(unit("pair", Kind.FILTER, "[0-9]*"), unit("pair", Kind.WEIGHT, ".*"));
    List<SchedulingPolicyUnit> both = stored("pair");
    assertThat(both)
        .hasSize(2)
        .allSatisfy(
            unit -> {
              assertThat(unit.internal()).isFalse();
              assertThat(unit.enabled()).isTrue();
              assertThat(unit.description()).isEqualTo("counts");
            });
    found(unit("pair", Kind.FILTER, "[1-9]"));
    assertThat(stored("pair"))
        .extracting(SchedulingPolicyUnit::id, SchedulingPolicyUnit::enabled)
        .containsExactlyInAnyOrderElementsOf(
            both.stream()
                .map(
                    unit ->
                        org.assertj.core.api.Assertions.tuple(
                            unit.id(),
                            "filter".equals(Objects.requireNonNull(unit.type_()).wire())))
                .toList());
    assertThat(stored("pair"))
        .filteredOn(unit -> Boolean.TRUE.equals(unit.enabled()))
        .allSatisfy(
            unit ->
                assertThat(Objects.requireNonNull(unit.properties()).getFirst().value())
                    .isEqualTo("[1-9]"));
  }

  /** An engine with units of its own. */
  private record TestNode(String id, Set<String> alive) implements Membership {
    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public boolean holds() {
      return true;
    }

    ExternalUnits units() {
      ExternalUnits units =
          new ExternalUnits(engine.platform(), Optional.empty(), Duration.ofSeconds(1));
      units.join(this);
      return units;
    }
  }

  @Test
  void aUnitIsEnabledAsLongAsAnEngineHasIt() {
    Set<String> alive = new HashSet<>(Set.of("one", "two"));
    ExternalUnits one = new TestNode("one", alive).units();
    ExternalUnits two = new TestNode("two", alive).units();
    Discovery nothing = new Discovery(true, List.of(), List.of());
    Discovery both = new Discovery(true, List.of(unit("here", Kind.FILTER, ".*")), List.of());
    one.found(both);
    two.found(nothing);
    assertThat(stored("here").getFirst().enabled()).isTrue();
    two.found(both);
    one.found(nothing);
    assertThat(stored("here").getFirst().enabled()).isTrue();
    two.found(nothing);
    assertThat(stored("here").getFirst().enabled()).isFalse();

    two.found(both);
    alive.remove("two");
    one.found(nothing);
    assertThat(stored("here").getFirst().enabled()).as("its engine is gone").isFalse();
    alive.add("two");
    two.found(both);
    assertThat(stored("here")).hasSize(1).allSatisfy(it -> assertThat(it.enabled()).isTrue());
  }

  @Test
  void aPolicyUsesItWhileItIsThereAndKeepsItFromBeingRemoved() {
    found(unit("used", Kind.FILTER, "[0-9]+"));
    String unit = stored("used").getFirst().requireId();
    String policy = policy("with-used", unit);
    refused(ApiFault.Category.BAD_PARAMETER, () -> properties(policy, "many"));
    properties(policy, "12");
    assertThat(read(policy).externalFilters()).containsExactly("used");
    refused(ApiFault.Category.CONFLICT, () -> remove(unit));
    refused(ApiFault.Category.BAD_PARAMETER, () -> remove(MEMORY));
    found();
    assertThat(read(policy).externalFilters()).isEmpty();
    policies
        .policy(policy)
        .filters()
        .filter(unit)
        .remove(new io.overt.model.services.FilterService.RemoveRequest(engine.call()));
    assertThat(
            engine
                .inventory()
                .snapshot()
                .find(Kinds.SCHEDULING_POLICY, policy)
                .orElseThrow()
                .value()
                .properties())
        .as("a property goes with the last unit that knows it")
        .isNullOrEmpty();
    remove(unit);
    assertThat(stored("used")).isEmpty();
  }

  @Test
  void aRegularExpressionThatJavaCannotReadIsABadValueNotAnError() {
    found(unit("odd", Kind.FILTER, "(?P<n>[0-9])("));
    String policy = policy("with-odd", stored("odd").getFirst().requireId());
    refused(ApiFault.Category.BAD_PARAMETER, () -> properties(policy, "1"));
  }

  @Test
  void theSelectorOfAPolicyCanBeReadAndSet() {
    String policy = policy("selected", MEMORY);
    assertThat(answer("GET", policy, Map.of())).contains("\"name\":\"RankSelector\"");
    assertThat(answer("PUT", policy, Map.of("name", "BasicWeighting")))
        .contains("\"name\":\"BasicWeighting\"");
    assertThat(read(policy).selector()).isEqualTo(Selector.BASIC);
    refused(
        ApiFault.Category.BAD_PARAMETER, () -> answer("PUT", policy, Map.of("name", "Fastest")));
    refused(
        ApiFault.Category.BAD_PARAMETER,
        () ->
            answer(
                "PUT", "b4ed2332-a7ac-4d5f-9596-99a439cb2812", Map.of("name", "BasicWeighting")));
  }

  private static String answer(String method, String policy, Map<String, String> query) {
    return new PolicySelectors(engine.platform())
        .extensions().stream()
            .filter(extension -> extension.method().equals(method))
            .findFirst()
            .orElseThrow()
            .handler()
            .answer(new Extension.Request(engine.call(), Map.of("policy", policy), query))
            .toString();
  }
}
