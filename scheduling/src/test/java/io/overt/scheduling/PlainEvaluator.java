package io.overt.scheduling;

import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of the policy {@code evenly_distributed} once more, as they are written down and in the
 * simplest way: everything is computed anew for each host from lists of what was placed. What the
 * scheduler does with columns, counters and bits must come out the same.
 */
final class PlainEvaluator {
  private final List<HostFacts> hosts;
  private final List<AffinityGroup> groups;
  private final Map<String, List<Machine>> placed = new TreeMap<>();

  PlainEvaluator(RandomCluster cluster) {
    hosts = cluster.hosts;
    groups = cluster.groups;
    hosts.forEach(host -> placed.put(host.id(), new ArrayList<>()));
  }

  void place(Machine machine, String host) {
    placed.get(host).add(machine);
  }

  void remove(Machine machine) {
    placed.values().forEach(all -> all.remove(machine));
  }

  List<Machine> on(String host) {
    return placed.get(host);
  }

  private static long required(Machine machine) {
    return machine.memory().sizeMb() - machine.hugePagesMb() + machine.memory().overheadMb();
  }

  double schedulable(HostFacts host) {
    float room =
        host.memory().overCommitPercent() * host.memory().physicalMb() / 100f
            - host.memory().reservedMb();
    float pending = 0;
    for (Machine machine : placed.get(host.id())) {
      pending += required(machine) + machine.hugePagesMb();
    }
    return Math.max(0, Math.max(0, room) - pending);
  }

  boolean passes(Machine machine, HostFacts host) {
    return host.up()
        && topology(machine, host)
        && pinned(machine, host)
        && traits(machine, host)
        && notOverloaded(host)
        && notSwapping(host)
        && memory(machine, host)
        && hugePages(machine, host)
        && apartAndTogether(machine, host)
        && allowedHosts(machine, host);
  }

  private boolean topology(Machine machine, HostFacts host) {
    int needed = machine.cpu().count();
    for (Machine other : placed.get(host.id())) {
      needed = Math.max(needed, other.cpu().count());
    }
    return host.topology().cores() > 0 && host.topology().cores() >= needed;
  }

  private static boolean pinned(Machine machine, HostFacts host) {
    return machine.migratability() != Migratability.PINNED
        || machine.dedicatedHosts().isEmpty()
        || machine.dedicatedHosts().contains(host.id());
  }

  private static boolean traits(Machine machine, HostFacts host) {
    return host.traits().containsAll(machine.needs().networks())
        && host.traits().containsAll(machine.needs().emulatedMachine())
        && host.traits().containsAll(machine.needs().cpuFlags());
  }

  private boolean notOverloaded(HostFacts host) {
    if (host.cpuUsage() < 0) {
      return false;
    }
    double spm = host.spm() ? 10 : 0;
    double load =
        Math.ceil((host.cpuUsage() * host.topology().cores() + spm) / host.topology().cores());
    return load <= 80 || host.overCommitSince() == 0;
  }

  private static boolean notSwapping(HostFacts host) {
    HostFacts.Memory memory = host.memory();
    return memory.freeMb() <= 0
        || (memory.swapTotalMb() - memory.swapFreeMb() - memory.freeMb())
                * 100
                / memory.physicalMb()
            <= 0;
  }

  private boolean memory(Machine machine, HostFacts host) {
    long free = host.memory().freeMb();
    if (free < 0) {
      return false;
    }
    long newPages =
        Math.max(0, machine.special().hugePages().getOrDefault(2048, 0) - freePages(host)) * 2L;
    long limit = free - newPages;
    for (Machine other : placed.get(host.id())) {
      limit -= other.memory().staticOverheadMb();
    }
    long now =
        machine.memory().sizeMb() - machine.hugePagesMb() + machine.memory().staticOverheadMb();
    return limit >= 0
        && now <= limit + host.memory().swapFreeMb()
        && required(machine) + newPages <= schedulable(host);
  }

