package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.OperatingSystem;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** A running machine never goes to a host with an older major version of the system. */
final class UpgradeFilter extends EachMachineFilter {
  UpgradeFilter() {
    super("84e6ddee-ab0d-42dd-82f0-c298889db567", "InClusterUpgrade");
  }

  @Override
  boolean concerns(Machine machine) {
    return machine.running();
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    int from = decision.state().index(machine.hostId());
    OperatingSystem source = from < 0 ? null : decision.state().facts(from).special().system();
    if (source == null) {
      return null;
    }
    OperatingSystem target = decision.state().facts(host).special().system();
    return target != null
            && target.family().equals(source.family())
            && target.major() >= source.major()
        ? null
        : new Objection(
            "VAR__DETAIL__HOST_OS_OLDER",
            "runs an older or unknown system than the machine's host");
  }
}
