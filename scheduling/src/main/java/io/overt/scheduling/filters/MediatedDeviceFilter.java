package io.overt.scheduling.filters;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Objection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Enough free instances of each type of mediated device. */
final class MediatedDeviceFilter extends EachMachineFilter {
  MediatedDeviceFilter() {
    super("aa604ea6-f758-4d28-8e05-bf5f4a0818bd", "MDevice");
  }

  @Override
  boolean concerns(Machine machine) {
    return !machine.special().mediatedDevices().isEmpty();
  }

  @Override
  @Nullable Objection objection(Decision decision, Machine machine, int host) {
    Map<String, Integer> wanted = new TreeMap<>();
    machine.special().mediatedDevices().forEach(type -> wanted.merge(type, 1, Integer::sum));
    for (Map.Entry<String, Integer> type : wanted.entrySet()) {
      int free =
          decision
              .state()
              .facts(host)
              .special()
              .mediatedDevices()
              .getOrDefault(type.getKey(), List.of())
              .stream()
              .mapToInt(Integer::intValue)
              .sum();
      if (free < type.getValue()) {
        return new Objection(
            "VAR__DETAIL__MDEV_UNAVAILABLE",
            "has %d free mediated devices of type %s, %d are needed"
                .formatted(free, type.getKey(), type.getValue()));
      }
    }
    return null;
  }
}
