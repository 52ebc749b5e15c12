package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** A machine that may not leave its hosts stays on them. */
final class PinToHostFilter extends HostFilter {
  PinToHostFilter() {
    super("12262ab6-9690-4bc3-a2b3-35573b172d54", "PinToHost");
  }

  @Override
  public boolean concerns(Decision decision) {
    return Filters.any(
        decision.machines(), machine -> machine.migratability() == Migratability.PINNED);
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    for (Machine machine : decision.machines()) {
      if (machine.migratability() != Migratability.PINNED) {
        continue;
      }
      if (machine.dedicatedHosts().isEmpty()) {
        if (machine.running()) {
          return new Objection(
              "VAR__DETAIL__NOT_PINNED_TO_HOST", "cannot take a machine that may not be moved");
        }
      } else if (!machine.dedicatedHosts().contains(decision.state().facts(host).id())) {
        return new Objection(
            "VAR__DETAIL__NOT_PINNED_TO_HOST", "is not among those to which the machine is pinned");
      }
    }
    return null;
  }
}
