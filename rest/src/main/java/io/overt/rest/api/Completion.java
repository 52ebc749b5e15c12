package io.overt.rest.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Port to jobs, for clients that want to wait until the work is done. */
@FunctionalInterface
public interface Completion {
  /**
   * Waits until the job ended, but not beyond the deadline.
   *
   * @throws InterruptedException when the server stops
   */
  Ending await(String job, Instant deadline) throws InterruptedException;

  /** How a job stands. */
  enum State {
    FINISHED,
    FAILED,
    /** Neither yet. */
    RUNNING
  }

  /**
   * How a job ended.
   *
   * @param message why it failed, for the client
   */
  record Ending(State state, @Nullable String message) {}
}
