package io.overt.scheduling.state;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as placement sees it: what it needs, and where it is. Sizes are MiB.
 *
 * @param memory what it takes
 * @param cpu its processors and how they are bound
 * @param hostId the host on which it runs; null when it is down
 * @param needs what its host must have
 * @param special what few machines ask for
 */
public record Machine(
    String id,
    String name,
    MemoryNeed memory,
    CpuNeed cpu,
    @Nullable String hostId,
    boolean paused,
    boolean ha,
    Migratability migratability,
    Set<String> dedicatedHosts,
    Needs needs,
    Special special) {

  /**
   * @param sizeMb the guest's memory
   * @param minimumMb what the guest is guaranteed
   * @param staticOverheadMb what the emulator takes whatever the machine does
   * @param overheadMb static overhead and what devices can take at most
   */
  public record MemoryNeed(long sizeMb, long minimumMb, long staticOverheadMb, long overheadMb) {}

  /**
   * @param usagePercent the load of the running machine on each of its processors; negative when
   *     unknown
   * @param pins the host's processors to which it is pinned by hand, by its own processor
   */
  public record CpuNeed(
      int sockets,
      int coresPerSocket,
      int threadsPerCore,
      CpuPinning pinning,
      Map<Integer, Set<Integer>> pins,
      double usagePercent,
      boolean passthrough,
      boolean highPerformance) {

    /** All its processors are pinned to the same ones. */
    public CpuNeed(
        int sockets,
        int coresPerSocket,
        int threadsPerCore,
        CpuPinning pinning,
        Set<Integer> pinned,
        double usagePercent,
        boolean passthrough,
        boolean highPerformance) {
      this(
          sockets,
          coresPerSocket,
          threadsPerCore,
          pinning,
          pinsTo(pinned, sockets * coresPerSocket * threadsPerCore),
          usagePercent,
          passthrough,
          highPerformance);
    }

    private static Map<Integer, Set<Integer>> pinsTo(Set<Integer> pinned, int count) {
      return pinned.isEmpty()
          ? Map.of()
          : IntStream.range(0, count).boxed().collect(Collectors.toMap(cpu -> cpu, cpu -> pinned));
    }

    /** Every host's processor to which one of its own is pinned by hand. */
    public Set<Integer> pinned() {
      return pins.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    public static CpuNeed of(int sockets, int coresPerSocket) {
      return new CpuNeed(sockets, coresPerSocket, 1, CpuPinning.NONE, Set.of(), -1, false, false);
    }

    public int count() {
      return sockets * coresPerSocket * threadsPerCore;
    }
  }

  /**
   * Traits that the host must carry (see {@link Traits}), by the filter that asks for them.
   *
   * @param networks of plugged interfaces, each at most once
   */
  public record Needs(
      Set<String> compatibility,
      Set<String> cpuFlags,
      Set<String> emulatedMachine,
      Set<String> networks,
      Set<String> leases,
      Set<String> hooks,
      Set<String> devices) {
    public static final Needs NONE =
        new Needs(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
  }

  /**
   * @param hugePages pages that it needs by their size in KiB
   * @param passthroughNetworks networks that need a virtual function, once for each interface
   * @param mediatedDevices types of mediated devices, once for each
   * @param tscFrequency of the host on which it runs, when the guest relies on it; 0 otherwise
   * @param engine whether it is the hosted engine
   */
  public record Special(
      Map<Integer, Integer> hugePages,
      List<NumaNode> numaNodes,
      List<String> passthroughNetworks,
      List<String> mediatedDevices,
      long tscFrequency,
      boolean engine,
      boolean pciDevices) {
    public static final Special NONE =
        new Special(Map.of(), List.of(), List.of(), List.of(), 0, false, false);
  }

  public boolean running() {
    return hostId != null;
  }

  /** MiB for its huge pages. */
  public long hugePagesMb() {
    long kib = 0;
    for (Map.Entry<Integer, Integer> pages : special.hugePages.entrySet()) {
      kib += (long) pages.getKey() * pages.getValue();
    }
    return kib >> 10;
  }

  /** MiB with the static overhead, without what huge pages back. */
  public long staticMb() {
    return memory.sizeMb - hugePagesMb() + memory.staticOverheadMb;
  }

  /** MiB at most, without what huge pages back. */
  public long requiredMb() {
    return memory.sizeMb - hugePagesMb() + memory.overheadMb;
  }

  /** The same machine, with another load on each of its processors. */
  public Machine withUsage(double percent) {
    CpuNeed loaded =
        new CpuNeed(
            cpu.sockets,
            cpu.coresPerSocket,
            cpu.threadsPerCore,
            cpu.pinning,
            cpu.pins,
            percent,
            cpu.passthrough,
            cpu.highPerformance);
    return new Machine(
        id,
        name,
        memory,
        loaded,
        hostId,
        paused,
        ha,
        migratability,
        dedicatedHosts,
        needs,
        special);
  }

  public Machine at(@Nullable String host) {
    return new Machine(
        id, name, memory, cpu, host, paused, ha, migratability, dedicatedHosts, needs, special);
  }
}
