package io.overt.engine.webadmin.dashboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much of something is used.
 *
 * @param promised what machines or disks may take of it together
 * @param by who uses it
 */
record Usage(double used, double total, double promised, By by) {
  private static final int SHOWN = 10;

  /** Those of whom only some kinds use a resource. */
  record By(List<Of> hosts, List<Of> storage, List<Of> machines) {}

  /**
   * What one object uses.
   *
   * @param total what it may use at most
   */
  record Of(String name, double used, double total) {
    double share() {
      return total <= 0 ? 0 : Math.min(1, used / total);
    }

    private Map<String, Object> data(String trend) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("name", name);
      data.put("used", round(used));
      data.put("total", round(total));
      data.put("trend", trend);
      return data;
    }
  }

  Stream<Of> users() {
    return Stream.of(by.hosts(), by.storage(), by.machines()).flatMap(List::stream);
  }

  /** With the objects that use most. */
  Map<String, Object> data(String resource, History history, Instant now) {
    Map<String, Object> data = new LinkedHashMap<>();
    long percent = total <= 0 ? 0 : Math.round(100 * promised / total);
    data.put("used", round(used));
    data.put("total", round(total));
    data.put("overcommit", Math.max(0, percent - 100));
    data.put("allocated", percent);
    data.put("history", history.values(resource, used, now));
    Map<String, Object> users = new LinkedHashMap<>();
    users.put("hosts", most(by.hosts(), resource, history));
    users.put("storage", most(by.storage(), resource, history));
    users.put("vms", most(by.machines(), resource, history));
    data.put("utilization", users);
    return data;
  }

  private static List<Map<String, Object>> most(List<Of> users, String resource, History history) {
    return users.stream()
        .sorted(Comparator.comparingDouble(Of::share).reversed())
        .limit(SHOWN)
        .map(user -> user.data(history.trend(resource, user)))
        .toList();
  }

  static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
