package io.overt.scheduling.external;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What units are asked about.
 *
 * @param hosts the ids of the candidates
 * @param vm the id of the machine to be placed; empty for a balancer
 * @param properties all properties of the cluster's policy
 * @param deadline how long the units may take together
 */
public record UnitCall(
    List<String> hosts, String vm, Map<String, String> properties, Duration deadline) {
  public UnitCall {
    hosts = List.copyOf(hosts);
    properties = Map.copyOf(properties);
  }
}
