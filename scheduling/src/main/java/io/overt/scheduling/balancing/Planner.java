package io.overt.scheduling.balancing;

import io.overt.scheduling.Policy;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plans several moves that even out a cluster's processors and memory together. The goal is plain:
 * the sum, over all hosts, of the squares of what parts them from the cluster's own share. A move
 * is planned when it brings that down by more than it costs to copy the machine, when every filter
 * of the policy passes its new host as the earlier moves leave it, and when no rule of affinity is
 * broken worse than before. A machine that was moved a short while ago rests.
 */
public final class Planner {
  /** Hosts that are looked at for each move, those furthest above their share. */
  private static final int SOURCES = 8;

  /**
   * Hosts that are looked at as the new ones of a move, those furthest below their share; with more
   * hosts than these a plan would take seconds.
   */
  private static final int TARGETS = 512;

  /** The best ideas for one move that the filters are asked about. */
  private static final int IDEAS = 48;

  /** The least gain for each point of the cluster's average machine. */
  private static final int GAIN_OF_POINT = 100;

  private final Policy policy;
  private final Settings settings;
  private final Options options;

  /**
   * @param moves at most, in one plan
   * @param movesOfHost at most, from or to one host in one plan
   * @param trigger points from the cluster's share at which something is done about a host
   * @param tolerance points from it at which no more is done
   * @param least gain of a move, in percent²
   * @param gainOfGibibyte more gain for each GiB that has to be copied
   * @param high percent of its processors that a host may have busy after it got a machine
   * @param rest of a machine after a move
   */
  public record Options(
      int moves,
      int movesOfHost,
      double trigger,
      double tolerance,
      double least,
      double gainOfGibibyte,
      double high,
      Duration rest) {

    public static final Options DEFAULT =
        new Options(20, 3, 17, 5, 400, 8, 80, Duration.ofHours(1));

    /** More moves at once, for smaller gains: when somebody asks for it. */
    public Options thorough() {
      return new Options(
          MOST, MOST, tolerance, tolerance, least / 10, gainOfGibibyte / 4, high, Duration.ZERO);
    }

    /**
     * The same, for fewer moves at a time.
     *
     * @param ofHost at most, from or to one host
     */
    public Options atMost(int all, int ofHost) {
      return new Options(all, ofHost, trigger, tolerance, least, gainOfGibibyte, high, rest);
    }

    private static final int MOST = 1_000;
  }

  /**
   * What a plan starts from.
   *
   * @param busy ids of machines that must not be moved now
   * @param moved when machines were moved last, in milliseconds since 1970
   * @param now milliseconds since 1970
   */
  public record Situation(ClusterState state, Set<String> busy, Map<String, Long> moved, long now) {
    public static Situation of(ClusterState state, long now) {
      return new Situation(state, Set.of(), Map.of(), now);
    }
  }

  public Planner(Policy policy, Settings settings, Options options) {
    this.policy = policy;
    this.settings = settings;
    this.options = options;
  }

  public Plan plan(Situation situation) {
    return new Search(situation).run();
  }

  /** How even the cluster is once the moves on their way are done. */
  public Balance measure(ClusterState state) {
    return new Shares(new Forecast(state).state(), settings).balance();
  }

  /** A move that may be worth while. */
  private record Idea(Machine machine, int from, int to, double gain) {}

  private final class Search {
    private final Situation situation;
    private final Forecast forecast;
    private final ClusterState state;
    private final Shares shares;
    private final Set<String> resting;

    /** Hosts that are so far off that it counts: until they are within the tolerance. */
    private final BitSet giving = new BitSet();

    private final BitSet taking = new BitSet();

    /** What a move has to gain. */
    private final double worthwhile;

    private final Map<Integer, Integer> touched = new HashMap<>();
    private final List<Plan.Move> moves = new ArrayList<>();

    Search(Situation situation) {
      this.situation = situation;
      this.forecast = new Forecast(situation.state());
      this.state = forecast.state();
      this.shares = new Shares(state, settings);
      this.worthwhile = worthwhile();
      this.resting = new HashSet<>(situation.busy());
      situation
          .moved()
          .forEach(
              (id, when) -> {
                if (situation.now() - when < options.rest().toMillis()) {
                  resting.add(id);
                }
              });
    }

    /** Where all machines are small, small gains have to do. */
    private double worthwhile() {
      double points = 0;
      int count = 0;
      for (int host : shares.hosts()) {
        for (ClusterState.Resident resident : state.residents(host)) {
          points += shares.cpu(resident.machine(), host) + shares.memory(resident.machine(), host);
          count++;
        }
      }
      return count == 0 ? 0 : Math.min(options.least(), GAIN_OF_POINT * points / count);
    }

    Plan run() {
      Balance before = shares.balance();
      off(options.trigger(), 1).forEach(giving::set);
      off(options.trigger(), -1).forEach(taking::set);
      BitSet exhausted = new BitSet();
      while (moves.size() < options.moves() && step(exhausted)) {
        // One more.
      }
      return new Plan(moves, before, shares.balance(), List.of());
    }

