package io.overt.scheduling.unit;

import io.overt.scheduling.state.NumaNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the nodes of a machine find places among those of a host, by search. */
public final class NumaAssignment {
  private NumaAssignment() {}

  /**
   * @param wanted the machine's nodes; one without pinning goes anywhere
   * @param pinnedCpus the host's processors to which the machine is pinned, to be respected: a
   *     node's processors must be in the host's node; null to look at memory alone
   */
  public static boolean exists(
      List<NumaNode> wanted, List<NumaNode> nodes, @Nullable Set<Integer> pinnedCpus) {
    Map<Integer, Long> free = new HashMap<>();
    nodes.forEach(node -> free.put(node.index(), node.memoryMb()));
    return place(wanted, 0, nodes, free, pinnedCpus);
  }

  private static boolean place(
      List<NumaNode> wanted,
      int next,
      List<NumaNode> nodes,
      Map<Integer, Long> free,
      @Nullable Set<Integer> pinnedCpus) {
    if (next == wanted.size()) {
      return true;
    }
    NumaNode node = wanted.get(next);
    for (NumaNode target : nodes) {
      boolean allowed = node.hostNodes().isEmpty() || node.hostNodes().contains(target.index());
      boolean cpus =
          pinnedCpus == null
              || pinnedCpus.isEmpty()
              || target.cpus().stream().anyMatch(pinnedCpus::contains);
      long left = free.getOrDefault(target.index(), 0L);
      if (allowed && cpus && left >= node.memoryMb()) {
        free.put(target.index(), left - node.memoryMb());
        if (place(wanted, next + 1, nodes, free, pinnedCpus)) {
          return true;
        }
        free.put(target.index(), left);
      }
    }
    return false;
  }
}
