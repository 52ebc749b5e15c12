package io.overt.agent.simulated;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A range of times, both ends included. */
public record Latency(Duration least, Duration most) {

  public Latency {
    if (least.isNegative() || most.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "Latency %s..%s must not be negative or reversed".formatted(least, most));
    }
  }

  public static Latency none() {
    return millis(0, 0);
  }

  public static Latency millis(long least, long most) {
    return new Latency(Duration.ofMillis(least), Duration.ofMillis(most));
  }

  Duration next() {
    long range = most.minus(least).toNanos();
    return range == 0 ? least : least.plusNanos(ThreadLocalRandom.current().nextLong(range + 1));
  }

  /** Takes that long. */
  void pass() throws InterruptedException {
    Duration time = next();
    if (time.isPositive()) {
      Thread.sleep(time);
    }
  }
}
