package io.overt.scheduling.earlier;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;

/** The hosted engine's score of a host, which went up to 2400. */
final class EarlierEngineWeight extends PlainWeight {
  private static final double BEST = 2400;

  EarlierEngineWeight() {
    super("98e92667-6161-41fb-b3fa-34f820ccbc4b", "HA");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  protected int score(Decision decision, int host) {
    for (Machine machine : decision.machines()) {
      if (machine.special().engine()) {
        int score = Math.max(0, decision.state().facts(host).special().engineScore());
        int worst = decision.settings().maxWeight();
        return worst - (int) Math.floor(score * worst / BEST + 0.5);
      }
    }
    return 1;
  }
}
