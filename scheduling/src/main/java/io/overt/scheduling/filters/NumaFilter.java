package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.NumaNode;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.NumaAssignment;
import io.overt.scheduling.unit.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the machines' memory find room, together, in the nodes of the host to which they are
 * pinned, after those of machines on their way there.
 */
final class NumaFilter extends HostFilter {
  NumaFilter() {
    super("fcbfe4b1-b83e-4428-b9d3-b3d348b93be6", "NUMA");
  }

  private static boolean asks(Machine machine) {
    return machine.cpu().pinning() == CpuPinning.RESIZE_AND_PIN_NUMA
        || machine.special().numaNodes().stream().anyMatch(node -> !node.hostNodes().isEmpty());
  }

  /** The nodes that must find room: none when the pinning is only a wish. */
  private static List<NumaNode> demanded(Machine machine) {
    List<NumaNode> nodes = machine.special().numaNodes();
    return nodes.stream().anyMatch(NumaNode::preferred) ? List.of() : nodes;
  }

  @Override
  public boolean concerns(Decision decision) {
    return Filters.any(decision.machines(), NumaFilter::asks);
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    boolean asked = false;
    List<NumaNode> wanted = new ArrayList<>();
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (decision.hostOf(i) != host && asks(machine)) {
        asked = true;
        wanted.addAll(demanded(machine));
      }
    }
    if (!asked) {
      return null;
    }
    List<NumaNode> nodes = decision.state().facts(host).special().numaNodes();
    if (nodes.isEmpty()) {
      return new Objection("VAR__DETAIL__NOT_NUMA", "has no NUMA nodes");
    }
    Map<Integer, Long> free = NumaAssignment.free(nodes);
    for (ClusterState.Resident resident : decision.state().residents(host)) {
      if (resident.pending() && asks(resident.machine())) {
        NumaAssignment.take(demanded(resident.machine()), nodes, free, Map.of());
      }
    }
    return NumaAssignment.take(wanted, nodes, free, Map.of())
        ? null
        : new Objection(
            "VAR__DETAIL__NOT_MEMORY_PINNED_NUMA",
            "has too little free memory in the NUMA nodes to which the machine is pinned");
  }
}
