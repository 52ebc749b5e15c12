package io.overt.engine.webadmin.dashboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many objects there are, and of what condition. */
final class Counts {
  /** Conditions, the one to look at first in front. */
  enum Condition {
    ALERT,
    ERROR,
    WARNING,
    DOWN,
    UP
  }

  private Counts() {}

  /** Conditions that nothing has are left out. */
  static Map<String, Object> of(Collection<Condition> all) {
    Map<Condition, Long> counted = new EnumMap<>(Condition.class);
    all.forEach(condition -> counted.merge(condition, 1L, Long::sum));
    List<Map<String, Object>> statuses = new ArrayList<>();
    counted.forEach(
        (condition, count) -> {
          Map<String, Object> status = new LinkedHashMap<>();
          status.put("type", condition.name().toLowerCase(Locale.ROOT));
          status.put("count", count);
          statuses.add(status);
        });
    Map<String, Object> inventory = new LinkedHashMap<>();
    inventory.put("totalCount", all.size());
    inventory.put("statuses", statuses);
    return inventory;
  }
}
