package io.overt.scheduling.weights;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks hosts by the affinity groups that they would break: first by the highest priorities, so
 * that one group of high priority outweighs any number of lower ones. The score is 1 + the number
 * of better hosts.
 */
abstract class PriorityWeight extends HostWeight {
  PriorityWeight(String id, String name) {
    super(id, name);
  }

  /**
   * How a host stands.
   *
   * @param broken priorities of the groups that it breaks, highest first
   * @param fixed members of positive groups there that cannot be migrated
   * @param members members of positive groups there
   */
  record Standing(List<Double> broken, int fixed, int members) {
    static final Comparator<Standing> BEST_FIRST =
        Comparator.<Standing, List<Double>>comparing(Standing::broken, PriorityWeight::compare)
            .thenComparing(Comparator.comparingInt(Standing::fixed).reversed())
            .thenComparing(Comparator.comparingInt(Standing::members).reversed());
  }

  private static int compare(List<Double> one, List<Double> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = Double.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  /** The groups of the machines that this weight looks at. */
  abstract boolean looksAt(Affinity.Bound bound);

  abstract Standing standing(Decision decision, List<Affinity.Bound> groups, int host);

  private List<Affinity.Bound> groups(Decision decision) {
    List<Affinity.Bound> groups = new ArrayList<>();
    decision
        .machines()
        .forEach(
            machine ->
                decision.state().affinity().of(machine.id()).stream()
                    .filter(this::looksAt)
                    .filter(bound -> !groups.contains(bound))
                    .forEach(groups::add));
    groups.sort(
        Comparator.comparingDouble((Affinity.Bound bound) -> bound.group().priority()).reversed());
    return groups;
  }

  @Override
  public final int constant(Decision decision) {
    for (var machine : decision.machines()) {
      for (Affinity.Bound bound : decision.state().affinity().of(machine.id())) {
        if (looksAt(bound)) {
          return -1;
        }
      }
    }
    return 1;
  }

  @Override
  public final boolean local() {
    return false;
  }

  @Override
  public final void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    List<Affinity.Bound> groups = groups(decision);
    Standing[] standings = new Standing[last - first];
    Map<Standing, Integer> counts = new HashMap<>();
    for (int i = first; i < last; i++) {
      standings[i - first] = standing(decision, groups, hosts[i]);
      counts.merge(standings[i - first], 1, Integer::sum);
    }
    List<Standing> order = new ArrayList<>(counts.keySet());
    order.sort(Standing.BEST_FIRST);
    Map<Standing, Integer> scores = new HashMap<>();
    int better = 0;
    for (Standing standing : order) {
      scores.put(standing, 1 + better);
      better += counts.getOrDefault(standing, 0);
    }
    for (int i = first; i < last; i++) {
      raw[i] = scores.getOrDefault(standings[i - first], 1);
    }
  }

  @Override
  public final void finish(
      Decision decision,
      int[] hosts,
      double[] raw,
      int first,
      int last,
      double least,
      double greatest,
      int[] scores) {
    for (int i = first; i < last; i++) {
      scores[i] = (int) raw[i];
    }
  }
}
