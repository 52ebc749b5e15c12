package io.overt.bench;

import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.balancing.Balance;
import io.overt.scheduling.balancing.OverCommit;
import io.overt.scheduling.balancing.Thresholds;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One way to balance, lived through a day minute by minute: hosts report, machines come and go, and
 * the balancer may move some. A move copies the machine's memory at 300 MiB a second and counts on
 * both hosts until it is done.
 */
final class DayRun {
  private static final double MIB_PER_MINUTE = 300 * 60;
  private static final long START = 1_700_000_000_000L;

  private final Day day;
  private final Policy policy;
  private final Mover mover;
  private final ClusterState state = new ClusterState(ClusterRules.PLAIN);
  private final Scheduler scheduler = new Scheduler(state, Settings.DEFAULT);
  private final Map<String, Running> running = new HashMap<>();
  private final Map<String, Long> moved = new HashMap<>();
  private final List<Minute> minutes = new ArrayList<>();
  private int moves;
  private int twice;
  private int refused;
  private double unmet;
  private int busy;
  private long copiedMb;
  private long nanos;
  private long worst;

  /** Decides who is to move where. */
  interface Mover {
    List<Wish> wishes(Moment moment);

    /** How many of the wishes may come true in one minute, the first first. */
    default int most() {
      return Integer.MAX_VALUE;
    }
  }

  /** A machine, and the hosts that it may go to: its own too, if that may turn out to be best. */
  record Wish(String machineId, List<String> hosts) {}

  /** What a mover sees. */
  record Moment(ClusterState state, Set<String> moving, Map<String, Long> moved, long now) {}

  /** How it stands in a minute; {@code moves} since the start of the day. */
  record Minute(Balance balance, int moves) {}

  /**
   * @param busyHosts minutes that hosts spent above 90 %, added up
   * @param unmet core hours that machines wanted and did not get
   * @param again moves of machines that had been moved in the hour before
   * @param milliseconds the longest that the mover thought
   */
  record Result(
      List<Minute> minutes,
      int moves,
      int again,
      long copiedMb,
      int busyHosts,
      double unmet,
      int refused,
      double milliseconds,
      double mostMilliseconds) {}

  private static final class Running {
    final Day.Guest guest;
    final SplittableRandom random;
    double mood;
    int arrives;
    String destination = "";

    Running(Day.Guest guest) {
      this.guest = guest;
      this.random = new SplittableRandom(guest.seed());
    }

    double load(int minute) {
      // Keeps nine tenths of its mood from minute to minute.
      mood = 0.9 * mood + 5 * (random.nextDouble() + random.nextDouble() - 1);
      return Math.min(100, Math.max(0.5, guest.load(minute) + mood));
    }
  }

  DayRun(Day day, Policy policy, Mover mover) {
    this.day = day;
    this.policy = policy;
    this.mover = mover;
  }

  Result run() {
    day.hosts().forEach(state::put);
    Iterator<Day.Guest> guests = day.guests().iterator();
    Day.Guest next = guests.hasNext() ? guests.next() : null;
    for (int minute = 0; minute < day.minutes(); minute++) {
      depart(minute);
      while (next != null && next.arrival() <= minute) {
        start(next, minute);
        next = guests.hasNext() ? guests.next() : null;
      }
      arrive(minute);
      report(minute);
      move(minute);
      minutes.add(new Minute(Balance.of(state, Settings.DEFAULT), moves));
    }
    return new Result(
        List.copyOf(minutes),
        moves,
        twice,
        copiedMb,
        busy,
        unmet / 60,
        refused,
        nanos / 1e6 / day.minutes(),
        worst / 1e6);
  }

  private static long time(int minute) {
    return START + minute * 60_000L;
  }

  private void depart(int minute) {
    running
        .values()
        .removeIf(
            each -> {
              boolean gone = each.guest.departure() <= minute;
              if (gone) {
                state.stop(each.guest.machine().id());
              }
              return gone;
            });
  }

  private void start(Day.Guest guest, int minute) {
    Machine machine = guest.machine();
    if (scheduler.place(policy, Request.of(machine, time(minute)))
        instanceof Placement.Chosen chosen) {
      state.run(machine, chosen.hostId());
      running.put(machine.id(), new Running(guest));
    } else {
      refused++;
    }
  }

  /** Moves that are done by now. */
  private void arrive(int minute) {
    for (Running each : running.values()) {
      if (!each.destination.isEmpty() && each.arrives <= minute) {
        state.run(each.guest.machine(), each.destination);
        each.destination = "";
      }
    }
  }

  private void report(int minute) {
    double[] demand = new double[state.size()];
    for (Running each : running.values()) {
      Machine machine = each.guest.machine().withUsage(each.load(minute));
      ClusterState.Resident resident = state.running(machine.id());
      if (resident == null) {
        throw new IllegalStateException(machine.id() + " runs nowhere");
      }
      String host = state.facts(resident.host()).id();
      state.run(machine, host);
      if (!each.destination.isEmpty()) {
        state.reserve(machine.at(host), state.index(each.destination));
      }
      demand[resident.host()] += machine.cpu().usagePercent() * machine.cpu().count();
    }
    for (int host = 0; host < state.size(); host++) {
      HostFacts facts = state.facts(host);
      double wanted = demand[host] / facts.topology().cores();
      double usage = Math.min(100, wanted);
      unmet += Math.max(0, wanted - 100) / 100 * facts.topology().cores();
      busy += usage > 90 ? 1 : 0;
      long since =
          OverCommit.since(
              facts.overCommitSince(),
              usage,
              policy.properties(),
              Thresholds.DEFAULT,
              time(minute));
      long memory = 0;
      for (ClusterState.Resident resident : state.residents(host)) {
        memory += resident.machine().memory().sizeMb();
      }
      state.put(facts.withUsage(usage, facts.memory().physicalMb() - memory - 1024, since));
    }
  }

  private void move(int minute) {
    Set<String> moving = new java.util.HashSet<>();
    running.forEach(
        (id, each) -> {
          if (!each.destination.isEmpty()) {
            moving.add(id);
          }
        });
    long before = System.nanoTime();
    List<Wish> wishes =
        mover.wishes(new Moment(state, Set.copyOf(moving), Map.copyOf(moved), time(minute)));
    long took = System.nanoTime() - before;
    nanos += took;
    worst = Math.max(worst, took);
    int most = mover.most();
    for (Wish wish : wishes) {
      if (most > 0 && move(wish, minute)) {
        most--;
      }
    }
  }

  /** False when the scheduler does not move it. */
  private boolean move(Wish wish, int minute) {
    ClusterState.Resident resident = state.running(wish.machineId());
    Running each = running.get(wish.machineId());
    if (resident == null || each == null || !each.destination.isEmpty()) {
      return false;
    }
    String from = state.facts(resident.host()).id();
    Request request = Request.of(resident.machine(), time(minute)).onlyOn(Set.copyOf(wish.hosts()));
    if (scheduler.find(policy, request) instanceof Placement.Chosen chosen
        && !chosen.hostId().equals(from)) {
      long memory = resident.machine().memory().sizeMb();
      each.destination = chosen.hostId();
      each.arrives = minute + 1 + (int) (memory / MIB_PER_MINUTE);
      state.reserve(resident.machine(), state.index(chosen.hostId()));
      Long last = moved.put(wish.machineId(), time(minute));
      twice += last != null && time(minute) - last < 3_600_000 ? 1 : 0;
      moves++;
      copiedMb += memory;
      return true;
    }
    return false;
  }
}
