package io.overt.scheduling;

import io.overt.scheduling.filters.Filters;
import io.overt.scheduling.unit.HostFilter;
import io.overt.scheduling.unit.PolicyProperties;
import io.overt.scheduling.weights.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes a {@link Policy} of the units that a scheduling policy names. */
public final class Policies {
  /** Of the load balancer that never moves a machine. */
  public static final Policy.Balancing NO_BALANCING =
      new Policy.Balancing("38440000-8cf0-14bd-c43e-10b96e4ef00a", "None", false);

  private Policies() {}

  /**
   * A filter of a policy.
   *
   * @param position −1 to run first, 1 to run last, 0 between
   * @param external name of the external unit; null for one of ours
   */
  public record FilterUse(String unitId, String name, int position, boolean external) {}

  public record WeightUse(String unitId, String name, int factor, boolean external) {}

  /**
   * @param filters in the policy's own order
   * @throws IllegalArgumentException for a unit of ours that does not exist
   */
  public static Policy make(
      String name,
      List<FilterUse> filters,
      List<WeightUse> weights,
      Policy.Balancing balancing,
      Selector selector,
      Map<String, String> properties) {
    return make(Profile.CURRENT, name, filters, weights, balancing, selector, properties);
  }

  /** The same by the rules of a profile. */
  public static Policy make(
      Profile profile,
      String name,
      List<FilterUse> filters,
      List<WeightUse> weights,
      Policy.Balancing balancing,
      Selector selector,
      Map<String, String> properties) {
    List<HostFilter> own = new ArrayList<>(Filters.MANDATORY);
    List<String> externalFilters = new ArrayList<>();
    filters.stream()
        .sorted(Comparator.comparingInt(FilterUse::position))
        .forEach(
            use -> {
              if (use.external()) {
                externalFilters.add(use.name());
              } else {
                HostFilter filter =
                    profile.filter(use.unitId()).orElseThrow(() -> unknown(use.name()));
                if (!own.contains(filter)) {
                  own.add(filter);
                }
              }
            });
    List<Policy.Weighted> ownWeights = new ArrayList<>();
    List<Policy.ExternalWeight> externalWeights = new ArrayList<>();
    for (WeightUse use : weights) {
      if (use.external()) {
        externalWeights.add(new Policy.ExternalWeight(use.name(), use.factor()));
      } else {
        profile
            .weight(use.unitId())
            .ifPresentOrElse(
                weight -> ownWeights.add(new Policy.Weighted(weight, use.factor())),
                () -> requireKnown(use));
      }
    }
    return new Policy(
        name,
        profile,
        own,
        ownWeights,
        externalFilters,
        externalWeights,
        balancing,
        selector,
        new PolicyProperties(properties));
  }

  /** A profile may leave weights out that others have. */
  private static void requireKnown(WeightUse use) {
    if (Weights.find(use.unitId()).isEmpty()) {
      throw unknown(use.name());
    }
  }

  private static IllegalArgumentException unknown(String unit) {
    return new IllegalArgumentException("there is no scheduling policy unit '" + unit + "'");
  }
}
