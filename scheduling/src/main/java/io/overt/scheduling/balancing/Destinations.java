package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Pairs machines of hosts that should give some away with hosts that would stay within the limits:
 * a machine must not turn its new host into one that has to give it away again.
 *
 * @param high percent of the processors that may be busy afterwards
 * @param memoryMb that must be left to promise afterwards
 */
record Destinations(Round round, int high, long memoryMb) {

  List<Proposal> find(List<Integer> sources, List<Integer> targets) {
    List<Proposal> proposals = new ArrayList<>();
    for (int source : sources) {
      for (Machine machine : movable(round.state(), source)) {
        List<String> hosts = new ArrayList<>();
        for (int target : targets) {
          if (target != source && fits(machine, target)) {
            hosts.add(round.id(target));
          }
        }
        if (!hosts.isEmpty()) {
          hosts.add(round.id(source));
          proposals.add(new Proposal(machine.id(), hosts));
        }
      }
    }
    return proposals;
  }

  private boolean fits(Machine machine, int host) {
    ClusterState state = round.state();
    boolean exclusive = machine.cpu().pinning().exclusive();
    int cpus = state.sharedCpus(host) - (exclusive ? machine.cpu().count() : 0);
    double load = round.total(host) + (exclusive ? 0 : load(machine));
    return cpus > 0
        && load / cpus <= high
        && state.schedulableMb(host) - machine.memory().sizeMb() > memoryMb;
  }

  /** Percent of one processor that the machine keeps busy; 0 when that is not known. */
  static double load(Machine machine) {
    return Math.max(0, machine.cpu().usagePercent()) * machine.cpu().count();
  }

  /** Whether the scheduler may move the machine of its own accord. */
  static boolean movable(Machine machine) {
    return machine.migratability() == Migratability.MIGRATABLE
        && !machine.paused()
        && !machine.special().engine();
  }

  /** The machines of a host that may be moved, the least busy first: moving them costs least. */
  static List<Machine> movable(ClusterState state, int host) {
    return state.residents(host).stream()
        .filter(resident -> !resident.pending())
        .map(ClusterState.Resident::machine)
        .filter(Destinations::movable)
        .sorted(Comparator.comparingDouble(Destinations::load).thenComparing(Machine::id))
        .toList();
  }
}
