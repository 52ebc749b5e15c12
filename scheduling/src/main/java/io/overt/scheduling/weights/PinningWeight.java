package io.overt.scheduling.weights;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.NumaAssignment;
import io.overt.scheduling.unit.PlainWeight;
import java.util.List;

/** Prefers hosts where the pinning of processors and that of memory agree. */
final class PinningWeight extends PlainWeight {
  PinningWeight() {
    super("1b14ac11-20e9-4593-a149-2eb83c60a330", "CPU and NUMA pinning compatibility");
  }

  private static boolean pinned(Machine machine) {
    List<NumaNode> nodes = machine.special().numaNodes();
    return nodes.stream().anyMatch(node -> !node.hostNodes().isEmpty())
        && nodes.stream().noneMatch(NumaNode::preferred);
  }

  @Override
  public int constant(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (pinned(machine)) {
        return -1;
      }
    }
    return 1;
  }

  @Override
  protected int score(Decision decision, int host) {
    List<NumaNode> nodes = decision.state().facts(host).special().numaNodes();
    for (Machine machine : decision.machines()) {
      if (pinned(machine)
          && (nodes.isEmpty()
              || !NumaAssignment.take(
                  machine.special().numaNodes(),
                  nodes,
                  NumaAssignment.free(nodes),
                  machine.cpu().pins()))) {
        return decision.settings().maxWeight();
      }
    }
    return 1;
  }
}
