package io.overt.scheduling.weights;

import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;

/** Prefers hosts with more memory that is promised to nobody. */
final class MemoryEvenWeight extends HostWeight {
  MemoryEvenWeight() {
    super("4134247a-9c58-4b9a-8593-530bb9e37c59", "OptimalForMemoryEvenDistribution");
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
    int worst = decision.settings().maxWeight();
    if (greatest <= 1) {
      java.util.Arrays.fill(scores, first, last, worst);
      return;
    }
    if (!decision.anyRuns()) {
      double needed = decision.requiredMb(-1) + 1;
      for (int i = first; i < last; i++) {
        scores[i] =
            worst - (int) Math.floor((raw[i] - needed) * (worst - 1) / (greatest - 1) + 0.5);
      }
      return;
    }
    for (int i = first; i < last; i++) {
      double left = raw[i] - decision.requiredMb(hosts[i]) - 1;
      scores[i] = worst - (int) Math.floor(left * (worst - 1) / (greatest - 1) + 0.5);
    }
  }
}
