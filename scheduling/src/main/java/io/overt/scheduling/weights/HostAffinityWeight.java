package io.overt.scheduling.weights;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.unit.Decision;
import java.util.ArrayList;
import java.util.List;

/** Prefers hosts that break fewer of the wishes about machines and hosts. */
final class HostAffinityWeight extends PriorityWeight {
  HostAffinityWeight() {
    super("427aed70-dae3-48ba-8fe9-a902a9d563c8", "VmToHostsAffinityGroups");
  }

  @Override
  boolean looksAt(Affinity.Bound bound) {
    return bound.group().hostRule().enabled() && !bound.group().hostRule().enforcing();
  }

  @Override
  Standing standing(Decision decision, List<Affinity.Bound> groups, int host) {
    String id = decision.state().facts(host).id();
    List<Double> broken = new ArrayList<>(0);
    for (Affinity.Bound bound : groups) {
      if (bound.group().hostRule().positive() != bound.group().hosts().contains(id)) {
        broken.add(bound.group().priority());
      }
    }
    return new Standing(broken, 0, 0);
  }
}
