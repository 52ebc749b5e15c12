package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Loads;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** No host whose processors have been busier than {@code HighUtilization} for some minutes. */
final class OverloadFilter extends HostFilter {
  OverloadFilter() {
    super("98842bc5-4094-4b83-8224-7b50f86a94c9", "CPUOverloaded");
  }

  @Override
  public boolean concerns(Decision decision) {
    return true;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    ClusterState state = decision.state();
    if (decision.keeps(host)) {
      return null;
    }
    if (!state.knownLoad(host)) {
      return new Objection("VAR__DETAIL__CPU_OVERLOADED", "has not told how busy its CPUs are");
    }
    double limit = limit(decision);
    int load = Loads.shared(decision, host);
    if (load > limit && old(decision, host)) {
      return new Objection(
          "VAR__DETAIL__CPU_OVERLOADED",
          "has had a CPU load of more than %.0f %% for %d minutes (%d %% now)"
              .formatted(limit, (int) minutes(decision), load));
    }
    return null;
  }

  private static double limit(Decision decision) {
    return decision.properties().number("HighUtilization", decision.settings().highUtilization());
  }

  private static double minutes(Decision decision) {
    return decision
        .properties()
        .number("CpuOverCommitDurationMinutes", decision.settings().overCommitMinutes());
  }

  private static boolean old(Decision decision, int host) {
    long since = decision.state().facts(host).overCommitSince();
    return since > 0 && decision.now() - since >= minutes(decision) * 60_000;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    ClusterState state = decision.state();
    if (!decision.hosts().isEmpty()) {
      super.narrow(decision, candidates);
      return;
    }
    candidates.and(state.knownLoad());
    HostSet suspects = state.overCommitted();
    for (int host = suspects.nextSetBit(0); host >= 0; host = suspects.nextSetBit(host + 1)) {
      if (candidates.get(host) && objection(decision, host) != null) {
        candidates.clear(host);
      }
    }
  }
}
