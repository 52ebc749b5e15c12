package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Objection;
import java.util.List;
import java.util.Map;

/** Enough free instances of each type of mediated device. */
final class MediatedDeviceFilter extends ClaimFilter<String> {
  MediatedDeviceFilter() {
    super("aa604ea6-f758-4d28-8e05-bf5f4a0818bd", "MDevice");
  }

  @Override
  void claim(Machine machine, Map<String, Integer> claims) {
    machine.special().mediatedDevices().forEach(type -> claims.merge(type, 1, Integer::sum));
  }

  @Override
  int free(ClusterState state, int host, String type) {
    int free = 0;
    for (int device : state.facts(host).special().mediatedDevices().getOrDefault(type, List.of())) {
      free += device;
    }
    return free;
  }

  @Override
  Objection objection(String type, int free, int needed) {
    return new Objection(
        "VAR__DETAIL__MDEV_UNAVAILABLE",
        "has %d free mediated devices of type %s, %d are needed".formatted(free, type, needed));
  }
}
