package io.overt.scheduling.filters;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/**
 * A machine that takes the shape of its host, or whole cores of it, needs a host of that shape; and
 * every machine needs a host that has told its shape.
 */
final class CpuTopologyFilter extends HostFilter {
  CpuTopologyFilter() {
    super("35c2f1a5-8928-48e9-81ac-4c49eb49d60e", "CPUTopology");
  }

  @Override
  public boolean concerns(Decision decision) {
    return true;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    HostFacts facts = decision.state().facts(host);
    HostFacts.Topology topology = facts.topology();
    if (!decision.state().knownTopology().get(host)) {
      return new Objection("VAR__DETAIL__NOT_ENOUGH_CORES", "has not told its CPU topology");
    }
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (decision.hostOf(i) == host) {
        continue;
      }
      CpuPinning pinning = machine.cpu().pinning();
      if (pinning == CpuPinning.RESIZE_AND_PIN_NUMA
          && (topology.cores() / topology.sockets() <= 1
              || topology.sockets() != facts.special().numaNodes().size())) {
        return new Objection(
            "VAR__DETAIL__UNFIT_CPU_TOPOLOGY",
            "needs more than one core in each socket, and a NUMA node for each socket");
      }
      if (pinning == CpuPinning.DEDICATED
          && topology.threads() / topology.cores() < machine.cpu().threadsPerCore()) {
        return new Objection(
            "VAR__DETAIL__UNFIT_CPU_TOPOLOGY",
            "has %d threads in each core, the machine %d"
                .formatted(topology.threads() / topology.cores(), machine.cpu().threadsPerCore()));
      }
    }
    return null;
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    for (Machine machine : decision.machines()) {
      CpuPinning pinning = machine.cpu().pinning();
      if (pinning == CpuPinning.RESIZE_AND_PIN_NUMA || pinning == CpuPinning.DEDICATED) {
        super.narrow(decision, candidates);
        return;
      }
    }
    candidates.and(decision.state().knownTopology());
  }
}
