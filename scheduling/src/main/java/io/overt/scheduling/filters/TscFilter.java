package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/**
 * A machine that counts on the frequency of its host's time stamp counter finds the same, within
 * 250 parts per million, or a host that can scale it.
 */
final class TscFilter extends EachMachineFilter {
  TscFilter() {
    super("47ea3cd0-8a2f-438d-9f63-49534178882a", "Migration-Tsc-Frequency");
  }

  @Override
  boolean concerns(Machine machine) {
    return machine.running() && machine.special().tscFrequency() > 0;
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    HostFacts.Special special = decision.state().facts(host).special();
    long frequency = machine.special().tscFrequency();
    return special.tscScaling()
            || Math.abs(special.tscFrequency() - frequency) <= frequency * 250 / 1_000_000
        ? null
        : new Objection(
            "VAR__DETAIL__INCOMPATIBLE_TSC_FREQUENCY",
            "has a time stamp counter of %d Hz, the machine runs with %d"
                .formatted(special.tscFrequency(), frequency));
  }
}
