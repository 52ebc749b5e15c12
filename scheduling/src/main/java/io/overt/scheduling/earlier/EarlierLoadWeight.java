package io.overt.scheduling.earlier;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;

/**
 * Load and claimed processors in one small number: usage in tenths, and claimed processors by core.
 * To save power the same turned round, with empty hosts last.
 */
final class EarlierLoadWeight extends PlainWeight {
  private final boolean savingPower;

  EarlierLoadWeight(String id, String name, boolean savingPower) {
    super(id, name);
    this.savingPower = savingPower;
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  protected int score(Decision decision, int host) {
    int even = even(decision, host);
    int worst = decision.settings().maxWeight() - 1;
    if (!savingPower) {
      return even;
    }
    return decision.state().machines(host) == 0 ? worst : worst - even;
  }

  private static int even(Decision decision, int host) {
    ClusterState state = decision.state();
    if (!state.knownLoad(host)) {
      return decision.settings().maxWeight() - 1;
    }
    int claimed = state.pendingVcpus(host) + decision.sharedVcpus(host) + (state.spm(host) ? 1 : 0);
    double score =
        state.facts(host).cpuUsage() / decision.settings().vcpuConsumption()
            + (double) claimed / state.effectiveCores(host);
    return Math.min((int) Math.floor(score + 0.5) + 1, decision.settings().maxWeight());
  }
}
