package io.overt.scheduling.weights;

import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;

/** Prefers hosts with less free memory, but not those with less than they should keep. */
final class MemoryPowerWeight extends HostWeight {
  MemoryPowerWeight() {
    super("9dfe6086-646d-43b8-8eef-4d94de8472c8", "OptimalForMemoryPowerSaving");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    for (int i = first; i < last; i++) {
      raw[i] = decision.state().schedulableMb(hosts[i]);
    }
  }

  @Override
  public void finish(
      Decision decision,
      int[] hosts,
      double[] raw,
      int first,
      int last,
      double least,
      double greatest,
      int[] scores) {
    double most = 1.1 * greatest;
    double low = decision.properties().number("MaxFreeMemoryForOverUtilized", 0);
    double high = decision.properties().number("MinFreeMemoryForUnderUtilized", Long.MAX_VALUE);
    for (int i = first; i < last; i++) {
      double left = raw[i] - decision.requiredMb(hosts[i]);
      if (left < low) {
        left = Math.min(most, high + low - left);
      }
      scores[i] = most == 0 ? 1 : (int) (left / most * (decision.settings().maxWeight() - 1)) + 1;
    }
  }
}
