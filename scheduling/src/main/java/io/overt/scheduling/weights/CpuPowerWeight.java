package io.overt.scheduling.weights;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Loads;

/** Prefers hosts that are busy already, up to {@code HighUtilization}. */
final class CpuPowerWeight extends StretchedWeight {
  CpuPowerWeight() {
    super("736999d0-1023-46a4-9a75-1316ed50e15b", "OptimalForCpuPowerSaving");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    ClusterState state = decision.state();
    double limit = decision.properties().number("HighUtilization", Double.MAX_VALUE);
    for (int i = first; i < last; i++) {
      int host = hosts[i];
      int cpus = state.sharedCpus(host);
      int left = cpus - CpuEvenWeight.exclusive(decision, host);
      boolean over =
          !state.knownLoad(host)
              || left <= 0
              || Math.ceil(Loads.expected(decision, host) / cpus) > limit;
      raw[i] = over ? Double.NaN : -CpuEvenWeight.load(decision, host, left, 1);
    }
  }
}
