package io.overt.agent.hypervisor;

import java.util.List;
import java.util.Map;

/**
 * A sample of the machine's load: percentages over the time since the last sample, memory in KiB.
 *
 * @param loadAverage over one minute
 * @param availableKib memory that could be given to a new guest: free, buffers and caches
 * @param bootTimeSeconds since the epoch
 */
public record NodeStatistics(
    Cpu total,
    List<Cpu> cpus,
    double loadAverage,
    long memoryKib,
    long availableKib,
    long sharedKib,
    long anonymousHugePagesKib,
    long swapTotalKib,
    long swapFreeKib,
    long bootTimeSeconds,
    Map<String, Traffic> network) {

  /** Shares in percent. */
  public record Cpu(double user, double system, double idle) {}

  /** Counters of one network device since it came up, in bytes and packets. */
  public record Traffic(
      boolean up,
      int speedMegabits,
      long receivedBytes,
      long receiveErrors,
      long receiveDrops,
      long sentBytes,
      long sendErrors,
      long sendDrops) {}
}
