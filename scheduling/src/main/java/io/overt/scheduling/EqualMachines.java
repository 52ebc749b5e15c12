package io.overt.scheduling;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.HostWeight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places machines that ask for the same, one after the other, each exactly as if it had come alone:
 * after a choice only the chosen host is looked at again. Scores are kept with how many hosts have
 * each of them, so that ranks follow without sorting. A host loses the more, the higher its scores
 * are: of those with the same score in one weight only the best in the other can be chosen, which
 * is all that is compared when two weights tell hosts apart, as in the default policies.
 */
final class EqualMachines {
  /** Scores outside of 0 … this are not kept; such machines are placed singly. */
  private static final int MOST = 4095;

  private static final int UNKNOWN = -2;

  private final ClusterState state;
  private final Policy policy;
  private final Decision decision;
  private final List<HostFilter> filters = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final int[] hosts;
  private final int[] places;
  private final int[] totals;
  private final Groups groups;
  private boolean grouped;
  private int size;

  /** One weight over all candidates. */
  private final class Column {
    final HostWeight weight;
    final int factor;
    final double[] raw = new double[hosts.length];
    final int[] scores = new int[hosts.length];
    final int[] counts = new int[MOST + 1];

    /** What a host with that score loses: factor × the number of better hosts. */
    final int[] losses = new int[MOST + 1];

    double least;
    double greatest;
    int highest;

    Column(HostWeight weight, int factor) {
      this.weight = weight;
      this.factor = factor;
    }

    boolean begin() {
      weight.raw(decision, hosts, 0, size, raw);
      return range() && finishAll();
    }

    /** Whether the range could be found; it cannot without any value. */
    boolean range() {
      least = Double.POSITIVE_INFINITY;
      greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        least = Math.min(least, Double.isNaN(raw[i]) ? least : raw[i]);
        greatest = Math.max(greatest, Double.isNaN(raw[i]) ? greatest : raw[i]);
      }
      return true;
    }

    /** False when a score is out of bounds. */
    boolean finishAll() {
      weight.finish(decision, hosts, raw, 0, size, least, greatest, scores);
      grouped = false;
      Arrays.fill(counts, 0, highest + 1, 0);
      highest = 0;
      for (int i = 0; i < size; i++) {
        int score = scores[i];
        if (score < 0 || score > MOST) {
          return false;
        }
        counts[score]++;
        highest = Math.max(highest, score);
      }
      return true;
    }

    void sumLosses() {
      int better = 0;
      for (int score = 0; score <= highest; score++) {
        losses[score] = better * factor;
        better += counts[score];
      }
    }

    /** Looks at one host again; false when a score is out of bounds. */
    boolean refresh(int place) {
      double before = raw[place];
      weight.raw(decision, hosts, place, place + 1, raw);
      double now = raw[place];
      if (now == before) {
        return true;
      }
      if (before == least || before == greatest || !(now >= least && now <= greatest)) {
        double oldLeast = least;
        double oldGreatest = greatest;
        range();
        if (least != oldLeast || greatest != oldGreatest) {
          return finishAll();
        }
      }
      int old = scores[place];
      weight.finish(decision, hosts, raw, place, place + 1, least, greatest, scores);
      int score = scores[place];
      if (score < 0 || score > MOST) {
        return false;
      }
      counts[old]--;
      counts[score]++;
      highest = Math.max(highest, score);
      return true;
    }

