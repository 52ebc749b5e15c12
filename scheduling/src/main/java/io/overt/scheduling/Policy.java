package io.overt.scheduling;

import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.HostWeight;
import io.overt.scheduling.unit.PolicyProperties;
import java.util.List;

/**
 * What decides: built once for each change of a cluster's policy.
 *
 * @param profile whose rules its units follow
 * @param filters in the order in which they run, the mandatory ones first
 * @param externalFilters names of filters that an external scheduler runs, after the own ones
 * @param balancing the unit that moves running machines
 */
public record Policy(
    String name,
    Profile profile,
    List<HostFilter> filters,
    List<Weighted> weights,
    List<String> externalFilters,
    List<ExternalWeight> externalWeights,
    Balancing balancing,
    Selector selector,
    PolicyProperties properties) {

  public Policy {
    filters = List.copyOf(filters);
    weights = List.copyOf(weights);
    externalFilters = List.copyOf(externalFilters);
    externalWeights = List.copyOf(externalWeights);
  }

  /** A weight and its factor. */
  public record Weighted(HostWeight weight, int factor) {}

  /** A weight that an external scheduler computes. */
  public record ExternalWeight(String name, int factor) {}

  /**
   * @param unitId the balancer's id
   * @param external whether an external scheduler balances
   */
  public record Balancing(String unitId, String name, boolean external) {}

  /** Whether somebody outside has a say in where a machine goes. */
  public boolean external() {
    return !externalFilters.isEmpty() || !externalWeights.isEmpty();
  }
}
