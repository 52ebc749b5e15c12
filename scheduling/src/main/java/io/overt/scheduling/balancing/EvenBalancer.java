package io.overt.scheduling.balancing;

/** Takes machines from hosts that are too busy, or short of memory, to those with room. */
final class EvenBalancer extends UtilizationBalancer {

  @Override
  int high(Round round) {
    return round.number("HighUtilization", round.thresholds().highEven());
  }

  @Override
  Sides processors(Round round) {
    int high = high(round);
    return new Sides(round.over(high), round.under(round.target(high), 0));
  }

  @Override
  Sides memory(Round round) {
    return new Sides(
        tight(round), roomy(round, round.number("MinFreeMemoryForUnderUtilized", 0), 0));
  }
}
