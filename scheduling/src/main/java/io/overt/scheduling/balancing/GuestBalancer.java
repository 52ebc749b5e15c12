package io.overt.scheduling.balancing;

import java.util.List;

/** Takes machines from the hosts with the most of them to those with clearly fewer. */
final class GuestBalancer extends UtilizationBalancer {

  @Override
  int high(Round round) {
    return round.number("HighUtilization", round.thresholds().highEven());
  }

  @Override
  Sides processors(Round round) {
    return sides(round);
  }

  @Override
  Sides memory(Round round) {
    return Sides.NONE;
  }

  static Sides sides(Round round) {
    Thresholds defaults = round.thresholds();
    int difference = round.number("MigrationThreshold", defaults.machineDifference());
    List<Integer> fullest = round.hosts(host -> true, host -> -slots(round, host));
    if (fullest.isEmpty()) {
      return Sides.NONE;
    }
    int worst = slots(round, fullest.getFirst());
    if (worst < round.number("HighVmCount", defaults.machineCount())) {
      return Sides.NONE;
    }
    return new Sides(
        round.hosts(host -> slots(round, host) >= worst, host -> 0),
        round.hosts(host -> worst - slots(round, host) >= difference, host -> slots(round, host)));
  }

  /** Machines that run on the host; the storage pool manager counts as some. */
  private static int slots(Round round, int host) {
    int grace = round.number("SpmVmGrace", round.thresholds().spmGrace());
    return round.state().active(host) + (round.state().spm(host) ? grace : 0);
  }
}
