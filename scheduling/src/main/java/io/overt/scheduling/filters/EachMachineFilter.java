package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks about each machine by itself; the host on which a machine runs already has passed. */
abstract class EachMachineFilter extends HostFilter {
  EachMachineFilter(String id, String name) {
    super(id, name);
  }

  abstract boolean concerns(Machine machine);

  abstract @Nullable Objection objection(Decision decision, Machine machine, int host);

  @Override
  public final boolean concerns(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (concerns(machine)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public final @Nullable Objection objection(Decision decision, int host) {
    List<Machine> machines = decision.machines();
    for (int i = 0; i < machines.size(); i++) {
      if (decision.hostOf(i) != host && concerns(machines.get(i))) {
        Objection objection = objection(decision, machines.get(i), host);
        if (objection != null) {
          return objection;
        }
      }
    }
    return null;
  }
}
