package io.overt.scheduling.external;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hosts cost: the lower the better.
 *
 * @param scores one entry a unit that took part
 * @param elapsed from the call to the answer
 */
public record ScoreAnswer(List<Scores> scores, List<UnitProblem> problems, Duration elapsed) {
  public ScoreAnswer {
    scores = List.copyOf(scores);
    problems = List.copyOf(problems);
  }

  /**
   * The scores of one unit, before its factor; only hosts that were offered, not always all.
   *
   * @param unit null for an old proxy, which tells no more than the sum over its units, with the
   *     factors already applied
   */
  public record Scores(@Nullable String unit, Map<String, Integer> byHost) {}
}
