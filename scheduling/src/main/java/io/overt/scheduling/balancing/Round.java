package io.overt.scheduling.balancing;

import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostSet;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Loads;
import io.overt.scheduling.unit.PolicyProperties;
import io.overt.scheduling.unit.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;

/**
 * One look at a cluster: its hosts that are up and settled, as nothing is on its way to them or
 * from them. What hosts will report after a move in progress cannot be told yet, so they are left
 * alone.
 */
public final class Round {
  private final ClusterState state;
  private final PolicyProperties properties;
  private final Settings settings;
  private final Thresholds thresholds;
  private final long now;
  private final Decision question;
  private final HostSet hosts;

  /**
   * @param now milliseconds since 1970
   * @param busy ids of machines that migrate, or are being suspended or resumed
   */
  public Round(
      ClusterState state,
      PolicyProperties properties,
      Settings settings,
      Thresholds thresholds,
      long now,
      Set<String> busy) {
    this.state = state;
    this.properties = properties;
    this.settings = settings;
    this.thresholds = thresholds;
    this.now = now;
    this.question = new Decision(state, List.of(), properties, settings, now, false);
    this.hosts = settled(state, busy);
  }

  private static HostSet settled(ClusterState state, Set<String> busy) {
    HostSet settled = state.up().copy();
    for (int host = settled.nextSetBit(0); host >= 0; host = settled.nextSetBit(host + 1)) {
      boolean moving = state.pendingVcpus(host) != 0;
      for (ClusterState.Resident resident : state.residents(host)) {
        String id = resident.machine().id();
        moving |= !resident.pending() && (busy.contains(id) || state.pending(id) != null);
      }
      settled.set(host, !moving);
    }
    return settled;
  }

  public ClusterState state() {
    return state;
  }

  public Settings settings() {
    return settings;
  }

  public Thresholds thresholds() {
    return thresholds;
  }

  /** How many hosts are looked at; with fewer than two there is nothing to balance. */
  public int size() {
    return hosts.cardinality();
  }

  /** The host's id. */
  String id(int host) {
    return state.facts(host).id();
  }

  /** Ids of the hosts that are looked at, sorted. */
  public List<String> ids() {
    return hosts(host -> true, host -> 0).stream().map(this::id).toList();
  }

  int number(String property, int otherwise) {
    return (int) properties.number(property, otherwise);
  }

  double fraction(String property) {
    return properties.number(property, 0);
  }

  boolean flag(String property, boolean otherwise) {
    return properties.values().containsKey(property) ? properties.flag(property) : otherwise;
  }

  /** The hosts that match, in the order given, those with the same figure by id. */
  List<Integer> hosts(IntPredicate condition, ToDoubleFunction<Integer> order) {
    List<Integer> found = new ArrayList<>();
    for (int host = hosts.nextSetBit(0); host >= 0; host = hosts.nextSetBit(host + 1)) {
      if (condition.test(host)) {
        found.add(host);
      }
    }
    found.sort(Comparator.comparingDouble(order).thenComparingInt(state::order));
    return found;
  }

  // -- figures of a host -----------------------------------------------------

  /** Percent of the shared processors that are busy, the work of the storage pool manager too. */
  int load(int host) {
    return Loads.shared(question, host);
  }

  /** Percent of one processor. */
  double total(int host) {
    return Loads.total(question, host);
  }

  int machines(int host) {
    return state.machines(host);
  }

  /** Whether the host has been above or below its limits for as long as the policy demands. */
  boolean overCommitted(int host) {
    long since = state.facts(host).overCommitSince();
    return since > 0 && now - since >= duration();
  }

  boolean inLimits(int host) {
    return state.facts(host).overCommitSince() <= 0;
  }

  private long duration() {
    return number("CpuOverCommitDurationMinutes", thresholds.overCommitMinutes()) * 60_000L;
  }

  /** Whether more virtual processors share the host's than the policy wants for each. */
  boolean crowded(int host) {
    double ratio = fraction("VCpuToPhysicalCpuRatio");
    return ratio > 0
        && state.sharedCpus(host) > 0
        && (double) state.sharedVcpus(host) / state.sharedCpus(host) >= ratio;
  }

  /** Too busy, for long enough. */
  boolean over(int host, int limit) {
    boolean busy =
        state.knownLoad(host) && load(host) >= limit && overCommitted(host) && machines(host) > 0;
    return busy || crowded(host);
  }

  /** Hosts that are too busy, the busiest first. */
  List<Integer> over(int limit) {
    return hosts(host -> over(host, limit), host -> -load(host));
  }

  /** Hosts with less to do than the limit, the idlest first. */
  List<Integer> under(int limit, int machines) {
    return hosts(
        host ->
            state.knownLoad(host)
                && load(host) < limit
                && (inLimits(host) || overCommitted(host))
                && machines(host) >= machines,
        this::load);
  }

  /** The load below which a host takes machines, given the one above which it gives them away. */
  int target(int high) {
    return Math.min(thresholds.targetPercent() * high / 100, high - settings.vcpuConsumption());
  }
}
