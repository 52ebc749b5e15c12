package io.overt.scheduling.balancing;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules of affinity that a machine breaks, or would break, on a host. How badly is told by a number
 * for each rule: the members that it is parted from or sits with, or 1 for a wrong host.
 */
final class BrokenRules {
  private BrokenRules() {}

  /** The kinds of rules, the most pressing first. */
  enum Kind {
    HARD_HOST,
    HARD_MACHINE,
    SOFT_HOST,
    SOFT_MACHINE;

    boolean hard() {
      return this == HARD_HOST || this == HARD_MACHINE;
    }

    private AffinityGroup.Rule rule(AffinityGroup group) {
      return this == HARD_HOST || this == SOFT_HOST ? group.hostRule() : group.machineRule();
    }

    private boolean concerns(AffinityGroup group) {
      AffinityGroup.Rule rule = rule(group);
      return rule.enabled() && rule.enforcing() == hard();
    }
  }

  /** For each rule of the kind, the highest priority first: how badly it is broken there. */
  static List<Integer> on(ClusterState state, Machine machine, int host, Kind kind) {
    List<Integer> broken = new ArrayList<>();
    for (Affinity.Bound bound : state.affinity().of(machine.id())) {
      AffinityGroup group = bound.group();
      if (!kind.concerns(group)) {
        continue;
      }
      boolean positive = kind.rule(group).positive();
      if (kind == Kind.HARD_HOST || kind == Kind.SOFT_HOST) {
        broken.add(positive == group.hosts().contains(state.facts(host).id()) ? 0 : 1);
      } else {
        broken.add(
            positive ? parted(state, group, machine, host) : together(state, bound, machine, host));
      }
    }
    return broken;
  }

  static int sum(List<Integer> broken) {
    return broken.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Less than zero when the first are broken less badly: a rule of higher priority outweighs all
   * that follow.
   */
  static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int result = Integer.compare(one.get(i), other.get(i));
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  /** Running members that are not on the host. */
  private static int parted(ClusterState state, AffinityGroup group, Machine machine, int host) {
    int count = 0;
    for (String member : group.machines()) {
      int where = where(state, member);
      count += member.equals(machine.id()) || where < 0 || where == host ? 0 : 1;
    }
    return count;
  }

  /** Members on the host, the machine itself aside. */
  private static int together(ClusterState state, Affinity.Bound bound, Machine machine, int host) {
    ClusterState.Resident running = state.running(machine.id());
    ClusterState.Resident pending = state.pending(machine.id());
    return bound.members(host)
        - (running != null && running.host() == host ? 1 : 0)
        - (pending != null && pending.host() == host ? 1 : 0);
  }

  private static int where(ClusterState state, String machineId) {
    ClusterState.Resident resident = state.pending(machineId);
    resident = resident == null ? state.running(machineId) : resident;
    return resident == null ? -1 : resident.host();
  }
}
