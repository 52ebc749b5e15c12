package io.overt.scheduling.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The affinity groups of a cluster, each with a count of its members by host, kept up to date. */
public final class Affinity {
  private final Map<String, Bound> groups = new HashMap<>();
  private final Map<String, List<Bound>> byMachine = new HashMap<>();

  /** A group and where its members are. */
  public static final class Bound {
    private final AffinityGroup group;
    private int[] members = new int[0];

    /** Members that cannot be migrated, by host. */
    private int[] fixed = new int[0];

    private Bound(AffinityGroup group) {
      this.group = group;
    }

    private Bound(Bound other) {
      group = other.group;
      members = other.members.clone();
      fixed = other.fixed.clone();
    }

    public AffinityGroup group() {
      return group;
    }

    public int members(int host) {
      return host < members.length ? members[host] : 0;
    }

    public int fixed(int host) {
      return host < fixed.length ? fixed[host] : 0;
    }

    private void add(int host, int sign, boolean movable) {
      if (host >= members.length) {
        int size = Math.max(host + 1, members.length * 2);
        members = java.util.Arrays.copyOf(members, size);
        fixed = java.util.Arrays.copyOf(fixed, size);
      }
      members[host] += sign;
      fixed[host] += movable ? 0 : sign;
    }
  }

  Affinity copy() {
    Affinity copy = new Affinity();
    Map<Bound, Bound> copies = new HashMap<>();
    groups.forEach((id, bound) -> copy.groups.put(id, copies.computeIfAbsent(bound, Bound::new)));
    byMachine.forEach(
        (id, bounds) ->
            copy.byMachine.put(id, new ArrayList<>(bounds.stream().map(copies::get).toList())));
    return copy;
  }

  /** The groups of a machine; highest priority first, then by id. */
  public List<Bound> of(String machineId) {
    return byMachine.getOrDefault(machineId, List.of());
  }

  public Collection<Bound> all() {
    return groups.values();
  }

  /** Replaces all groups; the state counts its residents anew afterwards. */
  void replace(Collection<AffinityGroup> wanted) {
    groups.clear();
    byMachine.clear();
    wanted.stream()
        .sorted(
            java.util.Comparator.comparingDouble(AffinityGroup::priority)
                .reversed()
                .thenComparing(AffinityGroup::id))
        .forEach(
            group -> {
              Bound bound = new Bound(group);
              groups.put(group.id(), bound);
              for (String machine : group.machines()) {
                byMachine.computeIfAbsent(machine, id -> new ArrayList<>()).add(bound);
              }
            });
  }

  void count(Machine machine, int host, int sign) {
    List<Bound> bounds = byMachine.get(machine.id());
    if (bounds == null) {
      return;
    }
    boolean movable = movable(machine);
    for (Bound bound : bounds) {
      bound.add(host, sign, movable);
    }
  }

  /** Whether anybody may migrate the machine. */
  public static boolean movable(Machine machine) {
    return machine.migratability() == Migratability.MIGRATABLE && !machine.special().engine();
  }

  /** The hosts of a group as a set of indexes. */
  static HostSet hosts(AffinityGroup group, ClusterState state) {
    HostSet hosts = new HostSet(state.size());
    for (String id : group.hosts()) {
      int host = state.index(id);
      if (host >= 0) {
        hosts.set(host);
      }
    }
    return hosts;
  }
}
