package io.overt.scheduling.earlier;

import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** No machine with more processors than the host; one that does not tell its cores passes. */
final class EarlierCpuFilter extends HostFilter {
  EarlierCpuFilter() {
    super("6d636bf6-a35c-4f9d-b68d-0731f720cddc", "CPU");
  }

  @Override
  public boolean concerns(Decision decision) {
    return true;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    int cores = decision.state().effectiveCores(host);
    for (Machine machine : decision.machines()) {
      if (cores > 0 && machine.cpu().count() > cores) {
        return new Objection(
            "VAR__DETAIL__NOT_ENOUGH_CORES",
            "has %d cores, %d are needed".formatted(cores, machine.cpu().count()));
      }
    }
    return null;
  }
}
