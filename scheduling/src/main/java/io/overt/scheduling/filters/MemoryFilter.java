package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is there now, swap included, and memory that is not promised to others. A paused
 * machine has its memory already.
 */
final class MemoryFilter extends HostFilter {
  MemoryFilter() {
    super("c9ddbb34-0e1d-4061-a8d7-b0893fa80932", "Memory");
  }

  @Override
  public boolean concerns(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (!machine.paused()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    ClusterState state = decision.state();
    Need need = need(decision, host);
    if (need.machines == 0) {
      return null;
    }
    long free = state.freeMb(host);
    if (free < 0) {
      return new Objection(
          "VAR__DETAIL__NOT_ENOUGH_MEMORY", "has not yet told how much memory is free");
    }
    long huge = need.newPagesMb(state, host);
    long limit = free - state.pendingStaticMb(host) - huge;
    long now = need.staticMb;
    if (limit < 0 || now > limit + state.swapFreeMb(host)) {
      return new Objection(
          "VAR__DETAIL__NOT_ENOUGH_MEMORY",
          "has %d MiB free with its swap, %d are needed"
              .formatted(Math.max(0, limit) + state.swapFreeMb(host), now));
    }
    long most = need.requiredMb + huge;
    if (most > state.schedulableMb(host)) {
      return new Objection(
          "VAR__DETAIL__NOT_ENOUGH_MEMORY",
          "has %.0f MiB that are promised to nobody, %d are needed"
              .formatted(state.schedulableMb(host), most));
    }
    return null;
  }

  /** What the machines need that neither run on the host nor are paused, having it already. */
  private static final class Need {
    final Map<Integer, Integer> pages = new HashMap<>();
    int machines;
    long staticMb;
    long requiredMb;

    /** MiB of huge pages that are to be made, as too few are free and not promised. */
    long newPagesMb(ClusterState state, int host) {
      long kib = 0;
      for (Map.Entry<Integer, Integer> wanted : pages.entrySet()) {
        int size = wanted.getKey();
        int free = state.facts(host).special().hugePages().getOrDefault(size, 0);
        for (ClusterState.Resident resident : state.residents(host)) {
          free -= resident.pending() ? pages(resident.machine(), size) : 0;
        }
        kib += (long) Math.max(0, wanted.getValue() - Math.max(0, free)) * size;
      }
      return kib >> 10;
    }

    private static int pages(Machine machine, int size) {
      return machine.special().hugePages().getOrDefault(size, 0);
    }
  }

  private static Need need(Decision decision, int host) {
    Need need = new Need();
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (decision.hostOf(i) == host || machine.paused()) {
        continue;
      }
      need.machines++;
      need.staticMb += machine.staticMb();
      need.requiredMb += machine.requiredMb();
      machine
          .special()
          .hugePages()
          .forEach((size, count) -> need.pages.merge(size, count, Integer::sum));
    }
    return need;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    if (decision.anyRuns()
        || decision.hugeMb(-1) > 0
        || Filters.any(decision.machines(), Machine::paused)) {
      super.narrow(decision, candidates);
      return;
    }
    ClusterState state = decision.state();
    long now = decision.staticMb(-1);
    long most = decision.requiredMb(-1);
    for (int index = 0; index < candidates.words(); index++) {
      long word = candidates.word(index);
      long keep = word;
      while (word != 0) {
        long bit = Long.lowestOneBit(word);
        int host = (index << 6) + Long.numberOfTrailingZeros(word);
        long free = state.freeMb(host);
        long limit = free - state.pendingStaticMb(host);
        if (free < 0
            || limit < 0
            || now > limit + state.swapFreeMb(host)
            || most > state.schedulableMb(host)) {
          keep ^= bit;
        }
        word ^= bit;
      }
      candidates.word(index, keep);
    }
  }
}
