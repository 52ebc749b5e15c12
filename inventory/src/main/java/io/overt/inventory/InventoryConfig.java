package io.overt.inventory;

import java.time.Duration;

/**
 * @param writeDeadline how long a write may wait for the database, its restart included
 * @param pollInterval how often to look for others' changes even if no notification came
 * @param changeRetention how long changes stay in the feed; who was away longer loads everything
 * @param subscriberQueue changes that a listener may be behind before it has to resync
 * @param batchLimit writes that share one database transaction at most
 */
public record InventoryConfig(
    Duration writeDeadline,
    Duration pollInterval,
    Duration changeRetention,
    int subscriberQueue,
    int batchLimit) {
  public static InventoryConfig defaults() {
    return new InventoryConfig(
        Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofHours(1), 10_000, 128);
  }
}
