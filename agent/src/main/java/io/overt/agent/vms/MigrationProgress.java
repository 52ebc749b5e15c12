package io.overt.agent.vms;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Word of a move for the engine.
 *
 * @param percent never less than before; 100 when it has ended well
 * @param downtime how long the guest stood still, when that is known
 */
public record MigrationProgress(
    UUID vm, int percent, boolean postCopy, Optional<Duration> downtime, long time) {

  /** Hears of moves. */
  public interface Listener {
    void progressed(MigrationProgress progress);
  }
}
