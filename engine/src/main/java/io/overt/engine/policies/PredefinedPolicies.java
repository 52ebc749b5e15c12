package io.overt.engine.policies;

import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Balance;
import io.overt.model.types.Filter;
import io.overt.model.types.PolicyUnitType;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.Weight;
import io.overt.scheduling.Catalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The units and policies of a new installation. */
final class PredefinedPolicies {
  private PredefinedPolicies() {}

  static void install(Transaction transaction) {
    for (Catalogue.Unit unit : Catalogue.units()) {
      SchedulingPolicyUnit entity =
          new SchedulingPolicyUnit()
              .id(unit.id())
              .name(unit.name())
              .description(unit.description())
              .enabled(true)
              .internal(true);
      if (!unit.type().isEmpty()) {
        entity.type_(
            Arrays.stream(PolicyUnitType.values())
                .filter(value -> value.wire().equals(unit.type()))
                .findFirst()
                .orElseThrow());
      }
      if (!unit.properties().isEmpty()) {
        entity.properties(properties(unit.properties()));
      }
      transaction.insert(Kinds.SCHEDULING_POLICY_UNIT, entity);
    }
    for (Catalogue.Predefined policy : Catalogue.policies()) {
      Key key =
          transaction
              .insert(
                  Kinds.SCHEDULING_POLICY,
                  new SchedulingPolicy()
                      .id(policy.id())
                      .name(policy.name())
                      .defaultPolicy(policy.standard())
                      .locked(true)
                      .properties(properties(policy.properties())))
              .key();
      policy.parts().forEach(part -> add(transaction, key, part));
    }
  }

  private static void add(Transaction transaction, Key policy, Catalogue.Part part) {
    SchedulingPolicyUnit unit = new SchedulingPolicyUnit().id(part.unitId());
    SchedulingPolicy reference = new SchedulingPolicy().id(policy.id());
    switch (part.kind()) {
      case "filter" ->
          transaction.insert(
              Kinds.FILTER,
              new Filter()
                  .id(part.unitId())
                  .position((long) part.number())
                  .schedulingPolicyUnit(unit),
              policy);
      case "weight" ->
          transaction.insert(
              Kinds.WEIGHT,
              new Weight()
                  .id(part.unitId())
                  .factor((long) part.number())
                  .schedulingPolicy(reference)
                  .schedulingPolicyUnit(unit),
              policy);
      case "balance" ->
          transaction.insert(
              Kinds.BALANCE,
              new Balance()
                  .id(part.unitId())
                  .schedulingPolicy(reference)
                  .schedulingPolicyUnit(unit),
              policy);
      default -> throw new IllegalStateException("unknown part of a policy: " + part.kind());
    }
  }

  private static List<Property> properties(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> new Property().name(entry.getKey()).value(entry.getValue()))
        .toList();
  }
}
