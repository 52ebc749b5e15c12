package io.overt.rest.api;

import java.time.Clock;
import java.time.Duration;

/** Waits for jobs on behalf of clients, within the configured time. */
final class Waiting {
  private final Completion completion;
  private final Clock clock;
  private final Duration longest;

  Waiting(Completion completion, Clock clock, Duration longest) {
    this.completion = completion;
    this.clock = clock;
    this.longest = longest;
  }

  /**
   * Whether the job finished in time.
   *
   * @throws io.overt.model.ApiFault when it failed
   */
  boolean done(String job) {
    try {
      Completion.Ending ending = completion.await(job, clock.instant().plus(longest));
      return switch (ending.state()) {
        case FINISHED -> true;
        case RUNNING -> false;
        case FAILED -> throw Answers.failed(ending.message());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
