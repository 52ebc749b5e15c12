package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostCpu;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster as it will be once the moves on their way, and those made here, are done. A copy: the
 * state that it was made from stays as it is.
 */
final class Forecast {
  private final ClusterState state;

  Forecast(ClusterState now) {
    state = now.copy();
    List<ClusterState.Resident> moving = new ArrayList<>();
    for (int host = 0; host < now.size(); host++) {
      if (now.present(host)) {
        for (ClusterState.Resident resident : now.residents(host)) {
          if (resident.pending() && now.running(resident.machine().id()) != null) {
            moving.add(resident);
          }
        }
      }
    }
    moving.forEach(resident -> move(resident.machine(), resident.host()));
  }

  ClusterState state() {
    return state;
  }

  /** The machine, its memory and its load are on the other host from now on. */
  void move(Machine machine, int to) {
    ClusterState.Resident before = state.running(machine.id());
    if (before == null || before.host() == to) {
      return;
    }
    int from = before.host();
    double load = Destinations.load(machine);
    long memory = machine.memory().sizeMb();
    shift(from, -load, memory);
    shift(to, load, -memory);
    state.run(machine, state.facts(to).id());
  }

  /**
   * @param load percent of one processor
   */
  private void shift(int host, double load, long freeMb) {
    HostFacts facts = state.facts(host);
    double usage = facts.cpuUsage();
    int cores = Math.max(1, state.effectiveCores(host));
    long free = facts.memory().freeMb();
    HostFacts shifted =
        facts.withUsage(
            usage < 0 ? usage : Math.max(0, usage + load / cores),
            free < 0 ? free : Math.max(0, free + freeMb),
            facts.overCommitSince());
    if (!facts.special().cpus().isEmpty()) {
      shifted = shifted.withSpecial(spread(facts.special(), load));
    }
    state.put(shifted);
  }

  /** Nobody can tell which processors the machine will use: all get their part. */
  private static HostFacts.Special spread(HostFacts.Special special, double load) {
    double each = load / special.cpus().size();
    List<HostCpu> cpus = new ArrayList<>(special.cpus().size());
    for (HostCpu cpu : special.cpus()) {
      cpus.add(
          new HostCpu(
              cpu.id(),
              cpu.socket(),
              cpu.core(),
              Math.max(0, cpu.usagePercent() + each),
              cpu.online()));
    }
    return new HostFacts.Special(
        cpus,
        special.numaNodes(),
        special.hugePages(),
        special.freeVirtualFunctions(),
        special.mediatedDevices(),
        special.passthrough(),
        special.engineScore(),
        special.engineMaintenance(),
        special.tscFrequency(),
        special.tscScaling(),
        special.system());
  }
}
