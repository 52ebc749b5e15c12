package io.overt.engine.balancing;

import java.time.Duration;

/**
 * When the engine looks after its clusters by itself.
 *
 * @param loads whether load balancers run at all (oVirt: {@code EnableVdsLoadBalancing})
 * @param loadInterval between their rounds ({@code VdsLoadBalancingIntervalInMinutes})
 * @param affinity whether broken rules of affinity are mended
 * @param affinityInterval between those rounds
 * @param reservationInterval between checks of room for highly available machines ({@code
 *     VdsHaReservationIntervalInMinutes})
 */
public record BalancingTimes(
    boolean loads,
    Duration loadInterval,
    boolean affinity,
    Duration affinityInterval,
    Duration reservationInterval) {

  /** oVirt's configuration as installed. */
  public static final BalancingTimes DEFAULT =
      new BalancingTimes(
          true, Duration.ofMinutes(1), true, Duration.ofMinutes(1), Duration.ofMinutes(5));
}
