package io.overt.scheduling.balancing;

import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans where the machines of a host go when it has to be emptied, by the policy's own filters and
 * weights. The largest go first, as they have the fewest places; machines that must be together
 * stay together.
 */
public final class Evacuation {
  private static final Comparator<Machine> LARGEST =
      Comparator.<Machine>comparingLong(machine -> -machine.memory().sizeMb())
          .thenComparing(Machine::id);

  private Evacuation() {}

  /**
   * @param hostId of the host that is to be emptied; it is no candidate whatever its status
   */
  public static Plan plan(
      ClusterState now, Policy policy, Settings settings, String hostId, long time) {
    Forecast forecast = new Forecast(now);
    ClusterState state = forecast.state();
    int from = state.index(hostId);
    if (from < 0) {
      throw new IllegalArgumentException("the cluster has no host " + hostId);
    }
    Scheduler scheduler = new Scheduler(state, settings);
    Balance before = new Shares(state, settings).balance();
    List<Plan.Move> moves = new ArrayList<>();
    List<Plan.Unplaced> unplaced = new ArrayList<>();
    for (List<Machine> group : groups(state, from)) {
      Request request = new Request(group, Set.of(hostId), null, Set.of(), false, List.of(), time);
      switch (scheduler.find(policy, request)) {
        case Placement.Chosen chosen -> {
          int to = state.index(chosen.hostId());
          for (Machine machine : group) {
            moves.add(Planner.move(state, machine, from, to, 0));
            forecast.move(machine, to);
          }
        }
        case Placement.Refused refused ->
            group.forEach(
                machine -> unplaced.add(new Plan.Unplaced(machine.id(), machine.name(), refused)));
      }
    }
    return new Plan(moves, before, new Shares(state, settings).balance(), unplaced);
  }

  /** The machines of the host in groups that have to go together, the largest first. */
  private static List<List<Machine>> groups(ClusterState state, int host) {
    List<Machine> machines =
        state.residents(host).stream()
            .filter(resident -> !resident.pending())
            .map(ClusterState.Resident::machine)
            .sorted(LARGEST)
            .toList();
    Map<String, List<Machine>> byMachine = new HashMap<>();
    for (Machine machine : machines) {
      byMachine.put(machine.id(), new ArrayList<>(List.of(machine)));
    }
    for (Affinity.Bound bound : state.affinity().all()) {
      AffinityGroup.Rule rule = bound.group().machineRule();
      if (rule.enabled() && rule.positive() && rule.enforcing()) {
        join(byMachine, bound.group().machines());
      }
    }
    return machines.stream()
        .map(machine -> byMachine.getOrDefault(machine.id(), List.of()))
        .distinct()
        .map(group -> group.stream().sorted(LARGEST).toList())
        .sorted(
            Comparator.<List<Machine>>comparingLong(
                    group -> -group.stream().mapToLong(m -> m.memory().sizeMb()).sum())
                .thenComparing(group -> group.getFirst().id()))
        .toList();
  }

  private static void join(Map<String, List<Machine>> byMachine, Set<String> members) {
    List<Machine> joined = null;
    for (String member : members) {
      List<Machine> own = byMachine.get(member);
      if (own == null || own.equals(joined)) {
        continue;
      }
      if (joined == null) {
        joined = own;
        continue;
      }
      joined.addAll(own);
      for (Machine machine : own) {
        byMachine.put(machine.id(), joined);
      }
    }
  }
}
