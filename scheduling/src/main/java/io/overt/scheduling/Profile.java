package io.overt.scheduling;

import io.overt.scheduling.earlier.EarlierUnits;
import io.overt.scheduling.filters.Filters;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.HostWeight;
import io.overt.scheduling.weights.Weights;
import java.util.Optional;
import java.util.Set;

/** Whose rules the units follow. */
public enum Profile {
  /** oVirt's present rules. */
  CURRENT(Selector.RANK) {
    @Override
    Optional<HostFilter> filter(String unitId) {
      return Filters.find(unitId);
    }

    @Override
    Optional<HostWeight> weight(String unitId) {
      return Weights.find(unitId);
    }
  },

  /**
   * Those of oVirt 3.4 for the units that it had, and the least sum of scores instead of ranks; a
   * weight that came later is left out.
   */
  OVIRT_3_4(Selector.BASIC) {
    @Override
    Optional<HostFilter> filter(String unitId) {
      return EarlierUnits.filter(unitId).or(() -> Filters.find(unitId));
    }

    @Override
    Optional<HostWeight> weight(String unitId) {
      return EarlierUnits.weight(unitId)
          .or(() -> KEPT.contains(unitId) ? Weights.find(unitId) : Optional.empty());
    }
  };

  /** Weights of 3.4 that are still the same: by guests, by highly available guests. */
  private static final Set<String> KEPT =
      Set.of("3ba8c988-f779-42c0-90ce-caa8243edee7", "7f262d70-6cac-11e3-981f-0800200c9a66");

  private final Selector selector;

  Profile(Selector selector) {
    this.selector = selector;
  }

  /** The selector of a policy that names none. */
  public Selector selector() {
    return selector;
  }

  abstract Optional<HostFilter> filter(String unitId);

  abstract Optional<HostWeight> weight(String unitId);
}
