package io.overt.scheduling.filters;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Enforced rules between machines: with the others of a positive group, away from the others of a
 * negative one. Machines on their way count as if they were there.
 */
final class MachineAffinityFilter extends HostFilter {
  MachineAffinityFilter() {
    super("84e6ddee-ab0d-42dd-82f0-c297779db566", "VmAffinityGroups");
  }

  @Override
  public boolean concerns(Decision decision) {
    if (decision.ignoreHardMachineAffinity()) {
      return false;
    }
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (enforced(bound)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean enforced(Affinity.Bound bound) {
    return bound.group().machineRule().enabled() && bound.group().machineRule().enforcing();
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    Set<String> together = new HashSet<>();
    decision.machines().forEach(machine -> together.add(machine.id()));
    HostSet positive = wanted(decision, together);
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (!enforced(bound)) {
          continue;
        }
        AffinityGroup group = bound.group();
        if (group.machineRule().positive()) {
          if (positive != null && !positive.get(host)) {
            return new Objection(
                "VAR__DETAIL__AFFINITY_FAILED_POSITIVE",
                "runs no machine of the affinity group %s".formatted(group.name()));
          }
        } else if (among(group, together) > 1) {
          return new Objection(
              "VAR__DETAIL__AFFINITY_FAILED_NEGATIVE",
              "cannot take several machines of the negative affinity group %s"
                  .formatted(group.name()));
        } else if (others(decision.state(), bound, together, host) > 0) {
          return new Objection(
              "VAR__DETAIL__AFFINITY_FAILED_NEGATIVE",
              "runs a machine of the negative affinity group %s".formatted(group.name()));
        }
      }
    }
    return null;
  }

  /**
   * The hosts with other members of the machines' positive groups; null when there are none. Of a
   * host that is being left the members come along, one by one: those that have gone before, or are
   * on their way, say where to.
   */
  private static @Nullable HostSet wanted(Decision decision, Set<String> together) {
    HostSet hosts = null;
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      int own = decision.hostOf(i);
      int left = own >= 0 && !decision.state().up().get(own) ? own : -1;
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (enforced(bound) && bound.group().machineRule().positive()) {
          for (String member : bound.group().machines()) {
            if (!together.contains(member)) {
              hosts = add(hosts, decision.state().running(member), left);
              hosts = add(hosts, decision.state().pending(member), left);
            }
          }
        }
      }
    }
    return hosts;
  }

  private static @Nullable HostSet add(
      @Nullable HostSet hosts, ClusterState.@Nullable Resident resident, int left) {
    if (resident == null || resident.host() == left) {
      return hosts;
    }
    HostSet more = hosts == null ? new HostSet() : hosts;
    more.set(resident.host());
    return more;
  }

  private static int among(AffinityGroup group, Set<String> machines) {
    int count = 0;
    for (String machine : machines) {
      count += group.machines().contains(machine) ? 1 : 0;
    }
    return count;
  }

  /** Members on the host beside the machines that are to be placed. */
  private static int others(
      ClusterState state, Affinity.Bound bound, Set<String> together, int host) {
    int count = bound.members(host);
    for (String machine : together) {
      if (count > 0 && bound.group().machines().contains(machine)) {
        ClusterState.Resident running = state.running(machine);
        ClusterState.Resident pending = state.pending(machine);
        count -= running != null && running.host() == host ? 1 : 0;
        count -= pending != null && pending.host() == host ? 1 : 0;
      }
    }
    return count;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    Set<String> together = new HashSet<>();
    decision.machines().forEach(machine -> together.add(machine.id()));
    HostSet positive = wanted(decision, together);
    if (positive != null) {
      candidates.and(positive);
    }
    for (Machine machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (!enforced(bound) || bound.group().machineRule().positive()) {
          continue;
        }
        if (among(bound.group(), together) > 1) {
          candidates.clear();
          return;
        }
        for (int host = candidates.nextSetBit(0);
            host >= 0;
            host = candidates.nextSetBit(host + 1)) {
          if (others(decision.state(), bound, together, host) > 0) {
            candidates.clear(host);
          }
        }
      }
    }
  }
}
