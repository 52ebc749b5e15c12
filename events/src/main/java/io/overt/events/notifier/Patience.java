package io.overt.events.notifier;

import java.time.Duration;

/**
 * How failed deliveries are repeated.
 *
 * @param first pause after the first failure; it doubles with each
 * @param longest pause at most
 * @param deadAfter when a delivery is given up
 * @param atStart older ones are given up when the notifier starts
 * @param remembered how long sent ones are remembered; zero for ever
 * @param poll how often to look without being told
 * @param threshold after how many polls without the database it is told of again
 */
record Patience(
    Duration first,
    Duration longest,
    Duration deadAfter,
    Duration atStart,
    Duration remembered,
    Duration poll,
    int threshold) {
  private static final int MOST_DOUBLINGS = 20;
  private static final int MANY = 1_000_000;

  static Patience of(Settings settings) {
    return new Patience(
        seconds(settings, NotifierKey.DELIVERY_RETRY_SECONDS, 1),
        seconds(settings, NotifierKey.DELIVERY_RETRY_LIMIT_SECONDS, 1),
        Duration.ofHours(settings.number(NotifierKey.DELIVERY_DEAD_AFTER_HOURS, "", 1, MANY)),
        Duration.ofDays(settings.number(NotifierKey.DAYS_TO_SEND_ON_STARTUP, "", 0, MANY)),
        Duration.ofDays(settings.number(NotifierKey.DAYS_TO_KEEP_HISTORY, "", 0, MANY)),
        seconds(settings, NotifierKey.INTERVAL_IN_SECONDS, 1),
        Math.max(
            1, settings.number(NotifierKey.FAILED_QUERIES_NOTIFICATION_THRESHOLD, "", 0, MANY)));
  }

  private static Duration seconds(Settings settings, NotifierKey key, int least) {
    return Duration.ofSeconds(settings.number(key, "", least, MANY));
  }

  /**
   * The pause before the next attempt.
   *
   * @param attempts how many have failed
   */
  Duration pause(int attempts) {
    Duration pause = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, attempts - 1)));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
