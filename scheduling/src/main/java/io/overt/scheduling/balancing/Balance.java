package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.unit.Settings;

/**
 * How evenly a cluster's hosts are used; all in percent of a host.
 *
 * @param cpuMean of the processors of all hosts that are busy
 * @param cpuSpread how far hosts are from that: the root of the mean of the squares
 * @param cpuMost of the busiest host
 * @param memoryMean of the memory of all hosts that is promised to machines
 * @param memorySpread how far hosts are from that
 * @param memoryMost of the fullest host
 */
public record Balance(
    int hosts,
    double cpuMean,
    double cpuSpread,
    double cpuMost,
    double memoryMean,
    double memorySpread,
    double memoryMost) {

  /** As it is now; a machine on its way counts on both hosts. */
  public static Balance of(ClusterState state, Settings settings) {
    return new Shares(state, settings).balance();
  }

  /** Both spreads in one figure: 0 when all hosts are used alike. */
  public double imbalance() {
    return Math.hypot(cpuSpread, memorySpread);
  }
}
