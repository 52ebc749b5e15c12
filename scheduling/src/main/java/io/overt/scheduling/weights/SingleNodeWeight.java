package io.overt.scheduling.weights;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;
import java.util.List;

/** Prefers hosts where a machine without NUMA nodes of its own fits into one of theirs. */
final class SingleNodeWeight extends PlainWeight {
  SingleNodeWeight() {
    super("f58c1cb9-d91f-48a6-a196-c6d22fb10c4e", "Fit VM to single host NUMA node");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  protected int score(Decision decision, int host) {
    List<NumaNode> nodes = decision.state().facts(host).special().numaNodes();
    for (Machine machine : decision.machines()) {
      if (!nodes.isEmpty()
          && machine.special().numaNodes().isEmpty()
          && nodes.stream()
              .noneMatch(
                  node ->
                      machine.memory().sizeMb() <= node.totalMb()
                          && machine.cpu().count() <= node.cpus().size())) {
        return decision.settings().maxWeight();
      }
    }
    return 1;
  }
}
