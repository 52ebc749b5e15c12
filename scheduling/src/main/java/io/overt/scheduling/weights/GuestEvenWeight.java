package io.overt.scheduling.weights;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;

/** Prefers hosts with fewer machines; the storage pool manager counts as some. */
final class GuestEvenWeight extends PlainWeight {
  private static final int SPM_GRACE = 5;

  GuestEvenWeight() {
    super("3ba8c988-f779-42c0-90ce-caa8243edee7", "OptimalForEvenGuestDistribution");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  protected int score(Decision decision, int host) {
    ClusterState state = decision.state();
    int grace = state.spm(host) ? (int) decision.properties().number("SpmVmGrace", SPM_GRACE) : 0;
    return Math.max(0, state.active(host) + grace + state.pendingMachines(host));
  }
}
