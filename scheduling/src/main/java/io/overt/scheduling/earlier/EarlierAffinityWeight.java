package io.overt.scheduling.earlier;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.PlainWeight;

/** 1 for a host that suits the groups which are wishes, the worst score for any other. */
final class EarlierAffinityWeight extends PlainWeight {
  EarlierAffinityWeight() {
    super("84e6ddee-ab0d-42dd-82f0-c297779db567", "VmAffinityGroups");
  }

  @Override
  public int constant(Decision decision) {
    return -1;
  }

  @Override
  protected int score(Decision decision, int host) {
    boolean wanted = false;
    boolean found = false;
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (!bound.group().machineRule().enabled() || bound.group().machineRule().enforcing()) {
          continue;
        }
        boolean there = others(decision.state(), bound, machine, host);
        if (!bound.group().machineRule().positive()) {
          if (there) {
            return decision.settings().maxWeight();
          }
        } else if (anywhere(decision.state(), bound, machine)) {
          wanted = true;
          found |= there;
        }
      }
    }
    return wanted && !found ? decision.settings().maxWeight() : 1;
  }

  private static boolean others(
      ClusterState state, Affinity.Bound bound, Machine machine, int host) {
    return bound.group().machines().stream()
        .filter(member -> !member.equals(machine.id()))
        .anyMatch(member -> on(state.running(member), host) || on(state.pending(member), host));
  }

  private static boolean on(
      ClusterState.@org.jspecify.annotations.Nullable Resident resident, int host) {
    return resident != null && resident.host() == host;
  }

  private static boolean anywhere(ClusterState state, Affinity.Bound bound, Machine machine) {
    return bound.group().machines().stream()
        .filter(member -> !member.equals(machine.id()))
        .anyMatch(member -> state.running(member) != null || state.pending(member) != null);
  }

  @Override
  public boolean local() {
    return false;
  }
}
