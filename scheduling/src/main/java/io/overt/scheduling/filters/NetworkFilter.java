package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The networks of plugged interfaces, the display network with an address, and a free virtual
 * function for each interface that is passed through.
 */
final class NetworkFilter extends ClaimFilter<String> {
  NetworkFilter() {
    super("72163d1c-9468-4480-99d9-0888664eb143", "Network");
  }

  @Override
  public boolean concerns(Decision decision) {
    return Filters.any(decision.machines(), machine -> !machine.needs().networks().isEmpty())
        || super.concerns(decision);
  }

  @Override
  void claim(Machine machine, Map<String, Integer> claims) {
    machine.special().passthroughNetworks().forEach(id -> claims.merge(id, 1, Integer::sum));
  }

  @Override
  int free(ClusterState state, int host, String network) {
    return state.facts(host).special().freeVirtualFunctions().getOrDefault(network, 0);
  }

  @Override
  Objection objection(String network, int free, int needed) {
    return new Objection(
        "VAR__DETAIL__NO_SUITABLE_VF",
        "has %d free virtual functions on the network %s, %d are needed"
            .formatted(free, network, needed));
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    Set<String> missing = new TreeSet<>();
    Set<String> displays = new TreeSet<>();
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (decision.hostOf(i) == host) {
        continue;
      }
      for (String trait : machine.needs().networks()) {
        if (!decision.state().carriers(trait).get(host)) {
          (Traits.isDisplay(trait) ? displays : missing).add(Traits.name(trait));
        }
      }
    }
    if (!missing.isEmpty()) {
      return new Objection(
          "VAR__DETAIL__NETWORK_MISSING", "lacks the networks " + String.join(", ", missing));
    }
    if (!displays.isEmpty()) {
      return new Objection(
          "VAR__DETAIL__DISPLAY_NETWORK_MISSING",
          "has no address on the display network " + String.join(", ", displays));
    }
    return super.objection(decision, host);
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    if (decision.anyRuns()
        || Filters.any(
            decision.machines(), machine -> !machine.special().passthroughNetworks().isEmpty())) {
      super.narrow(decision, candidates);
      return;
    }
    for (Machine machine : decision.machines()) {
      for (String trait : machine.needs().networks()) {
        candidates.and(decision.state().carriers(trait));
      }
    }
  }
}
