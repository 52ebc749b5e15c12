package io.overt.scheduling.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one cluster in columns, and the machines on them.
 *
 * <p>A host is known by its index, which it keeps until it leaves; the index of a host that left is
 * given to the next. Every figure that a filter or weight needs of each host is a column and is
 * kept up to date by what changes, so that a decision reads arrays and computes nothing twice. Not
 * safe for several threads: one thread owns it.
 */
public final class ClusterState {
  private final ClusterRules rules;
  private final Map<String, Integer> indexes;
  private final Map<String, HostSet> traits = new HashMap<>();
  private final Map<String, Resident> running;
  private final Map<String, Resident> pending;
  private final Affinity affinity;
  private final HostSet up;
  private final HostSet free;
  private final HostSet knownTopology;
  private final HostSet swapping;
  private boolean ordered;
  private int size;
  private long choices;

  private HostFacts[] facts = new HostFacts[0];
  private Residents[] residents = new Residents[0];
  private float[] schedulable = new float[0];
  private int[] effectiveCores = new int[0];
  private double[] sharedLoad = new double[0];
  private int[] sharedCpus = new int[0];
  private int[] lastChosen = new int[0];
  private int[] order = new int[0];
  private int[] pendingShared = new int[0];
  private int[] largestShared = new int[0];
  private int[] exclusive = new int[0];
  private int[] sharedVcpus = new int[0];
  private int[] active = new int[0];
  private int[] pendingMachines = new int[0];
  private long[] pendingStatic = new long[0];
  private boolean[] spm = new boolean[0];
  private final HostSet knownLoad;
  private final HostSet overCommitted;
  private long[] freeMb = new long[0];
  private long[] swapFreeMb = new long[0];

  public ClusterState(ClusterRules rules) {
    this.rules = rules;
    indexes = new HashMap<>();
    running = new HashMap<>();
    pending = new HashMap<>();
    affinity = new Affinity();
    up = new HostSet();
    free = new HostSet();
    knownTopology = new HostSet();
    swapping = new HostSet();
    knownLoad = new HostSet();
    overCommitted = new HostSet();
  }

  private ClusterState(ClusterState other) {
    rules = other.rules;
    indexes = new HashMap<>(other.indexes);
    other.traits.forEach((trait, hosts) -> traits.put(trait, hosts.copy()));
    running = new HashMap<>(other.running);
    pending = new HashMap<>(other.pending);
    affinity = other.affinity.copy();
    up = other.up.copy();
    free = other.free.copy();
    knownTopology = other.knownTopology.copy();
    swapping = other.swapping.copy();
    knownLoad = other.knownLoad.copy();
    overCommitted = other.overCommitted.copy();
    ordered = other.ordered;
    size = other.size;
    choices = other.choices;
    facts = other.facts.clone();
    residents = other.residents.clone();
    for (int host = 0; host < size; host++) {
      residents[host] = new Residents(residents[host]);
    }
    schedulable = other.schedulable.clone();
    effectiveCores = other.effectiveCores.clone();
    sharedLoad = other.sharedLoad.clone();
    sharedCpus = other.sharedCpus.clone();
    lastChosen = other.lastChosen.clone();
    order = other.order.clone();
    pendingShared = other.pendingShared.clone();
    largestShared = other.largestShared.clone();
    exclusive = other.exclusive.clone();
    sharedVcpus = other.sharedVcpus.clone();
    active = other.active.clone();
    pendingMachines = other.pendingMachines.clone();
    pendingStatic = other.pendingStatic.clone();
    spm = other.spm.clone();
    freeMb = other.freeMb.clone();
    swapFreeMb = other.swapFreeMb.clone();
  }

  /** The same, for another thread; what happens to one does not happen to the other. */
  public ClusterState copy() {
    return new ClusterState(this);
  }

  /** A machine on a host, or on its way there. */
  public record Resident(Machine machine, int host, boolean pending, Set<Integer> exclusiveCpus) {}

  /** Sums over the machines of one host. */
  private static final class Residents {
    final List<Resident> all;
    long committedMb;
    int vcpus;
    int largestShared;
    int exclusive;
    int machines;
    int ha;
    int pendingMachines;
    int pendingVcpus;
    int pendingShared;
    long pendingStaticMb;
    long pendingRequiredMb;
    long pendingHugeMb;

    Residents() {
      all = new ArrayList<>(4);
    }

    Residents(Residents other) {
      all = new ArrayList<>(other.all);
      committedMb = other.committedMb;
      vcpus = other.vcpus;
      largestShared = other.largestShared;
      exclusive = other.exclusive;
      machines = other.machines;
      ha = other.ha;
      pendingMachines = other.pendingMachines;
      pendingVcpus = other.pendingVcpus;
      pendingShared = other.pendingShared;
      pendingStaticMb = other.pendingStaticMb;
      pendingRequiredMb = other.pendingRequiredMb;
      pendingHugeMb = other.pendingHugeMb;
    }
  }

