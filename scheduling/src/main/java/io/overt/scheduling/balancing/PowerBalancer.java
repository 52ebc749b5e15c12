package io.overt.scheduling.balancing;

import java.util.ArrayList;
import java.util.List;

/** Relieves hosts that are too busy, then empties those that have little to do. */
final class PowerBalancer extends UtilizationBalancer {

  @Override
  int high(Round round) {
    return round.number("HighUtilization", round.thresholds().highPower());
  }

  @Override
  Sides processors(Round round) {
    int high = high(round);
    List<Integer> sources = new ArrayList<>(round.over(round.target(high)));
    add(sources, round.under(round.number("LowUtilization", round.thresholds().lowPower()), 1));
    return new Sides(sources, round.hosts(host -> !round.over(host, high), round::load));
  }

  @Override
  Sides memory(Round round) {
    List<Integer> sources = new ArrayList<>(tight(round));
    add(sources, roomy(round, round.number("MinFreeMemoryForUnderUtilized", UNLIMITED), 1));
    return new Sides(sources, roomy(round, round.number("MaxFreeMemoryForOverUtilized", 0), 0));
  }

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private static void add(List<Integer> sources, List<Integer> more) {
    for (Integer host : more) {
      if (!sources.contains(host)) {
        sources.add(host);
      }
    }
  }
}