    /**
     * Hosts that are more than so many points above the cluster's share, the furthest first.
     *
     * @param sign −1 for those below it
     */
    private IntStream off(double points, int sign) {
      return Arrays.stream(shares.hosts())
          .filter(host -> isOff(host, points, sign))
          .boxed()
          .sorted(
              Comparator.<Integer>comparingDouble(host -> -excess(host, sign))
                  .thenComparingInt(state::order))
          .mapToInt(Integer::intValue);
    }

    private boolean isOff(int host, double points, int sign) {
      return sign * shares.cpuOff(host) > points || sign * shares.memoryOff(host) > points;
    }

    private int[] targets() {
      int[] all = shares.hosts();
      if (all.length <= TARGETS) {
        return all;
      }
      double[] room = Arrays.stream(all).mapToDouble(host -> excess(host, -1)).sorted().toArray();
      double least = room[room.length - TARGETS];
      return Arrays.stream(all)
          .filter(host -> excess(host, -1) >= least && excess(host, -1) > 0)
          .limit(TARGETS)
          .toArray();
    }

    private double excess(int host, int sign) {
      double cpu = Math.max(0, sign * shares.cpuOff(host));
      double memory = Math.max(0, sign * shares.memoryOff(host));
      return cpu * cpu + memory * memory;
    }

    /** Plans the best move of the hosts furthest off; false when there is none left. */
    private boolean step(BitSet exhausted) {
      BitSet takers = new BitSet();
      for (int host : shares.hosts()) {
        takers.set(host, taking.get(host) && isOff(host, options.tolerance(), -1));
      }
      int[] sources =
          off(options.tolerance(), 1)
              .filter(host -> !exhausted.get(host) && open(host))
              .filter(host -> giving.get(host) || !takers.isEmpty())
              .limit(SOURCES)
              .toArray();
      if (sources.length == 0) {
        return false;
      }
      PriorityQueue<Idea> ideas = new PriorityQueue<>(IDEAS + 1, WORST_FIRST);
      int[] targets = targets();
      for (int source : sources) {
        collect(source, targets, giving.get(source) ? null : takers, ideas);
      }
      List<Idea> best = new ArrayList<>(ideas);
      best.sort(WORST_FIRST.reversed());
      for (Idea idea : best) {
        if (allowed(idea)) {
          make(idea);
          return true;
        }
      }
      for (int source : sources) {
        exhausted.set(source);
      }
      return true;
    }

    private boolean open(int host) {
      return touched.getOrDefault(host, 0) < options.movesOfHost();
    }

    /**
     * @param takers the hosts that it may give to; null for all
     */
    private void collect(
        int source, int[] targets, @Nullable BitSet takers, PriorityQueue<Idea> ideas) {
      for (ClusterState.Resident resident : state.residents(source)) {
        Machine machine = resident.machine();
        if (resident.pending()
            || resting.contains(machine.id())
            || !Destinations.movable(machine)) {
          continue;
        }
        double cost = worthwhile + options.gainOfGibibyte() * machine.memory().sizeMb() / 1024;
        double load = Destinations.load(machine);
        long size = machine.memory().sizeMb() - machine.hugePagesMb();
        for (int target : targets) {
          double gain = shares.gain(load, size, source, target) - cost;
          if (gain < 0
              || target == source
              || (ideas.size() == IDEAS && gain <= ideas.element().gain())
              || !open(target)
              || (takers != null && !takers.get(target))) {
            continue;
          }
          ideas.add(new Idea(machine, source, target, gain));
          if (ideas.size() > IDEAS) {
            ideas.remove();
          }
        }
      }
    }

    private boolean allowed(Idea idea) {
      Machine machine = idea.machine();
      if (shares.cpu(idea.to()) + shares.cpu(machine, idea.to()) > options.high()) {
        return false;
      }
      for (BrokenRules.Kind kind : BrokenRules.Kind.values()) {
        if (BrokenRules.compare(
                BrokenRules.on(state, machine, idea.to(), kind),
                BrokenRules.on(state, machine, idea.from(), kind))
            > 0) {
          return false;
        }
      }
      Decision decision =
          new Decision(
              state, List.of(machine), policy.properties(), settings, situation.now(), false);
      for (HostFilter filter : policy.filters()) {
        if (filter.concerns(decision) && filter.objection(decision, idea.to()) != null) {
          return false;
        }
      }
      return true;
    }

    private void make(Idea idea) {
      Machine machine = idea.machine();
      moves.add(move(state, machine, idea.from(), idea.to(), idea.gain()));
      forecast.move(machine, idea.to());
      shares.measure(idea.from());
      shares.measure(idea.to());
      touched.merge(idea.from(), 1, Integer::sum);
      touched.merge(idea.to(), 1, Integer::sum);
      resting.add(machine.id());
    }
  }

  private static final Comparator<Idea> WORST_FIRST =
      Comparator.comparingDouble(Idea::gain)
          .thenComparing(idea -> idea.machine().id(), Comparator.reverseOrder())
          .thenComparing(Comparator.comparingInt(Idea::to).reversed());

  static Plan.Move move(ClusterState state, Machine machine, int from, int to, double gain) {
    return new Plan.Move(
        machine.id(),
        machine.name(),
        state.facts(from).id(),
        state.facts(from).name(),
        state.facts(to).id(),
        state.facts(to).name(),
        machine.memory().sizeMb(),
        gain);
  }
}