  // -- hosts ---------------------------------------------------------------

  /** Adds a host, or takes its new report. */
  public int put(HostFacts host) {
    Integer known = indexes.get(host.id());
    int index = known == null ? claim(host.id()) : known;
    HostFacts before = facts[index];
    if (before == null || !before.traits().equals(host.traits())) {
      if (before != null) {
        before.traits().forEach(trait -> carriers(trait).clear(index));
      }
      host.traits().forEach(trait -> traits.computeIfAbsent(trait, t -> new HostSet()).set(index));
    }
    facts[index] = host;
    up.set(index, host.up());
    HostFacts.Topology topology = host.topology();
    effectiveCores[index] =
        rules.threadsAsCores() && topology.threads() > 0 ? topology.threads() : topology.cores();
    knownTopology.set(
        index, topology.sockets() > 0 && topology.cores() > 0 && topology.threads() > 0);
    swapping.set(index, host.memory().swapFreeMb() < host.memory().swapTotalMb());
    freeMb[index] = host.memory().freeMb();
    spm[index] = host.spm();
    knownLoad.set(index, host.cpuUsage() >= 0 && topology.cores() > 0 && topology.threads() > 0);
    overCommitted.set(index, host.overCommitSince() > 0);
    swapFreeMb[index] = Math.max(0, host.memory().swapFreeMb());
    recompute(index);
    return index;
  }

  /** Forgets a host and what was on it. */
  public void remove(String hostId) {
    Integer index = indexes.remove(hostId);
    if (index == null) {
      return;
    }
    for (Resident resident : List.copyOf(residents[index].all)) {
      (resident.pending() ? pending : running).remove(resident.machine().id());
      affinity.count(resident.machine(), index, -1);
    }
    facts[index].traits().forEach(trait -> carriers(trait).clear(index));
    up.clear(index);
    free.set(index);
    facts[index] = null;
    residents[index] = new Residents();
  }

  private int claim(String id) {
    int index = free.nextSetBit(0);
    if (index >= 0) {
      free.clear(index);
    } else {
      index = size++;
      if (index == facts.length) {
        grow(Math.max(16, index * 2));
      }
    }
    indexes.put(id, index);
    residents[index] = new Residents();
    lastChosen[index] = 0;
    ordered = false;
    return index;
  }

  private void grow(int capacity) {
    facts = Arrays.copyOf(facts, capacity);
    residents = Arrays.copyOf(residents, capacity);
    schedulable = Arrays.copyOf(schedulable, capacity);
    effectiveCores = Arrays.copyOf(effectiveCores, capacity);
    sharedLoad = Arrays.copyOf(sharedLoad, capacity);
    sharedCpus = Arrays.copyOf(sharedCpus, capacity);
    lastChosen = Arrays.copyOf(lastChosen, capacity);
    order = Arrays.copyOf(order, capacity);
    pendingShared = Arrays.copyOf(pendingShared, capacity);
    largestShared = Arrays.copyOf(largestShared, capacity);
    exclusive = Arrays.copyOf(exclusive, capacity);
    sharedVcpus = Arrays.copyOf(sharedVcpus, capacity);
    active = Arrays.copyOf(active, capacity);
    pendingMachines = Arrays.copyOf(pendingMachines, capacity);
    pendingStatic = Arrays.copyOf(pendingStatic, capacity);
    spm = Arrays.copyOf(spm, capacity);
    freeMb = Arrays.copyOf(freeMb, capacity);
    swapFreeMb = Arrays.copyOf(swapFreeMb, capacity);
  }

  // -- machines ------------------------------------------------------------

  /** A machine runs on a host; what was pending for it there is no longer. */
  public void run(Machine machine, String hostId) {
    release(machine.id());
    Resident before = running.get(machine.id());
    int host = requireIndex(hostId);
    if (before != null) {
      drop(before);
    }
    Resident resident = new Resident(machine.at(hostId), host, false, exclusive(machine, host));
    running.put(machine.id(), resident);
    add(resident);
  }

  /** A machine is to come to a host: its needs count from now on. */
  public void reserve(Machine machine, int host) {
    Resident before = pending.get(machine.id());
    if (before != null) {
      drop(before);
    }
    Resident there = running.get(machine.id());
    if (there != null && there.host() == host) {
      pending.remove(machine.id());
      return;
    }
    Resident resident = new Resident(machine, host, true, exclusive(machine, host));
    pending.put(machine.id(), resident);
    add(resident);
    lastChosen[host] = (int) ++choices;
  }