  private boolean hugePages(Machine machine, HostFacts host) {
    int needed = machine.special().hugePages().getOrDefault(2048, 0);
    return needed == 0 || freePages(host) >= needed;
  }

  private int freePages(HostFacts host) {
    int promised = 0;
    for (Machine other : placed.get(host.id())) {
      promised += other.special().hugePages().getOrDefault(2048, 0);
    }
    return Math.max(0, host.special().hugePages().getOrDefault(2048, 0) - promised);
  }

  private boolean runs(AffinityGroup group, String host, Machine except) {
    return placed.get(host).stream()
        .anyMatch(
            other -> !other.id().equals(except.id()) && group.machines().contains(other.id()));
  }

  private boolean apartAndTogether(Machine machine, HostFacts host) {
    Set<String> wanted = new HashSet<>();
    for (AffinityGroup group : groups) {
      if (group.machines().contains(machine.id())
          && group.machineRule().enabled()
          && group.machineRule().enforcing()) {
        if (!group.machineRule().positive() && runs(group, host.id(), machine)) {
          return false;
        }
        if (group.machineRule().positive()) {
          placed
              .keySet()
              .forEach(
                  other -> {
                    if (runs(group, other, machine)) {
                      wanted.add(other);
                    }
                  });
        }
      }
    }
    return wanted.isEmpty() || wanted.contains(host.id());
  }

  private boolean allowedHosts(Machine machine, HostFacts host) {
    return groups.stream()
        .filter(group -> group.machines().contains(machine.id()))
        .filter(group -> group.hostRule().enabled() && group.hostRule().enforcing())
        .allMatch(group -> group.hosts().contains(host.id()) == group.hostRule().positive());
  }

  // -- weights -----------------------------------------------------------------

  /** Ids of the hosts with the greatest Σ factor × rank. */
  Set<String> best(Machine machine) {
    List<HostFacts> passed = hosts.stream().filter(host -> passes(machine, host)).toList();
    Map<String, Long> totals = new HashMap<>();
    passed.forEach(host -> totals.put(host.id(), 0L));
    rank(totals, 2, cpu(machine, passed));
    rank(totals, 1, memory(machine, passed));
    rank(totals, 99, preferred(machine, passed));
    rank(totals, 1, ha(machine, passed));
    rank(totals, 1, broken(machine, passed, true));
    rank(totals, 20, broken(machine, passed, false));
    rank(totals, 4, shape(machine, passed));
    long most = totals.values().stream().mapToLong(Long::longValue).max().orElse(0);
    Set<String> best = new HashSet<>();
    totals.forEach(
        (host, total) -> {
          if (total == most) {
            best.add(host);
          }
        });
    return best;
  }

  private static void rank(Map<String, Long> totals, int factor, Map<String, Double> scores) {
    scores.forEach(
        (host, score) -> {
          long behind = scores.values().stream().filter(other -> other < score).count();
          totals.merge(host, factor * (scores.size() - 1 - behind), Long::sum);
        });
  }

  private Map<String, Double> cpu(Machine machine, List<HostFacts> passed) {
    Map<String, Double> load = new HashMap<>();
    for (HostFacts host : passed) {
      double total = host.cpuUsage() * host.topology().cores() + (host.spm() ? 10 : 0);
      for (Machine other : placed.get(host.id())) {
        total += other.cpu().count() * 10;
      }
      total += machine.cpu().count() * 10;
      load.put(host.id(), (double) Math.round(total / host.topology().cores()));
    }
    return stretch(load);
  }

  private static Map<String, Double> stretch(Map<String, Double> raw) {
    double least = raw.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = raw.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Map<String, Double> scores = new HashMap<>();
    raw.forEach(
        (host, value) ->
            scores.put(
                host,
                most == least
                    ? 1.0
                    : (double) Math.round(1 + (value - least) / (most - least) * 999)));
    return scores;
  }

