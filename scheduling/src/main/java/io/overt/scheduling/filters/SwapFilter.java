package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** No host that swaps more than {@code MaximumAllowedSwapUsage} percent of its memory. */
final class SwapFilter extends HostFilter {
  SwapFilter() {
    super("43b9e654-337f-4b0d-a896-cbb22ce5a7fc", "Swap");
  }

  @Override
  public boolean concerns(Decision decision) {
    return decision.settings().swapCheck()
        && Filters.any(decision.machines(), machine -> !machine.paused());
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    if (decision.keeps(host)) {
      return null;
    }
    HostFacts.Memory memory = decision.state().facts(host).memory();
    long percent = used(memory);
    double limit = limit(decision);
    return percent > limit
        ? new Objection(
            "VAR__DETAIL__SWAP_VALUE_ILLEGAL",
            "swaps %d %% of its memory, %.0f %% are allowed".formatted(percent, limit))
        : null;
  }

  private static double limit(Decision decision) {
    return decision
        .properties()
        .number("MaximumAllowedSwapUsage", decision.settings().allowedSwap());
  }

  /** Percent of the physical memory, negative when there is more free than swapped. */
  private static long used(HostFacts.Memory memory) {
    boolean known =
        memory.swapTotalMb() >= 0
            && memory.swapFreeMb() >= 0
            && memory.freeMb() > 0
            && memory.physicalMb() > 0;
    return known
        ? (memory.swapTotalMb() - memory.swapFreeMb() - memory.freeMb()) * 100 / memory.physicalMb()
        : 0;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    if (decision.anyRuns()) {
      super.narrow(decision, candidates);
      return;
    }
    double limit = limit(decision);
    HostSet swapping = decision.state().swapping();
    for (int host = swapping.nextSetBit(0); host >= 0; host = swapping.nextSetBit(host + 1)) {
      if (used(decision.state().facts(host).memory()) > limit) {
        candidates.clear(host);
      }
    }
  }
}
