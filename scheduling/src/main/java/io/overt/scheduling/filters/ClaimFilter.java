package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at things that are counted: what the machines claim together must be free on the host,
 * after what machines on their way there claim.
 *
 * @param <K> what tells the things apart
 */
abstract class ClaimFilter<K extends Comparable<K>> extends HostFilter {
  ClaimFilter(String id, String name) {
    super(id, name);
  }

  /** Adds what one machine claims. */
  abstract void claim(Machine machine, Map<K, Integer> claims);

  /** How many the host has reported as free. */
  abstract int free(ClusterState state, int host, K kind);

  abstract Objection objection(K kind, int free, int needed);

  @Override
  public boolean concerns(Decision decision) {
    Map<K, Integer> claims = new TreeMap<>();
    decision.machines().forEach(machine -> claim(machine, claims));
    return !claims.isEmpty();
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    Map<K, Integer> claims = new TreeMap<>();
    List<Machine> machines = decision.machines();
    for (int i = 0; i < machines.size(); i++) {
      if (decision.hostOf(i) != host) {
        claim(machines.get(i), claims);
      }
    }
    if (claims.isEmpty()) {
      return null;
    }
    Map<K, Integer> promised = new TreeMap<>();
    for (ClusterState.Resident resident : decision.state().residents(host)) {
      if (resident.pending()) {
        claim(resident.machine(), promised);
      }
    }
    for (Map.Entry<K, Integer> claim : claims.entrySet()) {
      int left =
          Math.max(
              0,
              free(decision.state(), host, claim.getKey())
                  - promised.getOrDefault(claim.getKey(), 0));
      if (left < claim.getValue()) {
        return objection(claim.getKey(), left, claim.getValue());
      }
    }
    return null;
  }
}