    /** The last host takes the place of one that is no longer a candidate. */
    boolean remove(int place, int last) {
      double gone = raw[place];
      counts[scores[place]]--;
      raw[place] = raw[last];
      scores[place] = scores[last];
      if (gone == least || gone == greatest) {
        range();
        return finishAll();
      }
      return true;
    }
  }

  private EqualMachines(ClusterState state, Policy policy, Decision decision, HostSet candidates) {
    this.state = state;
    this.policy = policy;
    this.decision = decision;
    this.size = candidates.cardinality();
    this.hosts = new int[size];
    candidates.members(hosts);
    this.places = new int[state.size()];
    this.totals = new int[hosts.length];
    this.groups = new Groups();
    for (int i = 0; i < size; i++) {
      places[hosts[i]] = i;
    }
  }

  /**
   * @param candidates that pass all filters for the first machine
   * @return null when the machines cannot be placed in this way
   */
  static @Nullable EqualMachines of(
      ClusterState state, Policy policy, Decision decision, HostSet candidates) {
    if (decision.anyRuns() || policy.external() || policy.selector() != Selector.RANK) {
      return null;
    }
    EqualMachines equal = new EqualMachines(state, policy, decision, candidates);
    return equal.begin() ? equal : null;
  }

  private boolean begin() {
    for (HostFilter filter : policy.filters()) {
      if (filter.concerns(decision)) {
        if (!filter.local()) {
          return false;
        }
        filters.add(filter);
      }
    }
    for (Policy.Weighted weighted : policy.weights()) {
      if (weighted.factor() == 0 || weighted.weight().constant(decision) >= 0) {
        continue;
      }
      Column column = new Column(weighted.weight(), weighted.factor());
      if (!weighted.weight().local() || !column.begin()) {
        return false;
      }
      columns.add(column);
    }
    return true;
  }

  /** How many hosts can take the next machine. */
  int candidates() {
    return size;
  }

  /** The best host for the next machine, or −1. */
  int best() {
    if (size == 0) {
      return -1;
    }
    columns.forEach(Column::sumLosses);
    return hosts[columns.size() == 2 ? bestOfGroups() : bestOfAll()];
  }

  private int bestOfAll() {
    Arrays.fill(totals, 0, size, 0);
    for (Column column : columns) {
      for (int i = 0; i < size; i++) {
        totals[i] += column.losses[column.scores[i]];
      }
    }
    int best = 0;
    for (int i = 1; i < size; i++) {
      if (totals[i] < totals[best] || (totals[i] == totals[best] && before(i, best))) {
        best = i;
      }
    }
    return best;
  }

  private int bestOfGroups() {
    Column one = columns.get(0);
    Column other = columns.get(1);
    if (!grouped) {
      groups.build(one.scores, size);
      grouped = true;
    }
    int best = -1;
    int least = Integer.MAX_VALUE;
    for (int score = 0; score <= one.highest; score++) {
      int place = groups.best(score, other.scores);
      if (place >= 0) {
        int total = one.losses[score] + other.losses[other.scores[place]];
        if (total < least || (total == least && before(place, best))) {
          least = total;
          best = place;
        }
      }
    }
    return best;
  }

  /** The candidates by their score in the first weight, each group as a linked list. */
  private final class Groups {
    final int[] first = new int[MOST + 1];
    final int[] best = new int[MOST + 1];
    final int[] next = new int[hosts.length];

    void build(int[] scores, int size) {
      Arrays.fill(first, -1);
      Arrays.fill(best, UNKNOWN);
      for (int place = 0; place < size; place++) {
        next[place] = first[scores[place]];
        first[scores[place]] = place;
      }
    }

    void move(int place, int from, int to) {
      if (from != to) {
        unlink(place, from);
        next[place] = first[to];
        first[to] = place;
      }
      best[from] = UNKNOWN;
      best[to] = UNKNOWN;
    }

    private void unlink(int place, int score) {
      if (first[score] == place) {
        first[score] = next[place];
        return;
      }
      int at = first[score];
      while (next[at] != place) {
        at = next[at];
      }
      next[at] = next[place];
    }

    int best(int score, int[] others) {
      if (best[score] != UNKNOWN) {
        return best[score];
      }
      int found = first[score];
      for (int at = found; at >= 0; at = next[at]) {
        if (others[at] < others[found] || (others[at] == others[found] && before(at, found))) {
          found = at;
        }
      }
      best[score] = found;
      return found;
    }
  }

  private boolean before(int one, int other) {
    int host = hosts[one];
    int against = hosts[other];
    if (state.lastChosen(host) != state.lastChosen(against)) {
      return state.lastChosen(host) < state.lastChosen(against);
    }
    return state.order(host) < state.order(against);
  }

  /**
   * A machine has been reserved on the host.
   *
   * @return false when the rest has to be placed singly
   */
  boolean taken(int host) {
    int place = places[host];
    for (HostFilter filter : filters) {
      if (filter.objection(decision, host) != null) {
        return remove(place);
      }
    }
    int before = columns.isEmpty() ? 0 : columns.getFirst().scores[place];
    for (Column column : columns) {
      if (!column.refresh(place)) {
        return false;
      }
    }
    if (grouped) {
      groups.move(place, before, columns.getFirst().scores[place]);
    }
    return true;
  }

  private boolean remove(int place) {
    int last = --size;
    boolean good = true;
    grouped = false;
    for (Column column : columns) {
      good &= column.remove(place, last);
    }
    hosts[place] = hosts[last];
    places[hosts[place]] = place;
    return good;
  }

  /** Whether two machines ask for the same of their host. */
  static boolean equal(Machine one, Machine other) {
    return one.memory().equals(other.memory())
        && one.cpu().equals(other.cpu())
        && one.ha() == other.ha()
        && one.paused() == other.paused()
        && one.migratability() == other.migratability()
        && one.dedicatedHosts().equals(other.dedicatedHosts())
        && one.needs().equals(other.needs())
        && one.special().equals(other.special())
        && one.hostId() == null
        && other.hostId() == null;
  }
}
