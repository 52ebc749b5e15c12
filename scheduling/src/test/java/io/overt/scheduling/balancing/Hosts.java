package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.unit.PolicyProperties;
import io.overt.scheduling.unit.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster of hosts with 16 cores and 64 GiB, for tests. */
final class Hosts {
  static final long NOW = 1_700_000_000_000L;

  final ClusterState state = new ClusterState(ClusterRules.PLAIN);

  /** A host within its limits. */
  Hosts host(String id, double usage) {
    return host(id, usage, 0, false);
  }

  /** A host that has been out of its limits for that long. */
  Hosts busy(String id, double usage, long seconds) {
    return host(id, usage, NOW - seconds * 1000, false);
  }

  Hosts host(String id, double usage, long since, boolean spm) {
    state.put(
        new HostFacts(
            id,
            "host-" + id,
            true,
            new HostFacts.Topology(2, 16, 32),
            usage,
            new HostFacts.Memory(65_536, 60_000, 321, 65, 0, 0, 100),
            spm,
            since,
            HostFacts.Load.NONE,
            Set.of(),
            HostFacts.Special.NONE));
    return this;
  }

  /** A machine on a host. */
  Hosts runs(String host, String id, int cpus, double usage, long memoryMb) {
    state.run(machine(id, cpus, usage, memoryMb), host);
    return this;
  }

  /** Idle machines with one processor and 1 GiB. */
  Hosts runs(String host, int count) {
    for (int i = 0; i < count; i++) {
      runs(host, host + i, 1, 0, 1024);
    }
    return this;
  }

  static Machine machine(String id, int cpus, double usage, long memoryMb) {
    return new Machine(
        id,
        id,
        new Machine.MemoryNeed(memoryMb, memoryMb, 64, 100),
        new Machine.CpuNeed(cpus, 1, 1, CpuPinning.NONE, Set.of(), usage, false, false),
        null,
        false,
        false,
        Migratability.MIGRATABLE,
        Set.of(),
        Machine.Needs.NONE,
        Machine.Special.NONE);
  }

  static Machine with(Machine machine, boolean ha, Migratability migratability) {
    return new Machine(
        machine.id(),
        machine.name(),
        machine.memory(),
        machine.cpu(),
        machine.hostId(),
        machine.paused(),
        ha,
        migratability,
        machine.dedicatedHosts(),
        machine.needs(),
        machine.special());
  }

  Round round(String... properties) {
    return new Round(
        state, properties(properties), Settings.DEFAULT, Thresholds.DEFAULT, NOW, Set.of());
  }

  static PolicyProperties properties(String... properties) {
    Map<String, String> values = new HashMap<>();
    for (String property : properties) {
      int equals = property.indexOf('=');
      values.put(property.substring(0, equals), property.substring(equals + 1));
    }
    return new PolicyProperties(values);
  }

  List<Proposal> propose(String unit, String... properties) {
    return Balancers.find(unit).orElseThrow().propose(round(properties));
  }
}
