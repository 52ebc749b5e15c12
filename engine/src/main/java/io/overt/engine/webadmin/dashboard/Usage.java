package io.overt.engine.webadmin.dashboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of something is used.
 *
 * @param promised what machines or disks may take of it together
 */
record Usage(double used, double total, double promised) {
  private static final int SHOWN = 10;

  /**
   * What one object uses.
   *
   * @param total what it may use at most
   */
  record Of(String name, double used, double total) {
    double share() {
      return total <= 0 ? 0 : Math.min(1, used / total);
    }

    private Map<String, Object> data() {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("name", name);
      data.put("used", round(used));
      data.put("total", round(total));
      // nothing is kept of earlier times
      data.put("trend", "same");
      return data;
    }
  }

  /** With the objects that use most. */
  Map<String, Object> data(Instant now, List<Of> hosts, List<Of> storage, List<Of> machines) {
    Map<String, Object> data = new LinkedHashMap<>();
    long percent = total <= 0 ? 0 : Math.round(100 * promised / total);
    data.put("used", round(used));
    data.put("total", round(total));
    data.put("overcommit", Math.max(0, percent - 100));
    data.put("allocated", percent);
    data.put("history", List.of(Map.of("value", round(used), "date", now.toEpochMilli())));
    Map<String, Object> users = new LinkedHashMap<>();
    users.put("hosts", most(hosts));
    users.put("storage", most(storage));
    users.put("vms", most(machines));
    data.put("utilization", users);
    return data;
  }

  private static List<Map<String, Object>> most(List<Of> users) {
    return users.stream()
        .sorted(Comparator.comparingDouble(Of::share).reversed())
        .limit(SHOWN)
        .map(Of::data)
        .toList();
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
