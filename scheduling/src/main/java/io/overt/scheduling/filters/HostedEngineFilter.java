package io.overt.scheduling.filters;

import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Objection;
import org.jspecify.annotations.Nullable;

/** The hosted engine runs on hosts that are set up for it and not much worse than its own. */
final class HostedEngineFilter extends HostFilter {
  /** How much worse than its present host another may be. */
  private static final int TOLERANCE = 800;

  HostedEngineFilter() {
    super("e659c871-0bf1-4ccc-b748-f28f5d08dffd", "HA");
  }

  @Override
  public boolean concerns(Decision decision) {
    return Filters.any(decision.machines(), machine -> machine.special().engine());
  }

  @Override
  public @Nullable Objection objection(Decision decision, int host) {
    for (int i = 0; i < decision.machines().size(); i++) {
      Machine machine = decision.machines().get(i);
      if (!machine.special().engine() || decision.hostOf(i) == host) {
        continue;
      }
      int least = 0;
      if (decision.hostOf(i) >= 0) {
        HostFacts.Special current = decision.state().facts(decision.hostOf(i)).special();
        least =
            current.engineGlobalMaintenance() ? 0 : Math.max(current.engineScore() - TOLERANCE, 0);
      }
      int score = decision.state().facts(host).special().engineScore();
      if (score <= 0 || score <= least) {
        return new Objection(
            "VAR__DETAIL__NOT_HE_HOST",
            "has the hosted engine's score %d, more than %d is needed"
                .formatted(Math.max(0, score), least));
      }
    }
    return null;
  }
}
