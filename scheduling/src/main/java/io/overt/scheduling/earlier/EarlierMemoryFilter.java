package io.overt.scheduling.earlier;

import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** A host that does not swap and has promised less than it may, guaranteed memory counted. */
final class EarlierMemoryFilter extends HostFilter {
  EarlierMemoryFilter() {
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
    HostFacts.Memory memory = decision.state().facts(host).memory();
    if (decision.settings().swapCheck() && swapped(memory) > decision.settings().allowedSwap()) {
      return new Objection(
          "VAR__DETAIL__SWAP_VALUE_ILLEGAL",
          "swaps %d %% of its memory".formatted(swapped(memory)));
    }
    long needed = 0;
    for (int i = 0; i < decision.machines().size(); i++) {
      if (decision.hostOf(i) != host) {
        needed += decision.machines().get(i).memory().minimumMb() + memory.guestOverheadMb();
      }
    }
    float left = decision.state().schedulableMb(host);
    return memory.physicalMb() > 0 && needed <= left
        ? null
        : new Objection(
            "VAR__DETAIL__NOT_ENOUGH_MEMORY",
            "has %.0f MiB that are promised to nobody, %d are needed".formatted(left, needed));
  }

  private static long swapped(HostFacts.Memory memory) {
    return memory.swapTotalMb() < 0
            || memory.swapFreeMb() < 0
            || memory.freeMb() <= 0
            || memory.physicalMb() <= 0
        ? 0
        : (memory.swapTotalMb() - memory.swapFreeMb() - memory.freeMb())
            * 100
            / memory.physicalMb();
  }
}
