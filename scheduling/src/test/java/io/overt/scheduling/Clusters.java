package io.overt.scheduling;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Hosts and machines for tests. */
public final class Clusters {
  private Clusters() {}

  /** 2 sockets, 16 cores, 32 threads, 64 GiB, idle. */
  public static HostFacts host(String id) {
    return host(id, 0, 65_536);
  }

  public static HostFacts host(String id, double usage, long freeMb) {
    return new HostFacts(
        id,
        "host-" + id,
        true,
        new HostFacts.Topology(2, 16, 32),
        usage,
        new HostFacts.Memory(65_536, freeMb, 321, 65, 0, 0, 100),
        false,
        0,
        HostFacts.Load.NONE,
        Set.of(),
        HostFacts.Special.NONE);
  }

  public static Machine machine(String id) {
    return machine(id, 1024, 1);
  }

  public static Machine machine(String id, long memoryMb, int cpus) {
    return new Machine(
        id,
        id,
        new Machine.MemoryNeed(memoryMb, memoryMb, 64, 100),
        new Machine.CpuNeed(cpus, 1, 1, CpuPinning.NONE, Set.of(), -1, false, false),
        null,
        false,
        false,
        Migratability.MIGRATABLE,
        Set.of(),
        Machine.Needs.NONE,
        Machine.Special.NONE);
  }

  public static Policy policy(String name) {
    return Catalogue.policy(name, Map.of()).orElseThrow();
  }

  /** A host with one or the other thing changed. */
  public static HostFacts host(String id, UnaryOperator<HostChange> change) {
    return change.apply(new HostChange(host(id))).host;
  }

  /** A machine with one or the other thing changed; 1 GiB and a processor if nothing is said. */
  public static Machine machine(String id, UnaryOperator<MachineChange> change) {
    return change.apply(new MachineChange(machine(id))).machine;
  }
}
