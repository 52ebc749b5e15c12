package io.overt.scheduling;

import io.overt.scheduling.state.AffinityGroup;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.CpuPinning;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.state.Migratability;
import io.overt.scheduling.state.Traits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A cluster with something of everything, the same for the same seed. */
final class RandomCluster {
  final List<HostFacts> hosts = new ArrayList<>();
  final List<Machine> machines = new ArrayList<>();
  final List<AffinityGroup> groups = new ArrayList<>();
  private final Random random;

  RandomCluster(long seed, int hostCount, int machineCount) {
    random = new Random(seed);
    for (int i = 0; i < hostCount; i++) {
      hosts.add(host("h%02d".formatted(i)));
    }
    for (int i = 0; i < machineCount; i++) {
      machines.add(machine("vm" + i));
    }
    for (int i = 0; i < machineCount / 8; i++) {
      groups.add(group("g" + i));
    }
  }

  ClusterState state(List<HostFacts> order) {
    ClusterState state = new ClusterState(new ClusterRules(false, true, "", ""));
    order.forEach(state::put);
    state.affinity(groups);
    return state;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private HostFacts host(String id) {
    int sockets = 1 + random.nextInt(2);
    int cores = sockets * (1 + random.nextInt(12));
    long memory = 4096L * (1 + random.nextInt(16));
    Set<String> traits = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      if (chance(80)) {
        traits.add(Traits.network("n" + i));
      }
    }
    if (chance(90)) {
      traits.add(Traits.emulatedMachine("q35"));
    }
    if (chance(50)) {
      traits.add(Traits.cpuFlag("vmx"));
    }
    return new HostFacts(
        id,
        "host-" + id,
        chance(90),
        chance(3)
            ? new HostFacts.Topology(0, 0, 0)
            : new HostFacts.Topology(sockets, cores, cores * 2),
        chance(3) ? -1 : random.nextInt(100),
        new HostFacts.Memory(
            memory,
            chance(3) ? -1 : memory * random.nextInt(100) / 100,
            321,
            65,
            chance(20) ? 0 : 1024,
            1024,
            100 + 50 * random.nextInt(3)),
        chance(10),
        chance(10) ? 1 : 0,
        HostFacts.Load.NONE,
        traits,
        new HostFacts.Special(
            List.of(),
            List.of(),
            chance(30) ? Map.of(2048, random.nextInt(2048)) : Map.of(),
            Map.of(),
            Map.of(),
            false,
            -1,
            false,
            0,
            false,
            null));
  }

  private Machine machine(String id) {
    long size = 256L * (1 + random.nextInt(16));
    int sockets = 1 + random.nextInt(2);
    Set<String> networks = new HashSet<>();
    if (chance(70)) {
      networks.add(Traits.network("n" + random.nextInt(4)));
    }
    boolean huge = chance(8);
    return new Machine(
        id,
        id,
        new Machine.MemoryNeed(size, size, 64 + size / 512, 100 + size / 512),
        new Machine.CpuNeed(
            sockets, 1 + random.nextInt(3), 1, CpuPinning.NONE, Set.of(), -1, false, chance(5)),
        null,
        false,
        chance(20),
        chance(5) ? Migratability.PINNED : Migratability.MIGRATABLE,
        chance(15) ? Set.of(hosts.get(random.nextInt(hosts.size())).id()) : Set.of(),
        new Machine.Needs(
            Set.of(),
            chance(10) ? Set.of(Traits.cpuFlag("vmx")) : Set.of(),
            chance(50) ? Set.of(Traits.emulatedMachine("q35")) : Set.of(),
            networks,
            Set.of(),
            Set.of(),
            Set.of()),
        new Machine.Special(
            huge ? Map.of(2048, (int) (size / 2)) : Map.of(),
            List.of(),
            List.of(),
            List.of(),
            0,
            false,
            false));
  }

  private AffinityGroup group(String id) {
    Set<String> members = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      members.add("vm" + random.nextInt(machines.size()));
    }
    Set<String> some = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      some.add(hosts.get(random.nextInt(hosts.size())).id());
    }
    return new AffinityGroup(
        id,
        id,
        1 + random.nextInt(3),
        members,
        some,
        new AffinityGroup.Rule(chance(70), chance(40), chance(60)),
        new AffinityGroup.Rule(chance(40), chance(60), chance(50)));
  }
}
