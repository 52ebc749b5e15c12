package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Traits;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A machine that is given devices runs where they are, on the one host it is pinned to. */
final class HostDeviceFilter extends EachMachineFilter {
  HostDeviceFilter() {
    super("728a21f1-f97e-4d32-bc3e-b3cc49756abb", "HostDevice");
  }

  @Override
  boolean concerns(Machine machine) {
    return !machine.needs().devices().isEmpty();
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    HostFacts facts = decision.state().facts(host);
    if (machine.dedicatedHosts().size() != 1 || !machine.dedicatedHosts().contains(facts.id())) {
      return new Objection(
          "VAR__DETAIL__HOST_DEVICE_UNAVAILABLE",
          "is not the one whose devices the machine is given");
    }
    if (machine.special().pciDevices() && !facts.special().passthrough()) {
      return new Objection(
          "VAR__DETAIL__HOSTDEV_DISABLED", "does not give PCI devices to machines");
    }
    Set<String> missing = new TreeSet<>();
    for (String trait : machine.needs().devices()) {
      if (!decision.state().carriers(trait).get(host)) {
        missing.add(Traits.name(trait));
      }
    }
    return missing.isEmpty()
        ? null
        : new Objection(
            "VAR__DETAIL__HOST_DEVICE_UNAVAILABLE",
            "has not, or not free, the devices " + String.join(", ", missing));
  }
}
