package io.overt.scheduling;

import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import java.util.Map;
import java.util.Set;

/** Hosts and machines for tests. */
final class Clusters {
  private Clusters() {}

  /** 2 sockets, 16 cores, 32 threads, 64 GiB, idle. */
  static HostFacts host(String id) {
    return host(id, 0, 65_536);
  }

  static HostFacts host(String id, double usage, long freeMb) {
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

  static Machine machine(String id) {
    return machine(id, 1024, 1);
  }

  static Machine machine(String id, long memoryMb, int cpus) {
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

  static Policy policy(String name) {
    return Catalogue.policy(name, Map.of()).orElseThrow();
  }
}
