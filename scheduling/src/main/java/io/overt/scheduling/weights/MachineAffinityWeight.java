package io.overt.scheduling.weights;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prefers hosts that break fewer rules between machines, enforced or not. */
final class MachineAffinityWeight extends PriorityWeight {
  MachineAffinityWeight() {
    super("84e6ddee-ab0d-42dd-82f0-c297779db567", "VmAffinityGroups");
  }

  @Override
  boolean looksAt(Affinity.Bound bound) {
    return bound.group().machineRule().enabled();
  }

  @Override
  Standing standing(Decision decision, List<Affinity.Bound> groups, int host) {
    List<Double> broken = new ArrayList<>(0);
    int fixed = 0;
    int members = 0;
    for (Affinity.Bound bound : groups) {
      int others = bound.members(host) - own(decision, bound, host, false);
      boolean positive = bound.group().machineRule().positive();
      if (positive == (others <= 0)) {
        broken.add(bound.group().priority());
      }
      if (positive && others > 0) {
        fixed += bound.fixed(host) - own(decision, bound, host, true);
        members += others;
      }
    }
    return new Standing(broken, fixed, members);
  }

  /**
   * Of the machines to be placed, those that count as members on the host.
   *
   * @param fixed only those that cannot be migrated
   */
  private static int own(Decision decision, Affinity.Bound bound, int host, boolean fixed) {
    int own = 0;
    for (Machine machine : decision.machines()) {
      if (bound.group().machines().contains(machine.id())) {
        ClusterState.Resident running = decision.state().running(machine.id());
        ClusterState.Resident pending = decision.state().pending(machine.id());
        own += counts(running, host, fixed) ? 1 : 0;
        own += counts(pending, host, fixed) ? 1 : 0;
      }
    }
    return own;
  }

  private static boolean counts(ClusterState.@Nullable Resident resident, int host, boolean fixed) {
    return resident != null
        && resident.host() == host
        && !(fixed && Affinity.movable(resident.machine()));
  }
}
