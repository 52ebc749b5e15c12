package io.overt.engine.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.BalancesService;
import io.overt.model.services.FiltersService;
import io.overt.model.services.SchedulingPoliciesService;
import io.overt.model.services.SchedulingPolicyService;
import io.overt.model.types.Balance;
import io.overt.model.types.Filter;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulingPoliciesTest {
  private static final String CPU = "6d636bf6-a35c-4f9d-b68d-0731f720cddc";
  private static final String OVERLOADED = "98842bc5-4094-4b83-8224-7b50f86a94c9";
  private static final String NO_BALANCE = "38440000-8cf0-14bd-c43e-10b96e4ef00a";
  private static final String EVEN_BALANCE = "7db4ab05-81ab-42e8-868a-aee2df483ed2";

  private final TestEngine engine = TestEngine.open();
  private final SchedulingPolicies policies = new SchedulingPolicies(engine.platform());

  @AfterEach
  void close() {
    engine.close();
  }

  private String add(String name) {
    return Objects.requireNonNull(
            policies
                .add(
                    new SchedulingPoliciesService.AddRequest(
                        engine.call().with("policy", new SchedulingPolicy().name(name))))
                .entity())
        .requireId();
  }

  private Outcome<Filter> filter(String policy, String unit, long position) {
    return policies
        .policy(policy)
        .filters()
        .add(
            new FiltersService.AddRequest(
                engine
                    .call()
                    .with(
                        "filter",
                        new Filter()
                            .position(position)
                            .schedulingPolicyUnit(new SchedulingPolicyUnit().id(unit)))));
  }

  private void balance(String policy, String unit) {
    policies
        .policy(policy)
        .balances()
        .add(
            new BalancesService.AddRequest(
                engine
                    .call()
                    .with(
                        "balance",
                        new Balance().schedulingPolicyUnit(new SchedulingPolicyUnit().id(unit)))));
  }

  private static void bad(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> assertThat(fault.category()).isEqualTo(ApiFault.Category.BAD_PARAMETER));
  }

  @Test
  void everyPredefinedPolicyHasFiltersWeightsAndOneBalance() {
    var snapshot = engine.inventory().snapshot();
    assertThat(snapshot.all(Kinds.SCHEDULING_POLICY))
        .hasSize(5)
        .allSatisfy(
            policy -> {
              assertThat(snapshot.owned(Kinds.FILTER, policy.key())).hasSizeGreaterThan(10);
              assertThat(snapshot.owned(Kinds.WEIGHT, policy.key())).hasSizeGreaterThan(7);
              assertThat(snapshot.owned(Kinds.BALANCE, policy.key())).hasSize(1);
              PolicyProperties.check(snapshot, policy.key(), policy.value().properties());
            });
  }

  @Test
  void predefinedPoliciesAreLocked() {
    String none = "b4ed2332-a7ac-4d5f-9596-99a439cb2812";
    bad(
        () ->
            policies.policy(none).remove(new SchedulingPolicyService.RemoveRequest(engine.call())));
    bad(() -> filter(none, CPU, 0));
  }

  @Test
  void unitIsAssignedOnceAndInItsPlace() {
    String policy = add("gold");

    assertThat(filter(policy, CPU, -1).assigned()).isTrue();
    bad(() -> filter(policy, CPU, 0));
    bad(() -> filter(policy, OVERLOADED, -1));
    bad(() -> filter(policy, NO_BALANCE, 0));
  }

  @Test
  void balanceReplacesTheFormerOne() {
    String policy = add("gold");
    balance(policy, NO_BALANCE);
    balance(policy, EVEN_BALANCE);

    assertThat(
            engine.inventory().snapshot().owned(Kinds.BALANCE, Kinds.SCHEDULING_POLICY.key(policy)))
        .extracting(entity -> entity.id())
        .containsExactly(EVEN_BALANCE);
  }

  @Test
  void propertiesMustSuitTheUnits() {
    String policy = add("gold");
    bad(() -> setHighUtilization(policy, "70"));
    filter(policy, OVERLOADED, 0);

    setHighUtilization(policy, "70");
    bad(() -> setHighUtilization(policy, "lots"));
  }

  private void setHighUtilization(String policy, String value) {
    policies
        .policy(policy)
        .update(
            new SchedulingPolicyService.UpdateRequest(
                engine
                    .call()
                    .with(
                        "policy",
                        new SchedulingPolicy()
                            .properties(
                                List.of(new Property().name("HighUtilization").value(value))))));
  }
}
