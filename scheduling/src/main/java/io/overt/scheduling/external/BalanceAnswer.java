package io.overt.scheduling.external;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a balancer wants to be done.
 *
 * @param move empty when there is nothing to do
 * @param elapsed from the call to the answer
 */
public record BalanceAnswer(Optional<Move> move, List<UnitProblem> problems, Duration elapsed) {
  public BalanceAnswer {
    problems = List.copyOf(problems);
  }

  /**
   * A machine, named by the unit and not checked yet, and the offered hosts that it may go to.
   *
   * @param hosts at least one
   */
  public record Move(String vm, List<String> hosts) {}
}
