package io.overt.engine.policies;

import io.overt.engine.resource.Tables;
import io.overt.inventory.Entity;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The units and policies of a new installation, with oVirt's ids. */
final class PredefinedPolicies {
  private static final String NONE = "b4ed2332-a7ac-4d5f-9596-99a439cb2812";

  /** In the order in which clients see their properties. */
  private static final List<Predefined> ALL =
      List.of(
          new Predefined(
              "5a2b0939-7d46-4b73-a469-e9c2c7fc6a53",
              "power_saving",
              "HighUtilization=80 LowUtilization=20 HeSparesCount=0"
                  + " CpuOverCommitDurationMinutes=2"),
          new Predefined(NONE, "none", "HighUtilization=80 CpuOverCommitDurationMinutes=2"),
          new Predefined(
              "7677771e-5eab-422e-83fa-dc04080d21b7",
              "cluster_maintenance",
              "HighUtilization=80 CpuOverCommitDurationMinutes=2"),
          new Predefined(
              "20d25257-b4bd-4589-92a6-c4c5c5d3fd1a",
              "evenly_distributed",
              "HighUtilization=80 HeSparesCount=0 CpuOverCommitDurationMinutes=2"
                  + " VCpuToPhysicalCpuRatio=0"),
          new Predefined(
              "8d5d7bec-68de-4a67-b53e-0ac54686d579",
              "vm_evenly_distributed",
              "HighUtilization=80 HeSparesCount=0 CpuOverCommitDurationMinutes=2"
                  + " HighVmCount=10 SpmVmGrace=5 MigrationThreshold=5"));

  private record Predefined(String id, String name, String properties) {}

  private PredefinedPolicies() {}

  static void install(Transaction transaction) {
    for (List<String> row : Tables.read(PredefinedPolicies.class, "policy-units.tsv")) {
      String type = row.get(1);
      SchedulingPolicyUnit unit =
          new SchedulingPolicyUnit()
              .id(row.get(0))
              .name(row.get(2))
              .description(row.get(3))
              .enabled(true)
              .internal(true);
      if (!type.isEmpty()) {
        unit.type_(
            Arrays.stream(PolicyUnitType.values())
                .filter(value -> value.wire().equals(type))
                .findFirst()
                .orElseThrow());
      }
      if (!row.get(4).isEmpty()) {
        unit.properties(properties(row.get(4)));
      }
      transaction.insert(Kinds.SCHEDULING_POLICY_UNIT, unit);
    }
    Map<String, Key> keys = new HashMap<>();
    for (Predefined policy : ALL) {
      Entity<SchedulingPolicy> entity =
          transaction.insert(
              Kinds.SCHEDULING_POLICY,
              new SchedulingPolicy()
                  .id(policy.id())
                  .name(policy.name())
                  .defaultPolicy(policy.id().equals(NONE))
                  .locked(true)
                  .properties(properties(policy.properties())));
      keys.put(policy.name(), entity.key());
    }
    for (List<String> row : Tables.read(PredefinedPolicies.class, "policies.tsv")) {
      Key policy = keys.get(row.get(0));
      if (policy == null) {
        throw new IllegalStateException("policies.tsv names an unknown policy " + row.get(0));
      }
      add(transaction, policy, row.get(1), row.get(2), row.get(3));
    }
  }

  private static void add(
      Transaction transaction, Key policy, String kind, String unitId, String value) {
    SchedulingPolicyUnit unit = new SchedulingPolicyUnit().id(unitId);
    SchedulingPolicy reference = new SchedulingPolicy().id(policy.id());
    switch (kind) {
      case "filter" ->
          transaction.insert(
              Kinds.FILTER,
              new Filter().id(unitId).position(Long.parseLong(value)).schedulingPolicyUnit(unit),
              policy);
      case "weight" ->
          transaction.insert(
              Kinds.WEIGHT,
              new Weight()
                  .id(unitId)
                  .factor(Long.parseLong(value))
                  .schedulingPolicy(reference)
                  .schedulingPolicyUnit(unit),
              policy);
      case "balance" ->
          transaction.insert(
              Kinds.BALANCE,
              new Balance().id(unitId).schedulingPolicy(reference).schedulingPolicyUnit(unit),
              policy);
      default -> throw new IllegalStateException("policies.tsv has an unknown kind " + kind);
    }
  }

  /** {@code name=value} pairs, separated by blanks. */
  private static List<Property> properties(String text) {
    List<Property> properties = new ArrayList<>();
    for (String pair : text.split(" ", -1)) {
      int equals = pair.indexOf('=');
      properties.add(
          new Property().name(pair.substring(0, equals)).value(pair.substring(equals + 1)));
    }
    return properties;
  }
}
