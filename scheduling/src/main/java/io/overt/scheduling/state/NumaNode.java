package io.overt.scheduling.state;

import java.util.Set;

/**
 * A node of a host's memory, or of a machine's.
 *
 * @param memoryMb of a host's node what is free, of a machine's node what it needs
 * @param totalMb of a host's node its whole memory; of a machine's node what it needs
 * @param cpus ids of the host's processors in it, or of the machine's
 * @param hostNodes of a machine's node: the host's nodes it is pinned to; empty for a host's
 * @param preferred of a machine's node: the pinning is a wish ({@code PREFERRED}), not a demand
 */
public record NumaNode(
    int index,
    long memoryMb,
    long totalMb,
    Set<Integer> cpus,
    Set<Integer> hostNodes,
    boolean preferred) {

  /** A machine's node, or a host's that is all free. */
  public NumaNode(
      int index, long memoryMb, Set<Integer> cpus, Set<Integer> hostNodes, boolean preferred) {
    this(index, memoryMb, memoryMb, cpus, hostNodes, preferred);
  }

  public static NumaNode ofHost(int index, long freeMb, Set<Integer> cpus) {
    return ofHost(index, freeMb, freeMb, cpus);
  }

  public static NumaNode ofHost(int index, long freeMb, long totalMb, Set<Integer> cpus) {
    return new NumaNode(index, freeMb, totalMb, cpus, Set.of(), false);
  }
}
