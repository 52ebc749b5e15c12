package io.overt.shell.objects;

import io.overt.sdk.schema.LocatorType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.ServiceType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the model lets one write. */
public final class Completions {
  private Completions() {}

  /** The types whose objects need no parent. */
  public static List<String> types(boolean plural) {
    TreeSet<String> names = new TreeSet<>();
    for (LocatorType locator : Schema.current().root().locators()) {
      if (!locator.variable() && locator.target().collection()) {
        names.add(plural ? locator.segment() : Places.singular(locator));
      }
    }
    return List.copyOf(names);
  }

  /** All types, with those that are parts of others. */
  public static List<String> allTypes(boolean plural) {
    TreeSet<String> names = new TreeSet<>(types(plural));
    for (LocatorType locator : Schema.current().root().locators()) {
      ServiceType item = itemOf(locator);
      if (item != null) {
        for (LocatorType below : item.locators()) {
          if (!below.variable() && below.target().collection()) {
            names.add(plural ? below.segment() : Places.singular(below));
          }
        }
      }
    }
    return List.copyOf(names);
  }

  /** The types whose objects have objects of this type. */
  public static List<String> parentsOf(String type) {
    List<String> parents = new ArrayList<>();
    for (LocatorType locator : Schema.current().root().locators()) {
      ServiceType item = itemOf(locator);
      if (item != null && item.locators().stream().anyMatch(below -> Places.isNamed(below, type))) {
        parents.add(Places.singular(locator));
      }
    }
    return parents;
  }

  private static @org.jspecify.annotations.Nullable ServiceType itemOf(LocatorType locator) {
    return locator.variable() || !locator.target().collection()
        ? null
        : locator.target().item().map(LocatorType::target).orElse(null);
  }
}