  private Map<String, Double> memory(Machine machine, List<HostFacts> passed) {
    double most = passed.stream().mapToDouble(this::schedulable).max().orElse(0);
    Map<String, Double> scores = new HashMap<>();
    for (HostFacts host : passed) {
      scores.put(
          host.id(),
          1000.0 - Math.round((schedulable(host) - required(machine) - 1) * 999 / (most - 1)));
    }
    return scores;
  }

  private static Map<String, Double> preferred(Machine machine, List<HostFacts> passed) {
    Map<String, Double> scores = new HashMap<>();
    passed.forEach(
        host ->
            scores.put(
                host.id(),
                machine.dedicatedHosts().isEmpty() || machine.dedicatedHosts().contains(host.id())
                    ? 0.0
                    : 10_000.0));
    return scores;
  }

  private Map<String, Double> ha(Machine machine, List<HostFacts> passed) {
    Map<String, Double> scores = new HashMap<>();
    // Nothing runs yet of what was placed, and only what runs counts.
    passed.forEach(host -> scores.put(host.id(), 0.0));
    return scores;
  }

  /** Hosts by the priorities of the groups that they break. */
  private Map<String, Double> broken(
      Machine machine, List<HostFacts> passed, boolean machineRules) {
    Map<String, List<Double>> priorities = new HashMap<>();
    Map<String, List<Integer>> members = new HashMap<>();
    for (HostFacts host : passed) {
      List<Double> broken = new ArrayList<>();
      int fixed = 0;
      int there = 0;
      for (AffinityGroup group : groups) {
        if (!group.machines().contains(machine.id())) {
          continue;
        }
        if (machineRules && group.machineRule().enabled()) {
          boolean runs = runs(group, host.id(), machine);
          if (group.machineRule().positive() != runs) {
            broken.add(group.priority());
          }
          if (group.machineRule().positive()) {
            for (Machine other : placed.get(host.id())) {
              if (group.machines().contains(other.id())) {
                there++;
                fixed += other.migratability() == Migratability.MIGRATABLE ? 0 : 1;
              }
            }
          }
        }
        if (!machineRules
            && group.hostRule().enabled()
            && !group.hostRule().enforcing()
            && group.hosts().contains(host.id()) != group.hostRule().positive()) {
          broken.add(group.priority());
        }
      }
      broken.sort((a, b) -> Double.compare(b, a));
      priorities.put(host.id(), broken);
      members.put(host.id(), List.of(fixed, there));
    }
    Map<String, Double> scores = new HashMap<>();
    for (HostFacts host : passed) {
      long better =
          passed.stream()
              .filter(
                  other ->
                      compare(
                              priorities.get(other.id()),
                              members.get(other.id()),
                              priorities.get(host.id()),
                              members.get(host.id()))
                          < 0)
              .count();
      scores.put(host.id(), 1.0 + better);
    }
    return scores;
  }

  private static int compare(
      List<Double> one, List<Integer> oneMembers, List<Double> other, List<Integer> otherMembers) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return Double.compare(one.get(i), other.get(i));
      }
    }
    if (one.size() != other.size()) {
      return one.size() - other.size();
    }
    return oneMembers.get(0).equals(otherMembers.get(0))
        ? otherMembers.get(1) - oneMembers.get(1)
        : otherMembers.get(0) - oneMembers.get(0);
  }

  private static Map<String, Double> shape(Machine machine, List<HostFacts> passed) {
    Map<String, Double> raw = new HashMap<>();
    for (HostFacts host : passed) {
      boolean fits =
          machine.cpu().sockets() <= host.topology().sockets()
              && machine.cpu().coresPerSocket()
                  <= host.topology().cores() / host.topology().sockets();
      raw.put(host.id(), !machine.cpu().highPerformance() || fits ? 1.0 : 1000.0);
    }
    return stretch(raw);
  }
}
