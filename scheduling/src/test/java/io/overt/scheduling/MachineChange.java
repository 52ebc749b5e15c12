package io.overt.scheduling;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.state.NumaNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a machine for a test, step by step. */
public final class MachineChange {
  final Machine machine;

  MachineChange(Machine machine) {
    this.machine = machine;
  }

  private static MachineChange of(
      Machine old,
      Machine.MemoryNeed memory,
      Machine.CpuNeed cpu,
      boolean paused,
      boolean ha,
      Migratability migratability,
      Set<String> dedicated,
      Machine.Needs needs,
      Machine.Special special) {
    return new MachineChange(
        new Machine(
            old.id(),
            old.name(),
            memory,
            cpu,
            old.hostId(),
            paused,
            ha,
            migratability,
            dedicated,
            needs,
            special));
  }

  private MachineChange with(
      Machine.MemoryNeed memory,
      Machine.CpuNeed cpu,
      Machine.Needs needs,
      Machine.Special special) {
    return of(
        machine,
        memory,
        cpu,
        machine.paused(),
        machine.ha(),
        machine.migratability(),
        machine.dedicatedHosts(),
        needs,
        special);
  }

  private MachineChange with(boolean paused, boolean ha, Migratability how, Set<String> hosts) {
    return of(
        machine,
        machine.memory(),
        machine.cpu(),
        paused,
        ha,
        how,
        hosts,
        machine.needs(),
        machine.special());
  }

  public MachineChange memory(long size, long staticOverhead, long overhead) {
    return with(
        new Machine.MemoryNeed(size, size, staticOverhead, overhead),
        machine.cpu(),
        machine.needs(),
        machine.special());
  }

  public MachineChange cpu(Machine.CpuNeed cpu) {
    return with(machine.memory(), cpu, machine.needs(), machine.special());
  }

  /** That many sockets with a core each. */
  public MachineChange cpus(int count) {
    return cpus(count, 1, 1, CpuPinning.NONE);
  }

  public MachineChange cpus(int sockets, int cores, int threads, CpuPinning pinning) {
    return cpu(new Machine.CpuNeed(sockets, cores, threads, pinning, Set.of(), -1, false, false));
  }

  public MachineChange pinnedTo(Map<Integer, Set<Integer>> pins) {
    return cpu(
        new Machine.CpuNeed(
            machine.cpu().count(), 1, 1, CpuPinning.MANUAL, pins, -1, false, false));
  }

  public MachineChange busy(int cpus, double percent) {
    return cpu(new Machine.CpuNeed(cpus, 1, 1, CpuPinning.NONE, Set.of(), percent, false, false));
  }

  public MachineChange paused() {
    return with(true, machine.ha(), machine.migratability(), machine.dedicatedHosts());
  }

  public MachineChange ha() {
    return with(machine.paused(), true, machine.migratability(), machine.dedicatedHosts());
  }

  public MachineChange migratability(Migratability how) {
    return with(machine.paused(), machine.ha(), how, machine.dedicatedHosts());
  }

  public MachineChange dedicatedTo(String... hosts) {
    return with(machine.paused(), machine.ha(), machine.migratability(), Set.of(hosts));
  }

  public MachineChange needs(Machine.Needs needs) {
    return with(machine.memory(), machine.cpu(), needs, machine.special());
  }

  public MachineChange networks(String... traits) {
    return needs(
        new Machine.Needs(
            Set.of(), Set.of(), Set.of(), Set.of(traits), Set.of(), Set.of(), Set.of()));
  }

  public MachineChange devices(boolean pci, String... traits) {
    Machine.Special old = machine.special();
    return needs(
            new Machine.Needs(
                Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(traits)))
        .special(
            new Machine.Special(
                old.hugePages(),
                old.numaNodes(),
                old.passthroughNetworks(),
                old.mediatedDevices(),
                old.tscFrequency(),
                old.engine(),
                pci));
  }

  private MachineChange special(Machine.Special special) {
    return with(machine.memory(), machine.cpu(), machine.needs(), special);
  }

  public MachineChange pages(int sizeKib, int count) {
    return special(
        new Machine.Special(
            Map.of(sizeKib, count), List.of(), List.of(), List.of(), 0, false, false));
  }

  public MachineChange numa(NumaNode... nodes) {
    return special(
        new Machine.Special(Map.of(), List.of(nodes), List.of(), List.of(), 0, false, false));
  }

  public MachineChange functions(String... networks) {
    return special(
        new Machine.Special(Map.of(), List.of(), List.of(networks), List.of(), 0, false, false));
  }

  public MachineChange mediated(String... types) {
    return special(
        new Machine.Special(Map.of(), List.of(), List.of(), List.of(types), 0, false, false));
  }

  public MachineChange tsc(long frequency) {
    return special(
        new Machine.Special(Map.of(), List.of(), List.of(), List.of(), frequency, false, false));
  }

  public MachineChange engine() {
    return special(new Machine.Special(Map.of(), List.of(), List.of(), List.of(), 0, true, false));
  }
}
