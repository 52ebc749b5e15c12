package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.ExclusiveCpus;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The largest machine that shares processors must find as many as it has, after those that others
 * have for themselves.
 */
final class CpuFilter extends HostFilter {
  CpuFilter() {
    super("6d636bf6-a35c-4f9d-b68d-0731f720cddc", "CPU");
  }

  @Override
  public boolean concerns(Decision decision) {
    return true;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    ClusterState state = decision.state();
    if (!state.knownTopology().get(host)) {
      return new Objection("VAR__DETAIL__NOT_ENOUGH_CORES", "has not told how many cores it has");
    }
    int shared = Math.max(state.largestShared(host), decision.largestShared(host));
    int exclusive = exclusive(decision, host);
    if (exclusive < 0 || state.effectiveCores(host) - exclusive < shared) {
      return new Objection(
          "VAR__DETAIL__NOT_ENOUGH_CORES",
          "has %d cores that machines can share, %d are needed"
              .formatted(Math.max(0, state.effectiveCores(host) - Math.max(0, exclusive)), shared));
    }
    return null;
  }

  /** Cores that cannot be shared; −1 when the machines do not find those they want. */
  private static int exclusive(Decision decision, int host) {
    int taken = decision.state().exclusiveCpus(host);
    if (!decision.exclusive()) {
      return taken;
    }
    List<Machine> wanting = new ArrayList<>();
    for (int i = 0; i < decision.machines().size(); i++) {
      if (decision.hostOf(i) != host && decision.machines().get(i).cpu().pinning().exclusive()) {
        wanting.add(decision.machines().get(i));
      }
    }
    if (decision.state().facts(host).special().cpus().isEmpty()) {
      return 0;
    }
    return ExclusiveCpus.fit(decision.state(), host, wanting).map(Set::size).orElse(-1 - taken)
        + taken;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    if (decision.exclusive() || decision.anyRuns()) {
      super.narrow(decision, candidates);
      return;
    }
    ClusterState state = decision.state();
    int wanted = decision.largestShared(-1);
    candidates.and(state.knownTopology());
    for (int index = 0; index < candidates.words(); index++) {
      long word = candidates.word(index);
      long keep = word;
      while (word != 0) {
        long bit = Long.lowestOneBit(word);
        int host = (index << 6) + Long.numberOfTrailingZeros(word);
        int left = state.effectiveCores(host) - state.exclusiveCpus(host);
        if (left < wanted || left < state.largestShared(host)) {
          keep ^= bit;
        }
        word ^= bit;
      }
      candidates.word(index, keep);
    }
  }
}
