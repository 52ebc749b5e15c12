package io.overt.scheduling.external;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What filters accepted.
 *
 * @param accepted one entry a unit that took part; one without a name for an old proxy, which tells
 *     no more than the common result
 * @param elapsed from the call to the answer
 */
public record FilterAnswer(List<Accepted> accepted, List<UnitProblem> problems, Duration elapsed) {
  public FilterAnswer {
    accepted = List.copyOf(accepted);
    problems = List.copyOf(problems);
  }

  /**
   * The hosts, all of them offered, that a unit accepts.
   *
   * @param unit null for the common result of all units called
   */
  public record Accepted(@Nullable String unit, Set<String> hosts) {}

  /** The offered hosts that every unit accepts, in the order they were offered. */
  public List<String> keep(List<String> offered) {
    return offered.stream()
        .filter(host -> accepted.stream().allMatch(each -> each.hosts().contains(host)))
        .toList();
  }
}
