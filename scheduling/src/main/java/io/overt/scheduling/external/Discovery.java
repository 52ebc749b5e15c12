package io.overt.scheduling.external;

import java.util.List;

/**
 * What is known of the units.
 *
 * @param available whether they can be called at all; if not there are no units, and the problems
 *     say why
 * @param units by name, then kind
 * @param problems of sources: files that do not load, an address that does not answer
 */
public record Discovery(boolean available, List<ExternalUnit> units, List<UnitProblem> problems) {
  public Discovery {
    units = List.copyOf(units);
    problems = List.copyOf(problems);
  }

  public static Discovery unavailable(UnitProblem problem) {
    return new Discovery(false, List.of(), List.of(problem));
  }
}
