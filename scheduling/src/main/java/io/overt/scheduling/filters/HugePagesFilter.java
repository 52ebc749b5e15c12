package io.overt.scheduling.filters;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Objection;
import java.util.Map;

/** Enough free huge pages of each size, after those that are promised. */
final class HugePagesFilter extends ClaimFilter<Integer> {
  HugePagesFilter() {
    super("23e07b34-66dd-4735-bc45-bcddded02c05", "HugePages");
  }

  @Override
  void claim(Machine machine, Map<Integer, Integer> claims) {
    machine.special().hugePages().forEach((size, pages) -> claims.merge(size, pages, Integer::sum));
  }

  @Override
  int free(ClusterState state, int host, Integer size) {
    return state.facts(host).special().hugePages().getOrDefault(size, 0);
  }

  @Override
  Objection objection(Integer size, int free, int needed) {
    return new Objection(
        "VAR__DETAIL__NOT_ENOUGH_HUGE_PAGES",
        "has %d free huge pages of %d KiB, %d are needed".formatted(free, size, needed));
  }
}
