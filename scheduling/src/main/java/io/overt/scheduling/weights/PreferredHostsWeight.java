package io.overt.scheduling.weights;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;

/** Prefers the hosts on which a machine is to start. */
final class PreferredHostsWeight extends PlainWeight {
  private static final int NOT_PREFERRED = 10_000;

  PreferredHostsWeight() {
    super("591cdb81-ba67-45b4-9642-e28f61a97d57", "PreferredHosts");
  }

  private static boolean prefers(Machine machine) {
    return !machine.running() && !machine.dedicatedHosts().isEmpty();
  }

  @Override
  public int constant(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (prefers(machine)) {
        return -1;
      }
    }
    return 0;
  }

  @Override
  protected int score(Decision decision, int host) {
    String id = decision.state().facts(host).id();
    int score = 0;
    for (Machine machine : decision.machines()) {
      if (prefers(machine) && !machine.dedicatedHosts().contains(id)) {
        score += NOT_PREFERRED;
      }
    }
    return score;
  }
}
