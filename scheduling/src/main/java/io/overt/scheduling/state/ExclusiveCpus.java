package io.overt.scheduling.state;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of a host's processors machines can have for themselves. {@code DEDICATED} takes single
 * processors, whole cores as far as the machine has threads; {@code ISOLATE_THREADS} takes a core
 * for each virtual processor.
 */
public final class ExclusiveCpus {
  private ExclusiveCpus() {}

  /** The processors for all of the machines, or empty when they do not fit. */
  public static Optional<Set<Integer>> fit(
      ClusterState state, int host, Collection<Machine> machines) {
    Set<Integer> taken = new HashSet<>(state.takenCpus(host));
    Set<Integer> given = new HashSet<>();
    for (Machine machine : machines) {
      Optional<Set<Integer>> own = fit(state.facts(host).special().cpus(), taken, machine);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      given.addAll(own.get());
      taken.addAll(own.get());
    }
    return Optional.of(given);
  }

  private static Optional<Set<Integer>> fit(
      List<HostCpu> cpus, Set<Integer> taken, Machine machine) {
    Map<Integer, Map<Integer, Set<Integer>>> sockets = new TreeMap<>();
    for (HostCpu cpu : cpus) {
      if (cpu.online()) {
        sockets
            .computeIfAbsent(cpu.socket(), id -> new TreeMap<>())
            .computeIfAbsent(cpu.core(), id -> new java.util.TreeSet<>())
            .add(cpu.id());
      }
    }
    boolean isolated = machine.cpu().pinning() == CpuPinning.ISOLATE_THREADS;
    int threads = isolated ? 1 : machine.cpu().threadsPerCore();
    int cores = machine.cpu().count() / Math.max(1, threads);
    Set<Integer> given = new HashSet<>();
    for (Map<Integer, Set<Integer>> socket : sockets.values()) {
      for (Set<Integer> core : socket.values()) {
        Set<Integer> left = new HashSet<>(core);
        left.removeAll(taken);
        if (isolated || threads > 1) {
          if (cores > 0 && left.size() == core.size() && left.size() >= threads) {
            given.addAll(isolated ? left : left.stream().sorted().limit(threads).toList());
            cores--;
          }
        } else {
          for (int cpu : left) {
            if (cores > 0) {
              given.add(cpu);
              cores--;
            }
          }
        }
      }
    }
    return cores == 0 ? Optional.of(given) : Optional.empty();
  }
}
