package io.overt.agent.hypervisor;

import java.util.List;

/**
 * Counters of one domain; rates are made by whoever compares two samples.
 *
 * @param responsive whether the domain's monitor answered; when false the counters are zero
 * @param sampledNanos {@link System#nanoTime()} of the sample
 * @param cpuNanos processor time of the domain, guest and emulator
 * @param cpuUserNanos of it in user mode
 * @param cpuSystemNanos of it in the kernel
 * @param vcpus current number of virtual CPUs
 * @param processId the emulator's process, or 0 when unknown
 */
public record DomainStatistics(
    boolean responsive,
    long sampledNanos,
    long cpuNanos,
    long cpuUserNanos,
    long cpuSystemNanos,
    int vcpus,
    long processId,
    Memory memory,
    List<Disk> disks,
    List<Interface> interfaces) {

  /** A domain that did not answer. */
  public static DomainStatistics unresponsive(long sampledNanos) {
    return new DomainStatistics(
        false, sampledNanos, 0, 0, 0, 0, 0, new Memory(0, 0, -1, -1), List.of(), List.of());
  }

  /**
   * Memory in KiB; −1 when the guest's balloon driver does not tell.
   *
   * @param unusedKib memory the guest does not use at all
   * @param usableKib memory the guest could use without swapping
   */
  public record Memory(long currentKib, long maximumKib, long unusedKib, long usableKib) {}

  /**
   * One disk; the target is the device's name in the domain ({@code vda}), times in nanoseconds,
   * sizes in bytes.
   */
  public record Disk(
      String target,
      long readBytes,
      long readRequests,
      long readNanos,
      long writtenBytes,
      long writeRequests,
      long writeNanos,
      long flushRequests,
      long flushNanos,
      long allocatedBytes,
      long physicalBytes) {}

  /** One network interface, by the name of its device on the host ({@code vnet0}). */
  public record Interface(
      String device,
      long receivedBytes,
      long receiveErrors,
      long receiveDrops,
      long sentBytes,
      long sendErrors,
      long sendDrops) {}
}
