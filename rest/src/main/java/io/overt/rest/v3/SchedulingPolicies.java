package io.overt.rest.v3;

import io.overt.codec.ExtraElement;
import io.overt.codec.Extras;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.rest.api.Customs.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scheduling policy whose name a client said of a cluster; the thresholds become the
 * cluster's own, as in oVirt 3.4.
 */
final class SchedulingPolicies {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "low", "LowUtilization",
          "high", "HighUtilization",
          "duration", "CpuOverCommitDurationMinutes");

  private SchedulingPolicies() {}

  static void choose(Incoming incoming, Struct cluster) {
    if (!(cluster.get("scheduling_policy") instanceof Struct said) || said.id() != null) {
      return;
    }
    Extras extras = incoming.extras();
    ExtraElement policy = extras.of(said, "policy");
    Object name = policy == null ? said.get("name") : policy.text();
    if (name == null) {
      return;
    }
    ExtraElement thresholds = extras.of(said, "thresholds");
    for (Struct found : incoming.inner().list("/schedulingpolicies")) {
      if (name.equals(found.get("name"))) {
        cluster.set("scheduling_policy", new SchedulingPolicy().id(found.requireId()));
        List<Property> own = own(found, thresholds);
        if (!own.isEmpty()) {
          cluster.set("custom_scheduling_policy_properties", own);
        }
        return;
      }
    }
    throw new ApiFault(
        ApiFault.Category.INTERNAL,
        "Operation Failed",
        "Can't find a compatible scheduling policy.");
  }

  /** What the client says of what the policy knows. */
  private static List<Property> own(Struct policy, @Nullable ExtraElement thresholds) {
    List<Property> own = new ArrayList<>();
    PROPERTIES.forEach(
        (attribute, name) -> {
          String said = thresholds == null ? null : value(attribute, thresholds.text(attribute));
          String has = property(policy, name);
          if (said != null && has != null) {
            own.add(new Property().name(name).value(said));
          }
        });
    return own;
  }

  /** Version 3 says seconds where policies say minutes. */
  private static @Nullable String value(String attribute, @Nullable String said) {
    if (said == null || !attribute.equals("duration")) {
      return said;
    }
    if (!said.matches("[0-9]{1,9}")) {
      throw ApiFault.bad(
          "scheduling_policy.thresholds.duration is '" + said + "'; expected seconds");
    }
    return Long.toString(Math.round(Long.parseLong(said) / 60.0));
  }

  private static @Nullable String property(Struct policy, String name) {
    if (policy.get("properties") instanceof List<?> properties) {
      for (Object entry : properties) {
        if (entry instanceof Struct property
            && name.equals(property.get("name"))
            && property.get("value") instanceof String value) {
          return value;
        }
      }
    }
    return null;
  }
}
