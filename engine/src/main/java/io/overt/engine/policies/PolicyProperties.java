package io.overt.engine.policies;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The properties that a policy's units know, and what values they accept. */
public final class PolicyProperties {
  private PolicyProperties() {}

  /**
   * The properties of a cluster with this policy: those of the policy, with the cluster's own
   * values; what no unit of the policy knows is dropped.
   *
   * @throws ApiFault 400 when a unit does not accept a value
   */
  public static List<Property> effective(
      Snapshot snapshot, Entity<SchedulingPolicy> policy, List<Property> wanted) {
    Map<String, String> known = patterns(snapshot, policy.key());
    Map<String, String> values = new LinkedHashMap<>();
    for (Property property : of(policy.value().properties())) {
      values.put(name(property), value(property));
    }
    for (Property property : wanted) {
      if (known.containsKey(name(property))) {
        values.put(name(property), value(property));
      }
    }
    values.forEach((name, value) -> check(known, name, value));
    List<Property> result = new ArrayList<>();
    values.forEach((name, value) -> result.add(new Property().name(name).value(value)));
    return result;
  }

  /** Checks the properties of a policy itself, which must all be known. */
  static void check(Snapshot snapshot, Key policy, @Nullable List<Property> properties) {
    Map<String, String> known = patterns(snapshot, policy);
    for (Property property : of(properties)) {
      if (!known.containsKey(name(property))) {
        throw ApiFault.bad(
            "policy.properties '"
                + name(property)
                + "' is not known to any unit of the policy;"
                + " known are "
                + known.keySet());
      }
      check(known, name(property), value(property));
    }
  }

  private static void check(Map<String, String> known, String name, String value) {
    String pattern = known.get(name);
    if (pattern != null && !matches(value, pattern)) {
      throw ApiFault.bad(
          "The scheduling policy's property "
              + name
              + " has the value '"
              + value
              + "', which does not match "
              + pattern);
    }
  }

  /** Regular expressions of external units are written by others, and for Python. */
  private static boolean matches(String value, String pattern) {
    try {
      return value.matches(pattern);
    } catch (PatternSyntaxException e) {
      throw ApiFault.bad(
          "The regular expression " + pattern + " cannot be used: " + e.getMessage());
    }
  }

  /** The properties without those that no unit of the policy knows any more. */
  static @Nullable List<Property> known(
      Snapshot snapshot, Key policy, @Nullable List<Property> properties) {
    Map<String, String> known = patterns(snapshot, policy);
    return properties == null
        ? null
        : properties.stream().filter(property -> known.containsKey(name(property))).toList();
  }

  /** Name and regular expression of every property that the policy's units know. */
  private static Map<String, String> patterns(Snapshot snapshot, Key policy) {
    Map<String, String> patterns = new LinkedHashMap<>();
    Stream<String> units =
        Stream.of(
                snapshot.owned(Kinds.FILTER, policy).stream().map(Entity::id),
                snapshot.owned(Kinds.WEIGHT, policy).stream().map(Entity::id),
                snapshot.owned(Kinds.BALANCE, policy).stream().map(Entity::id))
            .flatMap(ids -> ids);
    units.forEach(
        id ->
            snapshot
                .find(Kinds.SCHEDULING_POLICY_UNIT, id)
                .map(Entity::value)
                .map(SchedulingPolicyUnit::properties)
                .ifPresent(
                    properties ->
                        properties.forEach(
                            property -> patterns.putIfAbsent(name(property), value(property)))));
    return patterns;
  }

  private static List<Property> of(@Nullable List<Property> properties) {
    return properties == null ? List.of() : properties;
  }

  private static String name(Property property) {
    return Objects.requireNonNullElse(property.name(), "");
  }

  private static String value(Property property) {
    return Objects.requireNonNullElse(property.value(), "");
  }
}
