package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** A running machine goes to another host: those that are the same one by name are left out. */
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
            && decision.state().facts(from).name().equals(decision.state().facts(host).name())
        ? new Objection("VAR__DETAIL__SAME_HOST", "is the one on which the machine already runs")
        : null;
  }
}
