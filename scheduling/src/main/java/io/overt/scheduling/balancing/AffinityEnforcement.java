package io.overt.scheduling.balancing;

import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which running machine should be moved so that rules of affinity are kept again: those about hosts
 * before those between machines, enforced ones before wishes, and among the machines of one kind
 * the one that breaks most. A move must leave the machine's rules of that kind less broken, so that
 * no machine is moved back and forth.
 */
public final class AffinityEnforcement {
  private AffinityEnforcement() {}

  private record Candidate(Machine machine, int host, List<Integer> broken) {}

  /** Ids of the machines that break a rule and can be moved, the most pressing first. */
  public static List<String> candidates(ClusterState state) {
    Set<String> ids = new java.util.LinkedHashSet<>();
    for (BrokenRules.Kind kind : BrokenRules.Kind.values()) {
      candidates(state, kind).forEach(candidate -> ids.add(candidate.machine().id()));
    }
    return List.copyOf(ids);
  }

  /** The first machine that has a better place. Nothing is reserved. */
  public static Optional<Proposal> next(
      Scheduler scheduler, Policy policy, Set<String> busy, long now) {
    ClusterState state = scheduler.state();
    Set<String> asked = new HashSet<>(busy);
    for (BrokenRules.Kind kind : BrokenRules.Kind.values()) {
      for (Candidate candidate : candidates(state, kind)) {
        // A machine that finds no better place for one rule may find one for another.
        if (asked.contains(candidate.machine().id())) {
          continue;
        }
        Set<String> better = better(state, candidate, kind);
        Request request = Request.of(candidate.machine(), now).onlyOn(better);
        if (!better.isEmpty()
            && scheduler.find(policy, request) instanceof Placement.Chosen chosen) {
          return Optional.of(new Proposal(candidate.machine().id(), List.of(chosen.hostId())));
        }
      }
    }
    return Optional.empty();
  }

  /** Hosts on which the machine would break less; rules more pressing than these count first. */
  private static Set<String> better(
      ClusterState state, Candidate candidate, BrokenRules.Kind kind) {
    Set<String> hosts = new HashSet<>();
    state.up().stream()
        .filter(host -> host != candidate.host() && better(state, candidate, kind, host))
        .forEach(host -> hosts.add(state.facts(host).id()));
    return hosts;
  }

  private static boolean better(
      ClusterState state, Candidate candidate, BrokenRules.Kind kind, int host) {
    for (BrokenRules.Kind each : BrokenRules.Kind.values()) {
      int change =
          BrokenRules.compare(
              BrokenRules.on(state, candidate.machine(), host, each),
              BrokenRules.on(state, candidate.machine(), candidate.host(), each));
      if (each == kind || change > 0) {
        return change < 0;
      }
    }
    return false;
  }

  private static List<Candidate> candidates(ClusterState state, BrokenRules.Kind kind) {
    Set<String> members = new HashSet<>();
    state.affinity().all().forEach(bound -> members.addAll(bound.group().machines()));
    List<Candidate> found = new ArrayList<>();
    for (String id : members) {
      ClusterState.Resident resident = state.running(id);
      if (resident != null
          && state.pending(id) == null
          && Destinations.movable(resident.machine())
          && state.up().get(resident.host())) {
        List<Integer> broken = BrokenRules.on(state, resident.machine(), resident.host(), kind);
        if (BrokenRules.sum(broken) > 0) {
          found.add(new Candidate(resident.machine(), resident.host(), broken));
        }
      }
    }
    found.sort(
        Comparator.<Candidate>comparingInt(each -> -BrokenRules.sum(each.broken()))
            .thenComparing(each -> each.machine().id()));
    return found;
  }
}
