package io.overt.scheduling;

import io.overt.scheduling.state.HostCpu;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.NumaNode;
import io.overt.scheduling.state.OperatingSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes a host for a test, step by step. */
public final class HostChange {
  final HostFacts host;

  HostChange(HostFacts host) {
    this.host = host;
  }

  private HostChange with(
      HostFacts.Topology topology,
      double usage,
      HostFacts.Memory memory,
      boolean spm,
      long since,
      HostFacts.Load load) {
    return new HostChange(
        new HostFacts(
            host.id(),
            host.name(),
            host.up(),
            topology,
            usage,
            memory,
            spm,
            since,
            load,
            host.traits(),
            host.special()));
  }

  public HostChange topology(int sockets, int cores, int threads) {
    return with(
        new HostFacts.Topology(sockets, cores, threads),
        host.cpuUsage(),
        host.memory(),
        host.spm(),
        host.overCommitSince(),
        host.load());
  }

  /** Percent of all processors. */
  public HostChange usage(double percent) {
    return with(
        host.topology(), percent, host.memory(), host.spm(), host.overCommitSince(), host.load());
  }

  public HostChange overSince(long since) {
    return with(host.topology(), host.cpuUsage(), host.memory(), host.spm(), since, host.load());
  }

  public HostChange spm() {
    return with(
        host.topology(), host.cpuUsage(), host.memory(), true, host.overCommitSince(), host.load());
  }

  public HostChange memory(HostFacts.Memory memory) {
    return with(
        host.topology(), host.cpuUsage(), memory, host.spm(), host.overCommitSince(), host.load());
  }

  /** Nothing reserved, no overhead, no swap: all of the memory may be promised. */
  public HostChange memory(long physicalMb, long freeMb) {
    return memory(new HostFacts.Memory(physicalMb, freeMb, 0, 0, 0, 0, 100));
  }

  public HostChange load(HostFacts.Load load) {
    return with(
        host.topology(), host.cpuUsage(), host.memory(), host.spm(), host.overCommitSince(), load);
  }

  public HostChange traits(String... traits) {
    return new HostChange(host.withTraits(Set.of(traits)));
  }

  public HostChange named(String name) {
    return new HostChange(
        new HostFacts(
            host.id(),
            name,
            host.up(),
            host.topology(),
            host.cpuUsage(),
            host.memory(),
            host.spm(),
            host.overCommitSince(),
            host.load(),
            host.traits(),
            host.special()));
  }

  // -- what few machines ask for -----------------------------------------------

  private HostChange special(HostFacts.Special special) {
    return new HostChange(host.withSpecial(special));
  }

  /** Processors 0, 1, …: all threads of a core, then the next core, then the next socket. */
  public HostChange cpus(int sockets, int cores, int threads, double usage) {
    List<HostCpu> cpus = new ArrayList<>();
    IntStream.range(0, sockets * cores * threads)
        .forEach(
            id ->
                cpus.add(
                    new HostCpu(id, id / (cores * threads), id / threads % cores, usage, true)));
    return topology(sockets, sockets * cores, sockets * cores * threads).cpus(cpus);
  }

  public HostChange offline(int id) {
    return cpus(
        host.special().cpus().stream()
            .map(cpu -> cpu.id() == id ? new HostCpu(id, cpu.socket(), cpu.core(), 0, false) : cpu)
            .toList());
  }

  private HostChange cpus(List<HostCpu> cpus) {
    HostFacts.Special old = host.special();
    return special(
        new HostFacts.Special(
            cpus,
            old.numaNodes(),
            old.hugePages(),
            old.freeVirtualFunctions(),
            old.mediatedDevices(),
            old.passthrough(),
            old.engineScore(),
            old.engineMaintenance(),
            old.engineGlobalMaintenance(),
            old.tscFrequency(),
            old.tscScaling(),
            old.system()));
  }

  public HostChange numa(NumaNode... nodes) {
    HostFacts.Special old = host.special();
    return special(
        new HostFacts.Special(
            old.cpus(),
            List.of(nodes),
            old.hugePages(),
            old.freeVirtualFunctions(),
            old.mediatedDevices(),
            old.passthrough(),
            old.engineScore(),
            old.engineMaintenance(),
            old.engineGlobalMaintenance(),
            old.tscFrequency(),
            old.tscScaling(),
            old.system()));
  }

  public HostChange devices(
      Map<Integer, Integer> hugePages,
      Map<String, Integer> functions,
      Map<String, List<Integer>> mediated) {
    return devices(hugePages, functions, mediated, false);
  }

  public HostChange devices(
      Map<Integer, Integer> hugePages,
      Map<String, Integer> functions,
      Map<String, List<Integer>> mediated,
      boolean passthrough) {
    HostFacts.Special old = host.special();
    return special(
        new HostFacts.Special(
            old.cpus(),
            old.numaNodes(),
            hugePages,
            functions,
            mediated,
            passthrough,
            old.engineScore(),
            old.engineMaintenance(),
            old.engineGlobalMaintenance(),
            old.tscFrequency(),
            old.tscScaling(),
            old.system()));
  }

  public HostChange engine(int score, boolean maintenance, boolean global) {
    HostFacts.Special old = host.special();
    return special(
        new HostFacts.Special(
            old.cpus(),
            old.numaNodes(),
            old.hugePages(),
            old.freeVirtualFunctions(),
            old.mediatedDevices(),
            old.passthrough(),
            score,
            maintenance,
            global,
            old.tscFrequency(),
            old.tscScaling(),
            old.system()));
  }

  public HostChange engine(int score) {
    return engine(score, false, false);
  }

  public HostChange tsc(long frequency, boolean scaling) {
    HostFacts.Special old = host.special();
    return special(
        new HostFacts.Special(
            old.cpus(),
            old.numaNodes(),
            old.hugePages(),
            old.freeVirtualFunctions(),
            old.mediatedDevices(),
            old.passthrough(),
            old.engineScore(),
            old.engineMaintenance(),
            old.engineGlobalMaintenance(),
            frequency,
            scaling,
            old.system()));
  }

  public HostChange system(String family, int major, int minor) {
    HostFacts.Special old = host.special();
    return special(
        new HostFacts.Special(
            old.cpus(),
            old.numaNodes(),
            old.hugePages(),
            old.freeVirtualFunctions(),
            old.mediatedDevices(),
            old.passthrough(),
            old.engineScore(),
            old.engineMaintenance(),
            old.engineGlobalMaintenance(),
            old.tscFrequency(),
            old.tscScaling(),
            new OperatingSystem(family, major, minor)));
  }
}
