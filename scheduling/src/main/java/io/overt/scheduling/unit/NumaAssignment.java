package io.overt.scheduling.unit;

import io.overt.scheduling.state.NumaNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Places for the nodes of machines among those of a host, by search. */
public final class NumaAssignment {
  private NumaAssignment() {}

  /** MiB free by index of the host's node. */
  public static Map<Integer, Long> free(List<NumaNode> nodes) {
    Map<Integer, Long> free = new HashMap<>();
    nodes.forEach(node -> free.put(node.index(), node.memoryMb()));
    return free;
  }

  /**
   * Takes the memory of all the wanted nodes off what is free, or nothing when they do not fit.
   *
   * @param wanted the machine's nodes; one without pinning goes anywhere
   * @param pins the host's processors by the machine's, to be respected: each pinned processor of a
   *     node must find one of its own in the host's node; empty to look at memory alone
   */
  public static boolean take(
      List<NumaNode> wanted,
      List<NumaNode> nodes,
      Map<Integer, Long> free,
      Map<Integer, Set<Integer>> pins) {
    if (wanted.isEmpty()) {
      return true;
    }
    NumaNode node = wanted.getFirst();
    for (NumaNode target : nodes) {
      boolean allowed = node.hostNodes().isEmpty() || node.hostNodes().contains(target.index());
      long left = free.getOrDefault(target.index(), 0L);
      if (allowed && left >= node.memoryMb() && agree(node, target, pins)) {
        free.put(target.index(), left - node.memoryMb());
        if (take(wanted.subList(1, wanted.size()), nodes, free, pins)) {
          return true;
        }
        free.put(target.index(), left);
      }
    }
    return false;
  }

  private static boolean agree(NumaNode node, NumaNode target, Map<Integer, Set<Integer>> pins) {
    for (int cpu : node.cpus()) {
      Set<Integer> pinned = pins.getOrDefault(cpu, Set.of());
      if (!pinned.isEmpty() && pinned.stream().noneMatch(target.cpus()::contains)) {
        return false;
      }
    }
    return true;
  }
}
