package io.overt.units;

import io.overt.scheduling.external.BalanceAnswer.Move;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the call of a unit ended. */
sealed interface Outcome {

  /**
   * It gave a result that can be used.
   *
   * @param notes what is wrong with it all the same
   */
  record Answered(Result result, List<String> notes) implements Outcome {}

  /** It gave none. */
  record Failed(String message) implements Outcome {}

  /** It was ended, for it took too long. */
  record TimedOut(Duration after) implements Outcome {
    String message() {
      return String.format(
          Locale.ROOT, "did not end within %.1f s and was killed", after.toMillis() / 1000.0);
    }
  }

  /** Nobody knows it. */
  record Unknown() implements Outcome {}

  /** A result; it names offered hosts only. */
  sealed interface Result {
    record Accepted(Set<String> hosts) implements Result {}

    record Scored(Map<String, Integer> byHost) implements Result {}

    record Balanced(Optional<Move> move) implements Result {}
  }
}
