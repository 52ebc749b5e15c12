package io.overt.scheduling;

import io.overt.scheduling.state.Machine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question to the scheduler.
 *
 * @param machines to be placed on one host, together
 * @param excluded ids of hosts that are not to be looked at
 * @param only ids of the only hosts to look at; null for all
 * @param destinations ids of hosts to be taken if one of them passes; empty for no wish
 * @param ignoreHardMachineAffinity whether enforced rules between machines may be broken
 * @param external what an external scheduler scored
 * @param now milliseconds since 1970
 */
public record Request(
    List<Machine> machines,
    Set<String> excluded,
    @Nullable Set<String> only,
    Set<String> destinations,
    boolean ignoreHardMachineAffinity,
    List<ExternalScores> external,
    long now) {

  /**
   * @param unit the unit's name; null for a sum that is weighted already
   * @param scores by host id; a host without one has 0
   */
  public record ExternalScores(@Nullable String unit, int factor, Map<String, Integer> scores) {}

  public static Request of(Machine machine, long now) {
    return new Request(List.of(machine), Set.of(), null, Set.of(), false, List.of(), now);
  }

  public Request placing(Machine machine) {
    return new Request(
        List.of(machine), excluded, only, destinations, ignoreHardMachineAffinity, external, now);
  }

  public Request excluding(Set<String> hosts) {
    return new Request(
        machines, hosts, only, destinations, ignoreHardMachineAffinity, external, now);
  }

  public Request onlyOn(@Nullable Set<String> hosts) {
    return new Request(
        machines, excluded, hosts, destinations, ignoreHardMachineAffinity, external, now);
  }

  public Request preferring(Set<String> hosts) {
    return new Request(machines, excluded, only, hosts, ignoreHardMachineAffinity, external, now);
  }

  public Request with(List<ExternalScores> scores) {
    return new Request(
        machines, excluded, only, destinations, ignoreHardMachineAffinity, scores, now);
  }
}
