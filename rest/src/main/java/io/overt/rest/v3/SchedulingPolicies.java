package io.overt.rest.v3;

import io.overt.codec.ExtraElement;
import io.overt.codec.Extras;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.types.SchedulingPolicy;
import io.overt.rest.api.Customs.Incoming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the scheduling policy whose name and thresholds a client said of a cluster. */
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
      if (name.equals(found.get("name")) && agree(found, thresholds)) {
        cluster.set("scheduling_policy", new SchedulingPolicy().id(found.requireId()));
        return;
      }
    }
    throw new ApiFault(
        ApiFault.Category.INTERNAL,
        "Operation Failed",
        "Can't find a compatible scheduling policy.");
  }

  /** Only what both sides define has to be the same. */
  private static boolean agree(Struct policy, @Nullable ExtraElement thresholds) {
    for (Map.Entry<String, String> entry : PROPERTIES.entrySet()) {
      String said = thresholds == null ? null : thresholds.text(entry.getKey());
      String has = property(policy, entry.getValue());
      if (said != null && has != null && !said.equals(has)) {
        return false;
      }
    }
    return true;
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
