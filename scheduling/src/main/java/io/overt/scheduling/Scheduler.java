package io.overt.scheduling;

import io.overt.scheduling.Placement.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses the host for a machine: filters first, then the least loaded of what is left. */
public final class Scheduler {
  /**
   * Least claimed processors per processor, then most memory, then name: the same answer always.
   */
  private static final Comparator<HostState> LEAST_LOADED =
      Comparator.<HostState>comparingDouble(h -> (double) h.virtualCpus() / Math.max(1, h.cpus()))
          .thenComparing(Comparator.comparingLong(HostState::schedulableMemory).reversed())
          .thenComparing(HostState::name);

  public Placement place(PlacementRequest request, Collection<HostState> hosts) {
    List<Rejection> rejections = new ArrayList<>();
    HostState best = null;
    for (HostState host : hosts) {
      Optional<Rejection> rejection = reject(request, host);
      if (rejection.isPresent()) {
        rejections.add(rejection.get());
      } else if (best == null || LEAST_LOADED.compare(host, best) < 0) {
        best = host;
      }
    }
    List<Rejection> reasons = List.copyOf(rejections);
    return best == null ? new Placement.Refused(reasons) : new Placement.Chosen(best.id(), reasons);
  }

  private static Optional<Rejection> reject(PlacementRequest request, HostState host) {
    for (Filter filter : Filters.MANDATORY) {
      Optional<String> objection = filter.objection(request, host);
      if (objection.isPresent()) {
        return Optional.of(new Rejection(host.id(), host.name(), filter.name(), objection.get()));
      }
    }
    return Optional.empty();
  }
}
