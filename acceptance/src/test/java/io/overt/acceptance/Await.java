package io.overt.acceptance;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for something that takes time, with a deadline. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Await() {}

  /**
   * Asks again and again until the answer is as wanted.
   *
   * @throws AssertionError with the last answer when it is not within a minute
   */
  public static <T> T until(String what, Supplier<T> question, Predicate<T> wanted) {
    return until(what, Duration.ofSeconds(60), question, wanted);
  }

  public static <T> T until(
      String what, Duration patience, Supplier<T> question, Predicate<T> wanted) {
    long end = System.nanoTime() + patience.toNanos();
    T answer = question.get();
    while (!wanted.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Not within %d s: %s; the last answer was %s"
                .formatted(patience.toSeconds(), what, answer));
      }
      pause();
      answer = question.get();
    }
    return answer;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
