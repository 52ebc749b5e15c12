package io.overt.scheduling.weights;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Loads;

/** Prefers hosts whose shared processors will be less busy with the machines on them. */
final class CpuEvenWeight extends StretchedWeight {
  private static final int PENALTY = 1000;

  CpuEvenWeight() {
    super("7db4ab05-81ab-42e8-868a-aee2df483edb", "OptimalForCpuEvenDistribution");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    ClusterState state = decision.state();
    double ratio = decision.properties().number("VCpuToPhysicalCpuRatio", 0);
    if (ratio == 0 && !decision.anyRuns() && !decision.exclusive()) {
      plain(decision, hosts, first, last, raw);
      return;
    }
    for (int i = first; i < last; i++) {
      int host = hosts[i];
      if (!state.knownLoad(host)) {
        raw[i] = Double.NaN;
        continue;
      }
      int cpus = state.sharedCpus(host) - exclusive(decision, host);
      if (cpus <= 0) {
        // The machines would leave none to share.
        raw[i] = Double.NaN;
        continue;
      }
      double penalty = 1;
      if (ratio != 0) {
        double vcpus =
            state.sharedVcpus(host) + state.pendingSharedVcpus(host) + decision.sharedVcpus(host);
        penalty = vcpus / cpus >= ratio ? PENALTY : 1;
      }
      raw[i] = load(decision, host, cpus, penalty);
    }
  }

  /** The same for machines that start and share processors, which nearly all do. */
  private static void plain(Decision decision, int[] hosts, int first, int last, double[] raw) {
    ClusterState state = decision.state();
    double added = decision.addedLoad(-1);
    for (int i = first; i < last; i++) {
      int host = hosts[i];
      raw[i] =
          state.knownLoad(host) && state.sharedCpus(host) > 0
              ? Math.floor((Loads.expected(decision, host) + added) / state.sharedCpus(host) + 0.5)
              : Double.NaN;
    }
  }

  /** Percent of the processors that will be busy, rounded. */
  static double load(Decision decision, int host, int cpus, double penalty) {
    return Math.floor(
        penalty * (Loads.expected(decision, host) + decision.addedLoad(host)) / cpus + 0.5);
  }

  /** Processors that the machines will have for themselves. */
  static int exclusive(Decision decision, int host) {
    if (!decision.exclusive()) {
      return 0;
    }
    int count = 0;
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (machine.cpu().pinning().exclusive() && decision.hostOf(i) != host) {
        count += machine.cpu().count();
      }
    }
    return count;
  }
}
