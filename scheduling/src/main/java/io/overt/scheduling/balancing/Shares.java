package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Loads;
import io.overt.scheduling.unit.PolicyProperties;
import io.overt.scheduling.unit.Settings;
import java.util.List;

/**
 * What part of each host is used, and how far that is from the part of the whole cluster that is
 * used. Hosts that are not up, or have not told their figures, are left out.
 */
final class Shares {
  private final ClusterState state;
  private final Decision question;
  private final int[] hosts;
  private final double[] cpu;
  private final double[] memory;

  /** Percent of one processor for one point; MiB for one point. */
  private final double[] cpuPoint;

  private final double[] memoryPoint;
  private final long[] guestOverhead;

  /** One divided by the above: this is what planning multiplies by most. */
  private final double[] cpuScale;

  private final double[] memoryScale;
  private final double cpuMean;
  private final double memoryMean;

  Shares(ClusterState state, Settings settings) {
    this.state = state;
    this.question = new Decision(state, List.of(), PolicyProperties.NONE, settings, 0, false);
    int size = state.size();
    cpu = new double[size];
    memory = new double[size];
    cpuPoint = new double[size];
    memoryPoint = new double[size];
    guestOverhead = new long[size];
    cpuScale = new double[size];
    memoryScale = new double[size];
    hosts =
        state.up().stream()
            .filter(host -> state.knownLoad(host) && state.sharedCpus(host) > 0)
            .filter(host -> memory(host) > 0)
            .toArray();
    double load = 0;
    double cpus = 0;
    double promised = 0;
    double megabytes = 0;
    for (int host : hosts) {
      cpuPoint[host] = state.sharedCpus(host);
      memoryPoint[host] = memory(host) / 100;
      cpuScale[host] = 1 / cpuPoint[host];
      memoryScale[host] = 1 / memoryPoint[host];
      guestOverhead[host] = state.facts(host).memory().guestOverheadMb();
      measure(host);
      load += cpu[host] * cpuPoint[host];
      cpus += cpuPoint[host];
      promised += memory[host] * memoryPoint[host];
      megabytes += memoryPoint[host];
    }
    cpuMean = cpus == 0 ? 0 : load / cpus;
    memoryMean = megabytes == 0 ? 0 : promised / megabytes;
  }

  private double memory(int host) {
    HostFacts.Memory facts = state.facts(host).memory();
    return facts.overCommitPercent() * facts.physicalMb() / 100.0 - facts.reservedMb();
  }

  /** Takes the figures of a host anew. */
  void measure(int host) {
    cpu[host] = Loads.expected(question, host) / cpuPoint[host];
    memory[host] = 100 - state.schedulableMb(host) / memoryPoint[host];
  }

  int[] hosts() {
    return hosts;
  }

  double cpu(int host) {
    return cpu[host];
  }

  /** Points above the cluster's own share; negative below. */
  double cpuOff(int host) {
    return cpu[host] - cpuMean;
  }

  double memoryOff(int host) {
    return memory[host] - memoryMean;
  }

  /** Points of the host's processors that the machine keeps busy. */
  double cpu(Machine machine, int host) {
    return Destinations.load(machine) / cpuPoint[host];
  }

  double memory(Machine machine, int host) {
    return (machine.memory().sizeMb() - machine.hugePagesMb() + guestOverhead[host])
        / memoryPoint[host];
  }

  /**
   * By how much the sum of the squares of all deviations falls when so much load and memory goes
   * from one host to another.
   *
   * @param load percent of one processor
   */
  double gain(double load, long memoryMb, int from, int to) {
    return gain(cpuOff(from), cpuOff(to), load * cpuScale[from], load * cpuScale[to])
        + gain(
            memoryOff(from),
            memoryOff(to),
            (memoryMb + guestOverhead[from]) * memoryScale[from],
            (memoryMb + guestOverhead[to]) * memoryScale[to]);
  }

  private static double gain(double from, double to, double less, double more) {
    return less * (2 * from - less) - more * (2 * to + more);
  }

  Balance balance() {
    double cpuSquares = 0;
    double memorySquares = 0;
    double cpuMost = 0;
    double memoryMost = 0;
    for (int host : hosts) {
      cpuSquares += cpuOff(host) * cpuOff(host);
      memorySquares += memoryOff(host) * memoryOff(host);
      cpuMost = Math.max(cpuMost, cpu[host]);
      memoryMost = Math.max(memoryMost, memory[host]);
    }
    int count = Math.max(1, hosts.length);
    return new Balance(
        hosts.length,
        cpuMean,
        Math.sqrt(cpuSquares / count),
        cpuMost,
        memoryMean,
        Math.sqrt(memorySquares / count),
        memoryMost);
  }
}
