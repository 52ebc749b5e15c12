package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Whether the highly available machines of any one host would find room on the others. */
public final class HaReservation {
  private HaReservation() {}

  /**
   * Ids of the hosts that must not fail now, sorted; the largest machines are placed first, each on
   * the first host by id that has room.
   *
   * @param memoryPercent of its memory that a machine uses; negative when that is not known
   */
  public static List<String> unsafe(ClusterState state, ToDoubleFunction<Machine> memoryPercent) {
    List<Integer> hosts = new ArrayList<>();
    state.up().stream().forEach(hosts::add);
    hosts.sort(Comparator.comparingInt(state::order));
    return hosts.stream()
        .filter(host -> hosts.size() < 2 || !bearable(state, hosts, host, memoryPercent))
        .map(host -> state.facts(host).id())
        .toList();
  }

  private static boolean bearable(
      ClusterState state,
      List<Integer> hosts,
      int failed,
      ToDoubleFunction<Machine> memoryPercent) {
    List<Machine> machines =
        state.residents(failed).stream()
            .filter(resident -> !resident.pending())
            .map(ClusterState.Resident::machine)
            .filter(Machine::ha)
            .sorted(
                Comparator.<Machine>comparingLong(machine -> -memory(machine, memoryPercent))
                    .thenComparingDouble(machine -> -Destinations.load(machine))
                    .thenComparing(Machine::id))
            .toList();
    if (machines.isEmpty()) {
      return true;
    }
    double[] cpu = new double[state.size()];
    double[] memory = new double[state.size()];
    for (int host : hosts) {
      cpu[host] = 100 - Math.max(0, state.facts(host).cpuUsage());
      memory[host] = state.schedulableMb(host);
    }
    int cores = Math.max(1, state.effectiveCores(failed));
    for (Machine machine : machines) {
      int load = (int) (Destinations.load(machine) / cores);
      long need = memory(machine, memoryPercent);
      boolean placed = false;
      for (int i = 0; i < hosts.size() && !placed; i++) {
        int host = hosts.get(i);
        if (host != failed && cpu[host] >= load && memory[host] >= need) {
          cpu[host] -= load;
          memory[host] -= need;
          placed = true;
        }
      }
      if (!placed) {
        return false;
      }
    }
    return true;
  }

  /** MiB that the machine will need elsewhere: what it uses, at least what it is guaranteed. */
  private static long memory(Machine machine, ToDoubleFunction<Machine> memoryPercent) {
    double percent = memoryPercent.applyAsDouble(machine);
    long size = machine.memory().sizeMb();
    return percent < 0
        ? size
        : Math.max(machine.memory().minimumMb(), Math.round(size * percent / 100));
  }
}
