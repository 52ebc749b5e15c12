package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Enough free huge pages of each size, after those that are promised. */
final class HugePagesFilter extends EachMachineFilter {
  HugePagesFilter() {
    super("23e07b34-66dd-4735-bc45-bcddded02c05", "HugePages");
  }

  @Override
  boolean concerns(Machine machine) {
    return !machine.special().hugePages().isEmpty();
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    Map<Integer, Integer> free = decision.state().facts(host).special().hugePages();
    for (Map.Entry<Integer, Integer> need : machine.special().hugePages().entrySet()) {
      int promised = 0;
      for (ClusterState.Resident resident : decision.state().residents(host)) {
        if (resident.pending()) {
          promised += resident.machine().special().hugePages().getOrDefault(need.getKey(), 0);
        }
      }
      int left = Math.max(0, free.getOrDefault(need.getKey(), 0) - promised);
      if (left < need.getValue()) {
        return new Objection(
            "VAR__DETAIL__NOT_ENOUGH_HUGE_PAGES",
            "has %d free huge pages of %d KiB, %d are needed"
                .formatted(left, need.getKey(), need.getValue()));
      }
    }
    return null;
  }
}
