package io.overt.scheduling.balancing;

import java.util.List;

/**
 * A machine that should move, and where it may go. The last host is its own: the scheduler may find
 * that it is the best one after all, and then nothing is moved.
 */
public record Proposal(String machineId, List<String> hosts) {
  public Proposal {
    hosts = List.copyOf(hosts);
  }
}
