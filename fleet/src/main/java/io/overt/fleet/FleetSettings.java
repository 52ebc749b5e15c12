package io.overt.fleet;

import java.time.Duration;

/**
 * Times of the monitoring.
 *
 * @param port where agents listen unless the host says otherwise
 * @param poll statistics of a connected host (oVirt: 15 s)
 * @param retryFirst wait before the first new connection, doubled up to {@code retryLast}
 * @param grace silence after which a host is non-responsive (oVirt: 60 s)
 * @param recovery how long a host may answer "recovering" (oVirt: 3 min)
 * @param callDeadline of a verb without its own
 * @param vanished how long a started machine may be missing from its host's reports before it
 *     counts as crashed
 */
public record FleetSettings(
    int port,
    Duration poll,
    Duration retryFirst,
    Duration retryLast,
    Duration grace,
    Duration recovery,
    Duration callDeadline,
    Duration vanished) {

  /** oVirt's cadence, with a quicker reconnection. */
  public static FleetSettings defaults() {
    return new FleetSettings(
        54321,
        Duration.ofSeconds(15),
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofMinutes(3),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20));
  }
}
