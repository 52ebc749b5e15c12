package io.overt.scheduling.state;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host reports, as {@link ClusterState#put(HostFacts)} takes it; sizes are MiB, loads
 * percent, and a negative number says that it is unknown.
 *
 * <p>{@link Load} counts machines that the state is not told of one by one: zero in an engine,
 * which knows them all.
 */
public record HostFacts(
    String id,
    String name,
    boolean up,
    Topology topology,
    double cpuUsage,
    Memory memory,
    boolean spm,
    long overCommitSince,
    Load load,
    Set<String> traits,
    Special special) {

  /** Sockets, cores and threads of the whole host; 0 = unknown. */
  public record Topology(int sockets, int cores, int threads) {}

  /**
   * @param guestOverheadMb taken by each running machine beside its own memory
   * @param overCommitPercent how much of the memory machines may claim, by the cluster; 100 = all
   */
  public record Memory(
      long physicalMb,
      long freeMb,
      long reservedMb,
      long guestOverheadMb,
      long swapFreeMb,
      long swapTotalMb,
      int overCommitPercent) {}

  /**
   * @param largestShared processors of the largest machine that shares them
   */
  public record Load(
      long committedMb, int machines, int active, int vcpus, int largestShared, int ha) {
    public static final Load NONE = new Load(0, 0, 0, 0, 0, 0);
  }

  /**
   * What few machines ask for.
   *
   * @param cpus each processor, when the host tells; empty otherwise
   * @param hugePages free pages by their size in KiB
   * @param freeVirtualFunctions free SR-IOV functions by network id
   * @param mediatedDevices available instances by type, of each device
   * @param engineScore the hosted engine's score of the host; negative when it cannot run it
   * @param engineMaintenance whether the host alone is kept free of the hosted engine
   * @param engineGlobalMaintenance whether nobody looks after the hosted engine
   */
  public record Special(
      List<HostCpu> cpus,
      List<NumaNode> numaNodes,
      Map<Integer, Integer> hugePages,
      Map<String, Integer> freeVirtualFunctions,
      Map<String, List<Integer>> mediatedDevices,
      boolean passthrough,
      int engineScore,
      boolean engineMaintenance,
      boolean engineGlobalMaintenance,
      long tscFrequency,
      boolean tscScaling,
      @Nullable OperatingSystem system) {
    public static final Special NONE =
        new Special(
            List.of(), List.of(), Map.of(), Map.of(), Map.of(), false, -1, false, 0, false, null);

    /** Of a host whose hosted engine is looked after. */
    public Special(
        List<HostCpu> cpus,
        List<NumaNode> numaNodes,
        Map<Integer, Integer> hugePages,
        Map<String, Integer> freeVirtualFunctions,
        Map<String, List<Integer>> mediatedDevices,
        boolean passthrough,
        int engineScore,
        boolean engineMaintenance,
        long tscFrequency,
        boolean tscScaling,
        @Nullable OperatingSystem system) {
      this(
          cpus,
          numaNodes,
          hugePages,
          freeVirtualFunctions,
          mediatedDevices,
          passthrough,
          engineScore,
          engineMaintenance,
          false,
          tscFrequency,
          tscScaling,
          system);
    }
  }

  public HostFacts withUp(boolean value) {
    return new HostFacts(
        id, name, value, topology, cpuUsage, memory, spm, overCommitSince, load, traits, special);
  }

  public HostFacts withTraits(Set<String> value) {
    return new HostFacts(
        id, name, up, topology, cpuUsage, memory, spm, overCommitSince, load, value, special);
  }

  public HostFacts withSpecial(Special value) {
    return new HostFacts(
        id, name, up, topology, cpuUsage, memory, spm, overCommitSince, load, traits, value);
  }

  public HostFacts withUsage(double percent, long freeMb, long since) {
    return new HostFacts(
        id,
        name,
        up,
        topology,
        percent,
        new Memory(
            memory.physicalMb,
            freeMb,
            memory.reservedMb,
            memory.guestOverheadMb,
            memory.swapFreeMb,
            memory.swapTotalMb,
            memory.overCommitPercent),
        spm,
        since,
        load,
        traits,
        special);
  }
}
