package io.overt.sdk;

import java.time.Duration;

/**
 * When a call is repeated: reading, if no answer came or the engine was unavailable; everything, if
 * the engine refused it because something else was being done with the object.
 *
 * @param attempts how often a call is made at most
 * @param first how long to wait before the second attempt, after which the time doubles
 * @param longest how long to wait at most
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is %d, expected 1 or more".formatted(attempts));
    }
  }

  /** Six attempts within about six seconds. */
  public static RetryPolicy standard() {
    return new RetryPolicy(6, Duration.ofMillis(200), Duration.ofSeconds(3));
  }

  /** Every call is made once. */
  public static RetryPolicy none() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
  }

  Duration pause(int failed) {
    Duration pause = first.multipliedBy(1L << Math.min(failed - 1, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** Whether the same call may work when it is made again. */
  static boolean helps(ApiException failure, boolean idempotent) {
    return switch (failure) {
      case Conflict conflict -> conflict.retryable();
      case Transport _, Unavailable _ -> idempotent;
      case BadRequest _, Forbidden _, JobFailed _, NotFound _ -> false;
      case ServerError _, Unauthorized _, WaitTimeout _ -> false;
    };
  }
}
