package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/**
 * A running machine goes to another host: those that are the same one by name or address are left
 * out.
 */
final class MigrationFilter extends EachMachineFilter {
  MigrationFilter() {
    super("e659c871-0bf1-4ccc-b748-f28f5d08ddda", "Migration");
  }

  @Override
  boolean concerns(Machine machine) {
    return machine.running();
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    int from = decision.state().index(machine.hostId());
    return from >= 0
            && from != host
            && same(decision.state().facts(from), decision.state().facts(host))
        ? new Objection("VAR__DETAIL__SAME_HOST", "is the one on which the machine already runs")
        : null;
  }

  private static boolean same(HostFacts one, HostFacts other) {
    if (one.name().equals(other.name())) {
      return true;
    }
    for (String trait : one.traits()) {
      if (Traits.isAddress(trait) && other.traits().contains(trait)) {
        return true;
      }
    }
    return false;
  }
}
