package io.overt.bench;

import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.state.Traits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A cluster of hosts and machines of many sizes, the same for the same seed. */
final class SimulatedCluster {
  private static final int NETWORKS = 8;
  private final Random random;

  SimulatedCluster(long seed) {
    this.random = new Random(seed);
  }

  ClusterState state(int hosts, int residents) {
    ClusterState state = new ClusterState(ClusterRules.PLAIN);
    for (int i = 0; i < hosts; i++) {
      state.put(host(i));
    }
    for (int i = 0; i < hosts; i++) {
      String id = id(i);
      for (int k = 0; k < residents; k++) {
        state.run(machine("on-" + i + "-" + k, 256 + random.nextInt(8) * 256L, 1), id);
      }
    }
    return state;
  }

  private static String id(int number) {
    return String.format(java.util.Locale.ROOT, "00000000-0000-0000-0000-%012d", number);
  }

  private HostFacts host(int number) {
    int sockets = 1 + random.nextInt(2);
    int cores = sockets * (8 + 4 * random.nextInt(8));
    long memoryMb = 131_072L * (1 + random.nextInt(4));
    int usage = random.nextInt(70);
    Set<String> traits = new HashSet<>();
    for (int network = 0; network < NETWORKS; network++) {
      if (random.nextInt(20) > 0) {
        traits.add(Traits.network("net" + network));
      }
    }
    traits.add(Traits.emulatedMachine("pc-q35-9.0"));
    return new HostFacts(
        id(number),
        "host" + number,
        true,
        new HostFacts.Topology(sockets, cores, cores * 2),
        usage,
        new HostFacts.Memory(
            memoryMb, memoryMb * (40 + random.nextInt(60)) / 100, 321, 65, 2048, 2048, 150),
        number == 0,
        0,
        HostFacts.Load.NONE,
        traits,
        HostFacts.Special.NONE);
  }

  /** Machines of which hardly any two ask for the same. */
  List<Machine> machines(String prefix, int count) {
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      machines.add(machine(prefix + i, 512 + random.nextInt(15_872), 1 + random.nextInt(8)));
    }
    return machines;
  }

  List<Machine> equalMachines(String prefix, int count) {
    Machine shape = machine(prefix, 512 + random.nextInt(3_584), 1 + random.nextInt(4));
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      machines.add(
          new Machine(
              prefix + i,
              prefix + i,
              shape.memory(),
              shape.cpu(),
              null,
              false,
              false,
              Migratability.MIGRATABLE,
              Set.of(),
              shape.needs(),
              Machine.Special.NONE));
    }
    return machines;
  }

  private Machine machine(String id, long memoryMb, int cpus) {
    long fixed = 64 + memoryMb / 512;
    return new Machine(
        id,
        id,
        new Machine.MemoryNeed(memoryMb, memoryMb, fixed, fixed + 16 + 8L * cpus),
        Machine.CpuNeed.of(cpus, 1),
        null,
        false,
        random.nextInt(10) == 0,
        Migratability.MIGRATABLE,
        Set.of(),
        new Machine.Needs(
            Set.of(),
            Set.of(),
            Set.of(Traits.emulatedMachine("pc-q35-9.0")),
            Set.of(Traits.network("net" + random.nextInt(NETWORKS))),
            Set.of(),
            Set.of(),
            Set.of()),
        Machine.Special.NONE);
  }

  /** No host may have promised more memory than it has, over-commit counted. */
  void requireSound(ClusterState state) {
    for (int host = state.up().nextSetBit(0); host >= 0; host = state.up().nextSetBit(host + 1)) {
      HostFacts.Memory memory = state.facts(host).memory();
      long promised = memory.reservedMb();
      for (ClusterState.Resident resident : state.residents(host)) {
        promised += resident.machine().memory().sizeMb();
      }
      if (promised * 100 > memory.physicalMb() * memory.overCommitPercent()) {
        throw new BenchFailure("host " + state.facts(host).name() + " is over-committed");
      }
    }
  }
}
