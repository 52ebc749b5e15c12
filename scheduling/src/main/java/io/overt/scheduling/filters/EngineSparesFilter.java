package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** Keeps memory for the hosted engine on {@code HeSparesCount} hosts. */
final class EngineSparesFilter extends HostFilter {
  EngineSparesFilter() {
    super("53bff075-8306-446f-a53b-9c872a29d197", "HostedEngineSpares");
  }

  @Override
  public boolean concerns(Decision decision) {
    return spares(decision) > 0
        && engine(decision.state()) != null
        && !Filters.any(decision.machines(), machine -> machine.special().engine());
  }

  @Override
  public boolean local() {
    return false;
  }

  private static int spares(Decision decision) {
    return (int) decision.properties().number("HeSparesCount", 0);
  }

  /** The hosted engine, when it runs in this cluster. */
  private static ClusterState.@Nullable Resident engine(ClusterState state) {
    for (int host = state.up().nextSetBit(0); host >= 0; host = state.up().nextSetBit(host + 1)) {
      if (state.facts(host).special().engineScore() >= 0) {
        for (ClusterState.Resident resident : state.residents(host)) {
          if (resident.machine().special().engine()) {
            return resident;
          }
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    HostSet all = decision.state().up().copy();
    narrow(decision, all);
    return all.get(host) || !decision.state().up().get(host)
        ? null
        : new Objection(
            "VAR__DETAIL__NOT_ENOUGH_HE_SPARES",
            "is kept free for the hosted engine (HeSparesCount %d)".formatted(spares(decision)));
  }

  @Override
  public void narrow(Decision decision, HostSet candidates) {
    ClusterState state = decision.state();
    ClusterState.Resident engine = engine(state);
    if (engine == null) {
      return;
    }
    int count = 0;
    HostSet needed = new HostSet(state.size());
    for (int host = state.up().nextSetBit(0); host >= 0; host = state.up().nextSetBit(host + 1)) {
      HostFacts facts = state.facts(host);
      HostFacts.Special special = facts.special();
      long forEngine = engine.machine().memory().sizeMb() + facts.memory().guestOverheadMb();
      if (special.engineScore() <= 0
          || special.engineMaintenance()
          || engine.host() == host
          || state.schedulableMb(host) <= forEngine) {
        continue;
      }
      count++;
      long both = forEngine;
      for (int i = 0; i < decision.machines().size(); i++) {
        Machine machine = decision.machines().get(i);
        if (decision.hostOf(i) == host) {
          continue;
        }
        both += machine.memory().sizeMb() + facts.memory().guestOverheadMb();
      }
      if (state.schedulableMb(host) <= both) {
        needed.set(host);
      }
    }
    if (count <= spares(decision)) {
      candidates.andNot(needed);
    }
  }
}
