package io.overt.engine.webadmin.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much of each resource was used during the last day; it lives as long as the engine. */
final class History {
  private static final Duration KEPT = Duration.ofDays(1);

  /** A difference of shares below this is none. */
  private static final double SAME = 0.01;

  private record Sample(Instant time, Map<String, Double> used) {}

  /** Hosts, domains and machines by resource and name. */
  private record Shares(Map<String, Double> byName) {
    private static String key(String resource, Usage.Of user) {
      return resource + '/' + user.name();
    }
  }

  private final Deque<Sample> samples = new ArrayDeque<>();
  private Shares last = new Shares(Map.of());
  private Shares before = last;

  synchronized void add(Instant time, Map<String, Usage> usages) {
    while (!samples.isEmpty() && samples.getFirst().time().plus(KEPT).isBefore(time)) {
      samples.removeFirst();
    }
    Map<String, Double> used = new HashMap<>();
    Map<String, Double> shares = new HashMap<>();
    usages.forEach(
        (resource, usage) -> {
          used.put(resource, usage.used());
          usage.users().forEach(user -> shares.put(Shares.key(resource, user), user.share()));
        });
    samples.addLast(new Sample(time, used));
    before = last;
    last = new Shares(shares);
  }

  /** Of that resource, the oldest first, with what is so now. */
  synchronized List<Map<String, Object>> values(String resource, double used, Instant now) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (Sample sample : samples) {
      values.add(value(sample.used().getOrDefault(resource, 0.0), sample.time()));
    }
    values.add(value(used, now));
    return values;
  }

  /** What became of a user's share since the last sample but one. */
  synchronized String trend(String resource, Usage.Of user) {
    Double earlier = before.byName().get(Shares.key(resource, user));
    if (earlier == null || Math.abs(user.share() - earlier) < SAME) {
      return "same";
    }
    return user.share() > earlier ? "up" : "down";
  }

  private static Map<String, Object> value(double used, Instant time) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("value", Usage.round(used));
    value.put("date", time.toEpochMilli());
    return value;
  }
}
