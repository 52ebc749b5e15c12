package io.overt.shell.command;

import io.overt.sdk.schema.LocatorType;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.Schema;
import io.overt.sdk.schema.ServiceType;
import java.util.Set;
import java.util.TreeSet;

/** Actions as commands: {@code start vm web01}. */
final class ShortActions {
  private ShortActions() {}

  static boolean isAction(String word) {
    return all().contains(word.replace("_", "").replace("-", ""));
  }

  /** The actions of all objects. */
  static Set<String> all() {
    Set<String> names = new TreeSet<>();
    for (LocatorType locator : Schema.current().root().locators()) {
      if (locator.variable() || !locator.target().collection()) {
        continue;
      }
      ServiceType item = locator.target().item().map(LocatorType::target).orElse(null);
      if (item != null) {
        add(item, names);
        for (LocatorType below : item.locators()) {
          below.target().item().map(LocatorType::target).ifPresent(part -> add(part, names));
        }
      }
    }
    return names;
  }

  private static void add(ServiceType service, Set<String> names) {
    for (OperationType action : service.actions()) {
      names.add(action.segment());
    }
  }
}
