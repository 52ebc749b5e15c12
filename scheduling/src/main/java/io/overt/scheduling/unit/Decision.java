package io.overt.scheduling.unit;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.state.Machine;
import java.util.List;

/**
 * The question that units answer: where can these machines, together, go? Sums over the machines
 * leave out those that already run on the host in question.
 */
public final class Decision {
  private final ClusterState state;
  private final List<Machine> machines;
  private final int[] hosts;
  private final HostSet current = new HostSet(0);
  private final PolicyProperties properties;
  private final Settings settings;
  private final long now;
  private final boolean ignoreHardMachineAffinity;
  private final long staticMb;
  private final long requiredMb;
  private final long hugeMb;
  private final int sharedVcpus;
  private final int largestShared;
  private final double addedLoad;
  private final boolean exclusive;
  private final boolean anyRuns;

  public Decision(
      ClusterState state,
      List<Machine> machines,
      PolicyProperties properties,
      Settings settings,
      long now,
      boolean ignoreHardMachineAffinity) {
    this.state = state;
    this.machines = machines;
    this.properties = properties;
    this.settings = settings;
    this.now = now;
    this.ignoreHardMachineAffinity = ignoreHardMachineAffinity;
    this.hosts = new int[machines.size()];
    boolean runs = false;
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = state.index(machines.get(i).hostId());
      if (hosts[i] >= 0) {
        runs = true;
        current.set(hosts[i]);
      }
    }
    this.anyRuns = runs;
    Sums sums = sums(-1);
    this.staticMb = sums.staticMb;
    this.requiredMb = sums.requiredMb;
    this.hugeMb = sums.hugeMb;
    this.sharedVcpus = sums.sharedVcpus;
    this.largestShared = sums.largestShared;
    this.addedLoad = sums.addedLoad;
    this.exclusive = machines.stream().anyMatch(m -> m.cpu().pinning().exclusive());
  }

  private static final class Sums {
    long staticMb;
    long requiredMb;
    long hugeMb;
    int sharedVcpus;
    int largestShared;
    double addedLoad;
  }

  private Sums sums(int host) {
    Sums sums = new Sums();
    for (int i = 0; i < hosts.length; i++) {
      if (host >= 0 && hosts[i] == host) {
        continue;
      }
      Machine machine = machines.get(i);
      sums.staticMb += machine.staticMb();
      sums.requiredMb += machine.requiredMb();
      sums.hugeMb += machine.hugePagesMb();
      if (!machine.cpu().pinning().exclusive()) {
        int count = machine.cpu().count();
        sums.sharedVcpus += count;
        sums.largestShared = Math.max(sums.largestShared, count);
        sums.addedLoad +=
            count
                * (hosts[i] >= 0 && machine.cpu().usagePercent() >= 0
                    ? machine.cpu().usagePercent()
                    : settings.vcpuConsumption());
      }
    }
    return sums;
  }

  private Sums without(int host) {
    return sums(host);
  }

  /** The hosts on which some of the machines run. */
  public HostSet hosts() {
    return current;
  }

  private boolean runsOn(int host) {
    return anyRuns && host >= 0 && current.get(host);
  }

  /** Whether all of the machines run on the host: nothing new would come to it. */
  public boolean keeps(int host) {
    if (!runsOn(host)) {
      return false;
    }
    for (int own : hosts) {
      if (own != host) {
        return false;
      }
    }
    return true;
  }

  public ClusterState state() {
    return state;
  }

  public List<Machine> machines() {
    return machines;
  }

  /** Index of the host on which that machine of the group runs, or −1. */
  public int hostOf(int machine) {
    return hosts[machine];
  }

  public PolicyProperties properties() {
    return properties;
  }

  public Settings settings() {
    return settings;
  }

  /** Milliseconds since 1970. */
  public long now() {
    return now;
  }

  public boolean ignoreHardMachineAffinity() {
    return ignoreHardMachineAffinity;
  }

  /** Whether one of the machines runs somewhere: figures then differ from host to host. */
  public boolean anyRuns() {
    return anyRuns;
  }

  /** Whether one of the machines wants processors for itself. */
  public boolean exclusive() {
    return exclusive;
  }

  /** MiB with static overheads, less what huge pages back. */
  public long staticMb(int host) {
    return runsOn(host) ? without(host).staticMb : staticMb;
  }

  /** MiB that the machines may take at most, less what huge pages back. */
  public long requiredMb(int host) {
    return runsOn(host) ? without(host).requiredMb : requiredMb;
  }

  public long hugeMb(int host) {
    return runsOn(host) ? without(host).hugeMb : hugeMb;
  }

  public int sharedVcpus(int host) {
    return runsOn(host) ? without(host).sharedVcpus : sharedVcpus;
  }

  public int largestShared(int host) {
    return runsOn(host) ? without(host).largestShared : largestShared;
  }

  /** Percent of a processor that the machines will load. */
  public double addedLoad(int host) {
    return runsOn(host) ? without(host).addedLoad : addedLoad;
  }
}
