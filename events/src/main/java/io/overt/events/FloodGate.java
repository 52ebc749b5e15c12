package io.overt.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets an event of a type about the same objects pass once per flood interval. */
final class FloodGate {
  private static final int CLEANING_SIZE = 10_000;
  private final Clock clock;
  private final Map<String, Instant> closedUntil = new ConcurrentHashMap<>();

  FloodGate(Clock clock) {
    this.clock = clock;
  }

  boolean lets(String key, Duration interval) {
    if (interval.isZero()) {
      return true;
    }
    Instant now = clock.instant();
    if (closedUntil.size() > CLEANING_SIZE) {
      closedUntil.values().removeIf(until -> until.isBefore(now));
    }
    boolean[] open = new boolean[1];
    closedUntil.compute(
        key,
        (ignored, until) -> {
          open[0] = until == null || !until.isAfter(now);
          return open[0] ? now.plus(interval) : until;
        });
    return open[0];
  }
}