  /** Takes back a reservation, if there is one. */
  public void release(String machineId) {
    Resident resident = pending.remove(machineId);
    if (resident != null) {
      drop(resident);
    }
  }

  /** The machine is down, or gone. */
  public void stop(String machineId) {
    release(machineId);
    Resident resident = running.remove(machineId);
    if (resident != null) {
      drop(resident);
    }
  }

  public @Nullable Resident running(String machineId) {
    return running.get(machineId);
  }

  public @Nullable Resident pending(String machineId) {
    return pending.get(machineId);
  }

  /** The machines on a host, those on their way included. */
  public List<Resident> residents(int host) {
    return residents[host].all;
  }

  private Set<Integer> exclusive(Machine machine, int host) {
    return machine.cpu().pinning().exclusive()
        ? ExclusiveCpus.fit(this, host, List.of(machine)).orElse(Set.of())
        : Set.of();
  }

  private void add(Resident resident) {
    residents[resident.host()].all.add(resident);
    affinity.count(resident.machine(), resident.host(), 1);
    count(resident, 1);
  }

  private void drop(Resident resident) {
    residents[resident.host()].all.remove(resident);
    affinity.count(resident.machine(), resident.host(), -1);
    count(resident, -1);
  }

  private void count(Resident resident, int sign) {
    int host = resident.host();
    Residents sums = residents[host];
    Machine machine = resident.machine();
    int vcpus = machine.cpu().count();
    boolean exclusive = machine.cpu().pinning().exclusive();
    sums.exclusive += sign * resident.exclusiveCpus().size();
    if (resident.pending()) {
      sums.pendingMachines += sign;
      sums.pendingVcpus += sign * vcpus;
      sums.pendingShared += exclusive ? 0 : sign * vcpus;
      sums.pendingStaticMb += sign * machine.memory().staticOverheadMb();
      sums.pendingRequiredMb += sign * machine.requiredMb();
      sums.pendingHugeMb += sign * machine.hugePagesMb();
    } else {
      sums.machines += sign;
      sums.ha += machine.ha() ? sign : 0;
      sums.vcpus += exclusive ? 0 : sign * vcpus;
      sums.committedMb += sign * (machine.memory().sizeMb() - machine.hugePagesMb());
    }
    if (!exclusive) {
      if (sign > 0) {
        sums.largestShared = Math.max(sums.largestShared, vcpus);
      } else if (vcpus == sums.largestShared) {
        sums.largestShared = largestShared(sums);
      }
    }
    recompute(host);
  }

  private static int largestShared(Residents sums) {
    int largest = 0;
    for (Resident resident : sums.all) {
      if (!resident.machine().cpu().pinning().exclusive()) {
        largest = Math.max(largest, resident.machine().cpu().count());
      }
    }
    return largest;
  }

  /** The columns that follow from the report and the residents (oVirt {@code VDS.java}). */
  private void recompute(int host) {
    HostFacts fact = facts[host];
    Residents sums = residents[host];
    float physical = fact.memory().overCommitPercent() * fact.memory().physicalMb() / 100f;
    long overhead = sums.machines * fact.memory().guestOverheadMb();
    long committed = fact.load().committedMb() + sums.committedMb + overhead;
    float room = Math.max(0f, physical - committed - fact.memory().reservedMb());
    schedulable[host] = Math.max(0f, room - (sums.pendingRequiredMb + sums.pendingHugeMb));
    List<HostCpu> cpus = fact.special().cpus();
    double load = 0;
    int shared = effectiveCores[host];
    if (!cpus.isEmpty()) {
      Set<Integer> taken = takenCpus(host);
      shared = 0;
      for (HostCpu cpu : cpus) {
        if (cpu.online() && !taken.contains(cpu.id())) {
          load += cpu.usagePercent();
          shared++;
        }
      }
    }
    sharedLoad[host] = load == 0 ? Math.max(0, fact.cpuUsage()) * effectiveCores[host] : load;
    sharedCpus[host] = shared;
    pendingShared[host] = sums.pendingShared;
    largestShared[host] = Math.max(fact.load().largestShared(), sums.largestShared);
    exclusive[host] = sums.exclusive;
    sharedVcpus[host] = fact.load().vcpus() + sums.vcpus;
    active[host] = fact.load().active() + sums.machines;
    pendingMachines[host] = sums.pendingMachines;
    pendingStatic[host] = sums.pendingStaticMb;
  }

  /** The processors that machines on the host have for themselves. */
  public Set<Integer> takenCpus(int host) {
    if (residents[host].exclusive == 0) {
      return Set.of();
    }
    Set<Integer> taken = new java.util.HashSet<>();
    residents[host].all.forEach(resident -> taken.addAll(resident.exclusiveCpus()));
    return taken;
  }

  // -- rules between machines ------------------------------------------------

