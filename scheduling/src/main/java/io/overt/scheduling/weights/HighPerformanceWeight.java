package io.overt.scheduling.weights;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.ExclusiveCpus;
import io.overt.scheduling.state.HostCpu;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Prefers hosts with at least the sockets, cores and threads of a machine that asks for speed. */
final class HighPerformanceWeight extends StretchedWeight {
  HighPerformanceWeight() {
    super("71931e14-f0e6-4f91-a7c8-d494a26e3a09", "CPU for high performance VMs");
  }

  private static boolean asks(Machine machine) {
    return machine.cpu().highPerformance()
        || machine.cpu().passthrough()
        || machine.cpu().pinning() != CpuPinning.NONE
        || machine.special().numaNodes().stream().anyMatch(node -> !node.hostNodes().isEmpty());
  }

  @Override
  public int constant(Decision decision) {
    for (Machine machine : decision.machines()) {
      if (asks(machine)) {
        return -1;
      }
    }
    return 1;
  }

  @Override
  public void raw(Decision decision, int[] hosts, int first, int last, double[] raw) {
    for (int i = first; i < last; i++) {
      double score = 0;
      for (Machine machine : decision.machines()) {
        score = Math.max(score, asks(machine) ? score(decision, machine, hosts[i]) : 1);
      }
      raw[i] = score;
    }
  }

  private static double score(Decision decision, Machine machine, int host) {
    int worst = decision.settings().maxWeight();
    HostFacts facts = decision.state().facts(host);
    List<HostCpu> cpus = facts.special().cpus();
    if (machine.cpu().pinning().exclusive() && !cpus.isEmpty()) {
      ClusterState.Resident resident = decision.state().running(machine.id());
      if (resident != null && resident.host() == host && !resident.exclusiveCpus().isEmpty()) {
        return used(cpus, resident.exclusiveCpus(), worst);
      }
      return ExclusiveCpus.fit(decision.state(), host, List.of(machine))
          .map(given -> (double) used(cpus, given, worst))
          .orElse((double) worst * worst);
    }
    HostFacts.Topology topology = facts.topology();
    boolean known = topology.sockets() > 0 && topology.cores() > 0;
    return known
            && machine.cpu().sockets() <= topology.sockets()
            && machine.cpu().coresPerSocket() <= topology.cores() / topology.sockets()
            && machine.cpu().threadsPerCore() <= topology.threads() / topology.cores()
        ? 1
        : worst;
  }

  private static int used(List<HostCpu> cpus, Set<Integer> given, int worst) {
    Set<Integer> sockets =
        cpus.stream()
            .filter(cpu -> given.contains(cpu.id()))
            .map(HostCpu::socket)
            .collect(Collectors.toSet());
    Set<List<Integer>> cores =
        cpus.stream()
            .filter(cpu -> given.contains(cpu.id()))
            .map(cpu -> List.of(cpu.socket(), cpu.core()))
            .collect(Collectors.toSet());
    return worst * sockets.size() + cores.size();
  }
}
