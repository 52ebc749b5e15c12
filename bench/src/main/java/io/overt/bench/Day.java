package io.overt.bench;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A day in a cluster, the same for everyone who lives through it: its hosts, and machines that come
 * and go and whose load follows the hour. Most work in office hours, some at night, some all day;
 * each has its own habits, and is unsteady.
 *
 * @param minutes how long the day is
 * @param hosts three of four have 32 cores and 256 GiB, the others twice that
 * @param guests those of the first minute, then those that arrive
 */
record Day(int minutes, List<HostFacts> hosts, List<Guest> guests) {
  private static final int CORES = 32;
  private static final long MEMORY_MB = 256 * 1024;

  /**
   * A machine and its habits.
   *
   * @param arrival minute of its start
   * @param departure minute of its end
   * @param base percent of its processors that are always busy
   * @param peak percent more at its busiest hour
   * @param hour of the day when it is busiest
   * @param width for how many hours before and after it works
   */
  record Guest(
      Machine machine,
      int arrival,
      int departure,
      double base,
      double peak,
      double hour,
      double width,
      long seed) {

    /** Percent of its processors that are busy in that minute, its unsteadiness aside. */
    double load(int minute) {
      double away = Math.abs(minute / 60.0 % 24 - hour);
      away = Math.min(away, 24 - away);
      double rise = away >= width ? 0 : (1 + Math.cos(Math.PI * away / width)) / 2;
      return base + peak * rise;
    }
  }

  static Day of(int hosts, int guests, int minutes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<HostFacts> facts = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      facts.add(host(i, i % 4 == 3 ? 2 : 1));
    }
    List<Guest> all = new ArrayList<>();
    double stay = 24 * 60 * 2.5;
    for (int i = 0; i < guests; i++) {
      all.add(guest(random, all.size(), 0, stay));
    }
    double rate = guests / stay;
    for (int minute = 1; minute < minutes; minute++) {
      // New machines come in office hours above all.
      double hour = minute / 60.0 % 24;
      double expected = rate * (hour > 8 && hour < 18 ? 1.7 : 0.5);
      int count = (int) expected + (random.nextDouble() < expected % 1 ? 1 : 0);
      for (int i = 0; i < count; i++) {
        all.add(guest(random, all.size(), minute, stay));
      }
    }
    return new Day(minutes, List.copyOf(facts), List.copyOf(all));
  }

  private static HostFacts host(int number, int size) {
    return new HostFacts(
        "host-%04d".formatted(number),
        "host-%04d".formatted(number),
        true,
        new HostFacts.Topology(2 * size, CORES * size, CORES * size * 2),
        0,
        new HostFacts.Memory(MEMORY_MB * size, MEMORY_MB * size, 321, 65, 0, 0, 100),
        false,
        0,
        HostFacts.Load.NONE,
        Set.of(),
        HostFacts.Special.NONE);
  }

  private static Guest guest(SplittableRandom random, int number, int minute, double stay) {
    int cpus = 1 << random.nextInt(1, 4);
    long memory = 1024L << random.nextInt(1, 6);
    String id = "guest-%05d".formatted(number);
    double kind = random.nextDouble();
    double busy = 15 + 60 * random.nextDouble();
    return new Guest(
        new Machine(
            id,
            id,
            new Machine.MemoryNeed(memory, memory, 64, 64 + memory / 512 + 16 + 8L * cpus),
            new Machine.CpuNeed(cpus, 1, 1, CpuPinning.NONE, Set.of(), 0, false, false),
            null,
            false,
            false,
            Migratability.MIGRATABLE,
            Set.of(),
            Machine.Needs.NONE,
            Machine.Special.NONE),
        minute,
        minute + 1 + (int) (-stay * Math.log(1 - random.nextDouble())),
        3 + 12 * random.nextDouble() + (kind > 0.9 ? busy / 2 : 0),
        kind > 0.9 ? 0 : busy,
        kind < 0.7 ? 11 + 5 * random.nextDouble() : 24 * random.nextDouble(),
        kind < 0.7 ? 4 + 3 * random.nextDouble() : 1 + 3 * random.nextDouble(),
        random.nextLong());
  }
}
