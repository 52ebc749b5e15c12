package io.overt.scheduling;

import io.overt.scheduling.unit.Objection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a host was, or would be, chosen: what each unit says of each host.
 *
 * @param policy the policy's name
 * @param selector the selector's name
 * @param chosen id of the chosen host; null when every host was removed
 * @param hosts the best first, then those that a filter removed
 */
public record Explanation(
    String policy, String selector, @Nullable String chosen, List<HostVerdict> hosts) {

  /**
   * @param place 1 for the best; 0 for a host that was removed
   * @param total what the selector compares
   * @param filters what filters object, in their order; empty when the host passed
   * @param weights what weights score; empty when the host was removed
   */
  public record HostVerdict(
      String hostId,
      String hostName,
      int place,
      long total,
      List<FilterVerdict> filters,
      List<WeightVerdict> weights) {}

  public record FilterVerdict(String unit, boolean external, Objection objection) {}

  /**
   * @param rank how many hosts this one is not behind in this weight
   */
  public record WeightVerdict(String unit, int factor, int score, int rank) {}
}
