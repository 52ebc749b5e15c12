package io.overt.scheduling;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders candidates by all weights of a policy, exactly: every host has its rank in every weight.
 * Ranks are found by counting, as scores are small numbers; the arrays are kept for the next
 * decision.
 */
final class Ranking {
  /** Scores in a wider range are sorted instead of counted. */
  private static final int COUNTED = 4096;

  private final ClusterState state;
  private int[] hosts = new int[0];
  private double[] raw = new double[0];
  private int[] scores = new int[0];
  private long[] totals = new long[0];
  private final int[] better = new int[COUNTED + 1];
  private int size;

  Ranking(ClusterState state) {
    this.state = state;
  }

  /** Ranks the candidates; {@link #best} and the rest then speak of them. */
  void rank(
      Decision decision, Policy policy, HostSet candidates, List<Request.ExternalScores> external) {
    load(candidates);
    for (Policy.Weighted weighted : policy.weights()) {
      if (weighted.factor() != 0 && weighted.weight().constant(decision) < 0) {
        score(weighted.weight(), decision);
        add(policy.selector(), weighted.factor());
      }
    }
    for (Request.ExternalScores unit : external) {
      score(unit.scores());
      add(policy.selector(), unit.factor());
    }
  }

  private void load(HostSet candidates) {
    int wanted = candidates.cardinality();
    if (hosts.length < wanted) {
      hosts = new int[wanted + wanted / 4 + 16];
      raw = new double[hosts.length];
      scores = new int[hosts.length];
      totals = new long[hosts.length];
    }
    size = candidates.members(hosts);
    Arrays.fill(totals, 0, size, 0);
  }

  private void score(HostWeight weight, Decision decision) {
    weight.raw(decision, hosts, 0, size, raw);
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double value = raw[i];
      if (value < least) {
        least = value;
      }
      if (value > greatest) {
        greatest = value;
      }
    }
    weight.finish(decision, hosts, raw, 0, size, least, greatest, scores);
  }

  private void score(Map<String, Integer> given) {
    for (int i = 0; i < size; i++) {
      scores[i] = given.getOrDefault(state.facts(hosts[i]).id(), 0);
    }
  }

  /** Adds factor × rank: the rank is told by how many hosts are better, so those are taken off. */
  private void add(Selector selector, int factor) {
    if (selector == Selector.BASIC) {
      for (int i = 0; i < size; i++) {
        totals[i] -= (long) factor * scores[i];
      }
      return;
    }
    int least = Integer.MAX_VALUE;
    int greatest = Integer.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, scores[i]);
      greatest = Math.max(greatest, scores[i]);
    }
    if ((long) greatest - least < COUNTED) {
      Arrays.fill(better, 0, greatest - least + 2, 0);
      for (int i = 0; i < size; i++) {
        better[scores[i] - least + 1]++;
      }
      for (int score = 1; score <= greatest - least; score++) {
        better[score] += better[score - 1];
      }
      for (int i = 0; i < size; i++) {
        totals[i] -= (long) factor * better[scores[i] - least];
      }
    } else {
      int[] sorted = Arrays.copyOf(scores, size);
      Arrays.sort(sorted);
      for (int i = 0; i < size; i++) {
        totals[i] -= (long) factor * below(sorted, scores[i]);
      }
    }
  }

  /** How many elements of a sorted array are less. */
  private static int below(int[] sorted, int value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The host with the greatest total; of several the one that was chosen longest ago, then the one
   * with the lowest id.
   */
  int best() {
    int best = -1;
    for (int i = 0; i < size; i++) {
      if (best < 0 || before(i, best)) {
        best = i;
      }
    }
    return hosts[best];
  }

  private boolean before(int one, int other) {
    if (totals[one] != totals[other]) {
      return totals[one] > totals[other];
    }
    int host = hosts[one];
    int against = hosts[other];
    if (state.lastChosen(host) != state.lastChosen(against)) {
      return state.lastChosen(host) < state.lastChosen(against);
    }
    return state.order(host) < state.order(against);
  }

  // -- for people ------------------------------------------------------------

  /** The candidates, the best first. */
  int[] order() {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      places.add(i);
    }
    places.sort((a, b) -> before(a, b) ? -1 : before(b, a) ? 1 : 0);
    return places.stream().mapToInt(i -> hosts[i]).toArray();
  }

  /** What a weight says of each host. */
  record Column(String unit, int factor, Map<Integer, Rank> ranks) {}

  record Rank(int score, int rank) {}

  List<Column> columns(
      Decision decision, Policy policy, HostSet candidates, List<Request.ExternalScores> external) {
    load(candidates);
    List<Column> columns = new ArrayList<>();
    for (Policy.Weighted weighted : policy.weights()) {
      int constant = weighted.weight().constant(decision);
      if (constant >= 0) {
        Arrays.fill(scores, 0, size, constant);
      } else {
        score(weighted.weight(), decision);
      }
      columns.add(column(weighted.weight().name(), weighted.factor()));
    }
    for (Request.ExternalScores unit : external) {
      score(unit.scores());
      columns.add(column(unit.unit() == null ? "external" : unit.unit(), unit.factor()));
    }
    return columns;
  }

  private Column column(String unit, int factor) {
    int[] sorted = Arrays.copyOf(scores, size);
    Arrays.sort(sorted);
    Map<Integer, Rank> ranks = new HashMap<>();
    for (int i = 0; i < size; i++) {
      ranks.put(hosts[i], new Rank(scores[i], size - 1 - below(sorted, scores[i])));
    }
    return new Column(unit, factor, ranks);
  }
}
