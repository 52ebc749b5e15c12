package io.overt.scheduling;

import io.overt.scheduling.state.Affinity;
import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides the machines of one call into those that are placed together: machines that an enforced
 * rule keeps on one host, directly or by way of others. Machines that want processors for
 * themselves come first, as they find room while others have not spread; apart from that the order
 * is the caller's.
 */
public final class MachineGroups {
  /** The filter without which such rules are not looked at. */
  private static final String AFFINITY_FILTER = "84e6ddee-ab0d-42dd-82f0-c297779db566";

  private static final Comparator<Machine> EXCLUSIVE_FIRST =
      Comparator.comparing(machine -> !machine.cpu().pinning().exclusive());

  private MachineGroups() {}

  /** Groups in the order in which they are to be placed, each with its machines in order. */
  public static List<List<Machine>> of(Policy policy, Affinity affinity, List<Machine> machines) {
    List<Machine> sorted = new ArrayList<>(machines);
    sorted.sort(EXCLUSIVE_FIRST);
    if (policy.filters().stream().noneMatch(filter -> filter.id().equals(AFFINITY_FILTER))) {
      return alone(sorted);
    }
    Map<String, String> leaders = leaders(affinity);
    Map<String, List<Machine>> groups = new LinkedHashMap<>();
    for (Machine machine : sorted) {
      groups.computeIfAbsent(leader(leaders, machine.id()), id -> new ArrayList<>()).add(machine);
    }
    return groups.values().stream().map(List::copyOf).toList();
  }

  /** Each machine by itself, in the same order. */
  public static List<List<Machine>> alone(List<Machine> machines) {
    return machines.stream().sorted(EXCLUSIVE_FIRST).map(List::of).toList();
  }

  /** Joins the members of each group that must be together; a chain leads to one for them all. */
  private static Map<String, String> leaders(Affinity affinity) {
    Map<String, String> leaders = new HashMap<>();
    for (Affinity.Bound bound : affinity.all()) {
      AffinityGroup.Rule rule = bound.group().machineRule();
      if (rule.enabled() && rule.positive() && rule.enforcing()) {
        String first = null;
        for (String member : bound.group().machines()) {
          String leader = leader(leaders, member);
          if (first == null) {
            first = leader;
          } else if (!leader.equals(first)) {
            leaders.put(leader, first);
          }
        }
      }
    }
    return leaders;
  }

  private static String leader(Map<String, String> leaders, String machine) {
    String leader = machine;
    for (String next = leaders.get(leader); next != null; next = leaders.get(leader)) {
      leader = next;
    }
    return leader;
  }
}
