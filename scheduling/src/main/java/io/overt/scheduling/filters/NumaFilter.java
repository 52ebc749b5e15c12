package io.overt.scheduling.filters;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.NumaAssignment;
import io.overt.scheduling.unit.Objection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of a machine's memory find room in the nodes of the host to which they are pinned. */
final class NumaFilter extends EachMachineFilter {
  NumaFilter() {
    super("fcbfe4b1-b83e-4428-b9d3-b3d348b93be6", "NUMA");
  }

  @Override
  boolean concerns(Machine machine) {
    return machine.cpu().pinning() == CpuPinning.RESIZE_AND_PIN_NUMA
        || machine.special().numaNodes().stream().anyMatch(node -> !node.hostNodes().isEmpty());
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    List<NumaNode> nodes = decision.state().facts(host).special().numaNodes();
    if (nodes.isEmpty()) {
      return new Objection("VAR__DETAIL__NOT_NUMA", "has no NUMA nodes");
    }
    List<NumaNode> wanted = machine.special().numaNodes();
    if (wanted.stream().anyMatch(NumaNode::preferred)) {
      return null;
    }
    return NumaAssignment.exists(wanted, nodes, null)
        ? null
        : new Objection(
            "VAR__DETAIL__NOT_MEMORY_PINNED_NUMA",
            "has too little free memory in the NUMA nodes to which the machine is pinned");
  }
}
