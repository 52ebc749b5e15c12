package io.overt.scheduling.unit;

import java.util.Map;

/** The properties of a cluster's policy, as numbers; all were checked when they were set. */
public record PolicyProperties(Map<String, String> values) {
  public static final PolicyProperties NONE = new PolicyProperties(Map.of());

  public PolicyProperties {
    values = Map.copyOf(values);
  }

  public double number(String name, double otherwise) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(values.get(name));
  }
}
