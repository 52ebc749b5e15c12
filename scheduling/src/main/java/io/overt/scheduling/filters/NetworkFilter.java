package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The networks of plugged interfaces, and a free virtual function for those passed through. */
final class NetworkFilter extends HostFilter {
  NetworkFilter() {
    super("72163d1c-9468-4480-99d9-0888664eb143", "Network");
  }

  @Override
  public boolean concerns(Decision decision) {
    return Filters.any(
        decision.machines(),
        machine ->
            !machine.needs().networks().isEmpty()
                || !machine.special().passthroughNetworks().isEmpty());
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    Set<String> missing = new TreeSet<>();
    Map<String, Integer> functions = new HashMap<>();
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (decision.hostOf(i) == host) {
        continue;
      }
      for (String trait : machine.needs().networks()) {
        if (!decision.state().carriers(trait).get(host)) {
          missing.add(Traits.name(trait));
        }
      }
      machine
          .special()
          .passthroughNetworks()
          .forEach(network -> functions.merge(network, 1, Integer::sum));
    }
    if (!missing.isEmpty()) {
      return new Objection(
          "VAR__DETAIL__NETWORK_MISSING", "lacks the networks " + String.join(", ", missing));
    }
    Map<String, Integer> free = decision.state().facts(host).special().freeVirtualFunctions();
    for (Map.Entry<String, Integer> need : functions.entrySet()) {
      if (free.getOrDefault(need.getKey(), 0) < need.getValue()) {
        return new Objection(
            "VAR__DETAIL__NO_SUITABLE_VF",
            "has %d free virtual functions on the network %s, %d are needed"
                .formatted(free.getOrDefault(need.getKey(), 0), need.getKey(), need.getValue()));
      }
    }
    return null;
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
