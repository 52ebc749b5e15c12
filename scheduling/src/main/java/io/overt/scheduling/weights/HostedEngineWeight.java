package io.overt.scheduling.weights;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;

/** For the hosted engine, prefers hosts that are in a better state for it. */
final class HostedEngineWeight extends PlainWeight {
  HostedEngineWeight() {
    super("98e92667-6161-41fb-b3fa-34f820ccbc4b", "HA");
  }

  @Override
  public int constant(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (machine.special().engine()) {
        return -1;
      }
    }
    return 1;
  }

  @Override
  protected int score(Decision decision, int host) {
    int score = Math.max(0, decision.state().facts(host).special().engineScore());
    int worst = decision.settings().maxWeight();
    return worst
        - (int) Math.floor((double) score * worst / decision.settings().maxEngineScore() + 0.5);
  }
}