  public void affinity(Collection<AffinityGroup> groups) {
    affinity.replace(groups);
    running.values().forEach(resident -> affinity.count(resident.machine(), resident.host(), 1));
    pending.values().forEach(resident -> affinity.count(resident.machine(), resident.host(), 1));
  }

  public Affinity affinity() {
    return affinity;
  }

  public HostSet hosts(AffinityGroup group) {
    return Affinity.hosts(group, this);
  }

  // -- columns -------------------------------------------------------------

  public ClusterRules rules() {
    return rules;
  }

  /** One more than the highest index. */
  public int size() {
    return size;
  }

  /** Hosts that take machines; not to be changed by the caller. */
  public HostSet up() {
    return up;
  }

  /** The hosts that carry a trait; not to be changed by the caller. */
  public HostSet carriers(String trait) {
    return traits.getOrDefault(trait, EMPTY);
  }

  private static final HostSet EMPTY = new HostSet(0);

  /** The host's index, or −1. */
  public int index(@Nullable String hostId) {
    Integer index = hostId == null ? null : indexes.get(hostId);
    return index == null ? -1 : index;
  }

  private int requireIndex(String hostId) {
    int index = index(hostId);
    if (index < 0) {
      throw new IllegalArgumentException("the cluster has no host " + hostId);
    }
    return index;
  }

  public boolean present(int host) {
    return facts[host] != null;
  }

  public HostFacts facts(int host) {
    return facts[host];
  }

  /** Every host, by index. */
  public HostSet all() {
    HostSet all = new HostSet(size);
    indexes.values().forEach(all::set);
    return all;
  }

  /** MiB that machines may still claim: over-commit and what is on its way are counted. */
  public float schedulableMb(int host) {
    return schedulable[host];
  }

  /** MiB free by the host's last report; negative when unknown. */
  public long freeMb(int host) {
    return freeMb[host];
  }

  public long swapFreeMb(int host) {
    return swapFreeMb[host];
  }

  public long pendingStaticMb(int host) {
    return pendingStatic[host];
  }

  /** MiB for which a machine on its way has a claim. */
  public long pendingMb(int host) {
    return residents[host].pendingRequiredMb + residents[host].pendingHugeMb;
  }

  /** Processors that share out, by the cluster's rule about threads; 0 = unknown. */
  public int effectiveCores(int host) {
    return effectiveCores[host];
  }

  /** Σ of the load of the processors that machines share, in percent of one. */
  public double sharedLoad(int host) {
    return sharedLoad[host];
  }

  public int sharedCpus(int host) {
    return sharedCpus[host];
  }

  public int exclusiveCpus(int host) {
    return exclusive[host];
  }

  /** Virtual processors of running machines that share the host's. */
  public int sharedVcpus(int host) {
    return sharedVcpus[host];
  }

  public int pendingVcpus(int host) {
    return residents[host].pendingVcpus;
  }

  public int pendingSharedVcpus(int host) {
    return pendingShared[host];
  }

  /** Processors of the largest machine that shares them, those on their way included. */
  public int largestShared(int host) {
    return largestShared[host];
  }

  public int machines(int host) {
    return facts[host].load().machines() + residents[host].machines;
  }

  /** Machines that run, rather than being paused or on their way. */
  public int active(int host) {
    return active[host];
  }

  public int pendingMachines(int host) {
    return pendingMachines[host];
  }

  public int haMachines(int host) {
    return facts[host].load().ha() + residents[host].ha;
  }

  /** Hosts that have told how many sockets, cores and threads they have. */
  public HostSet knownTopology() {
    return knownTopology;
  }

  /** Hosts with something in their swap space. */
  public HostSet swapping() {
    return swapping;
  }

  /** The host's place when all are sorted by id. */
  public int order(int host) {
    if (!ordered) {
      List<Map.Entry<String, Integer>> sorted = new ArrayList<>(indexes.entrySet());
      sorted.sort(Map.Entry.comparingByKey());
      for (int i = 0; i < sorted.size(); i++) {
        order[sorted.get(i).getValue()] = i;
      }
      ordered = true;
    }
    return order[host];
  }

  /** Whether the host is its data center's storage pool manager. */
  public boolean spm(int host) {
    return spm[host];
  }

  /** Whether the host has told its cores, threads and load. */
  public boolean knownLoad(int host) {
    return knownLoad.get(host);
  }

  /** Hosts that have told their cores, threads and load. */
  public HostSet knownLoad() {
    return knownLoad;
  }

  /** Hosts whose processors have been too busy, or hardly used, for some time. */
  public HostSet overCommitted() {
    return overCommitted;
  }

  /** Grows with each choice: the host that was chosen longest ago has the least. */
  public int lastChosen(int host) {
    return lastChosen[host];
  }
}
