package io.overt.scheduling.replay;

import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A machine, the hosts, and what was decided under several policies.
 *
 * @param schedulable MiB that machines could still claim, by host id, as the other scheduler saw it
 */
public record RecordedCase(
    String name,
    ClusterRules rules,
    Machine machine,
    List<HostFacts> hosts,
    Map<String, Double> schedulable,
    List<Decided> decisions) {

  /**
   * What was decided.
   *
   * @param passed ids of the hosts that no filter removed
   * @param selected id of the chosen host; null when there was none
   */
  public record Decided(
      String policy,
      Map<String, String> properties,
      Set<String> passed,
      List<Scores> weights,
      @Nullable String selected) {}

  /**
   * @param scores by host id
   */
  public record Scores(String unit, int factor, Map<String, Integer> scores) {}
}
