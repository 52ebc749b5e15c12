package io.overt.engine.balancing;

import io.overt.engine.affinity.PlacementGroups;
import io.overt.engine.hosts.SwitchPower;
import io.overt.engine.placement.BalancedBy;
import io.overt.engine.placement.Outside;
import io.overt.engine.placement.Placements;
import io.overt.engine.placement.PolicyReader;
import io.overt.engine.resource.Platform;
import io.overt.engine.vms.run.VmMigrations;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Balance;
import io.overt.model.types.Cluster;
import io.overt.model.types.SchedulingPolicy;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.balancing.AffinityEnforcement;
import io.overt.scheduling.balancing.Balancers;
import io.overt.scheduling.balancing.HaReservation;
import io.overt.scheduling.balancing.PowerManagement;
import io.overt.scheduling.balancing.Proposal;
import io.overt.scheduling.balancing.Round;
import io.overt.scheduling.balancing.Thresholds;
import io.overt.scheduling.unit.Settings;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after all clusters in rounds, one cluster after another, and starts one migration in each
 * at most, several where plans are made. A cluster whose policy does not balance, that has no rules
 * and reserves nothing costs nothing. Of several engines one does it.
 */
public final class BalancingRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BalancingRounds.class);
  private static final String LOADS = "Load balancing";
  private static final String AFFINITY = "Affinity rules enforcement";

  private final Platform platform;
  private final Placements placements;
  private final Outside outside;
  private final VmMigrations migrations;
  private final BalancingTimes times;
  private final BooleanSupplier leads;
  private final PowerSaving power;
  private final PlannedMoves plans;
  private final RandomGenerator random = new SecureRandom();
  private final Set<String> unsafe = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param refresh has a host looked at now
   * @param leads whether it is this engine that does it; asked when there is something to do
   */
  public BalancingRounds(
      Platform platform,
      Placements placements,
      Outside outside,
      VmMigrations migrations,
      SwitchPower power,
      Consumer<String> refresh,
      BalancingTimes times,
      BooleanSupplier leads) {
    this.power = new PowerSaving(platform, power, refresh);
    this.plans = new PlannedMoves(platform, placements, migrations);
    this.platform = platform;
    this.placements = placements;
    this.outside = outside;
    this.migrations = migrations;
    this.times = times;
    this.leads = leads;
  }

  public void open() {
    if (times.loads()) {
      every("balancing", times.loadInterval(), this::balance);
    }
    if (times.affinity()) {
      every("affinity", times.affinityInterval(), this::enforce);
    }
    every("ha-reservation", times.reservationInterval(), this::checkReservation);
  }

  private void every(String name, Duration interval, Runnable round) {
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                  round.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void forEach(
      String what,
      java.util.function.Predicate<Entity<Cluster>> due,
      Consumer<Entity<Cluster>> work) {
    try {
      List<Entity<Cluster>> clusters =
          platform.snapshot().all(Kinds.CLUSTER).stream().filter(due).toList();
      if (clusters.isEmpty() || !leads.getAsBoolean()) {
        return;
      }
      for (Entity<Cluster> cluster : clusters) {
        try {
          work.accept(cluster);
        } catch (RuntimeException e) {
          LOG.warn("{} of cluster {} failed", what, cluster.value().name(), e);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("{} is postponed: {}", what, e.getMessage());
    }
  }

  // -- load --------------------------------------------------------------------

  /** One round of the load balancers. */
  void balance() {
    forEach("balancing", this::balances, this::balance);
  }

  private boolean balances(Entity<Cluster> cluster) {
    return planned(cluster) || units(cluster).anyMatch(Balancers::moves);
  }

  /** Saving power is the contrary of evening out: that is always done by its own rules. */
  private boolean planned(Entity<Cluster> cluster) {
    return policy(cluster)
            .map(PolicyReader::balancedBy)
            .filter(BalancedBy.PLANNER::equals)
            .isPresent()
        && units(cluster).noneMatch(Balancers.POWER_SAVING::equals);
  }

  private Optional<Entity<SchedulingPolicy>> policy(Entity<Cluster> cluster) {
    return Optional.ofNullable(cluster.value().schedulingPolicy())
        .flatMap(policy -> platform.snapshot().find(Kinds.SCHEDULING_POLICY, policy.requireId()));
  }

  /** Ids of the policy's load balancing units. */
  private Stream<String> units(Entity<Cluster> cluster) {
    return policy(cluster).stream()
        .flatMap(policy -> platform.snapshot().owned(Kinds.BALANCE, policy.key()).stream())
        .map(Entity<Balance>::id);
  }

  /** What a round needs to know of a cluster's state. */
  private record Look(
      Policy policy,
      List<String> hosts,
      List<Proposal> proposals,
      Optional<PowerManagement.Action> power) {}

  private void balance(Entity<Cluster> cluster) {
    if (planned(cluster)) {
      plans.round(cluster.id(), LOADS);
      return;
    }
    Snapshot snapshot = platform.snapshot();
    Set<String> busy = ClusterMachines.of(snapshot, cluster.id()).busy();
    List<PowerManagement.Host> hosts = power.hosts(snapshot, cluster.id());
    Look look =
        placements.ask(cluster.id(), (scheduler, policy) -> look(scheduler, policy, busy, hosts));
    move(look.policy().balancing().external() ? ask(look) : look.proposals());
    look.power().ifPresent(power::follow);
  }

  private void move(List<Proposal> proposals) {
    for (Proposal proposal : proposals) {
      Optional<String> job =
          migrations.moveIfBetter(proposal.machineId(), Set.copyOf(proposal.hosts()), LOADS);
      if (job.isPresent()) {
        return;
      }
    }
  }

  private Look look(
      Scheduler scheduler, Policy policy, Set<String> busy, List<PowerManagement.Host> hosts) {
    Round round =
        new Round(
            scheduler.state(),
            policy.properties(),
            Settings.DEFAULT,
            Thresholds.DEFAULT,
            platform.clock().millis(),
            busy);
    List<Proposal> proposals =
        policy.balancing().external()
            ? List.of()
            : Balancers.of(policy, random)
                .map(balancer -> balancer.propose(round))
                .orElse(List.of());
    return new Look(
        policy,
        round.ids(),
        proposals,
        policy.balancing().unitId().equals(Balancers.POWER_SAVING) && !hosts.isEmpty()
            ? PowerManagement.decide(round, hosts)
            : Optional.empty());
  }

  private List<Proposal> ask(Look look) {
    if (look.hosts().size() < 2) {
      return List.of();
    }
    return outside
        .balance(look.policy(), look.hosts())
        .map(move -> List.of(new Proposal(move.vm(), move.hosts())))
        .orElse(List.of());
  }

  // -- affinity ----------------------------------------------------------------

  /** One round for broken rules; a cluster in which machines move is left until they are there. */
  void enforce() {
    forEach(
        "affinity enforcement",
        cluster -> !PlacementGroups.of(platform.snapshot(), cluster.value()).isEmpty(),
        this::enforce);
  }

  private void enforce(Entity<Cluster> cluster) {
    ClusterMachines machines = ClusterMachines.of(platform.snapshot(), cluster.id());
    if (machines.anyMoves()) {
      return;
    }
    Set<String> tried = new HashSet<>(machines.busy());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Proposal> next =
          placements.ask(
              cluster.id(),
              (scheduler, policy) ->
                  AffinityEnforcement.next(scheduler, policy, tried, platform.clock().millis()));
      if (next.isEmpty()) {
        return;
      }
      Proposal proposal = next.get();
      Set<String> hosts = Set.copyOf(proposal.hosts());
      if (migrations.moveIfBetter(proposal.machineId(), hosts, AFFINITY).isPresent()) {
        return;
      }
      tried.add(proposal.machineId());
    }
  }

  /** Machines that are tried in one round when a move cannot be started. */
  private static final int ATTEMPTS = 10;

  // -- room for highly available machines ----------------------------------------

  /** Tells of clusters that could not bear the failure of a host, and when they can again. */
  void checkReservation() {
    forEach(
        "the check of HA reservation",
        cluster -> Boolean.TRUE.equals(cluster.value().haReservation()),
        this::checkReservation);
    unsafe.removeIf(
        id ->
            platform
                .snapshot()
                .find(Kinds.CLUSTER, id)
                .filter(cluster -> Boolean.TRUE.equals(cluster.value().haReservation()))
                .isEmpty());
  }

  private void checkReservation(Entity<Cluster> cluster) {
    List<String> hosts =
        placements.ask(
            cluster.id(),
            (scheduler, policy) ->
                HaReservation.unsafe(scheduler.state(), machine -> memoryPercent(machine.id())));
    if (!hosts.isEmpty()) {
      unsafe.add(cluster.id());
      tell(cluster, "CLUSTER_ALERT_HA_RESERVATION", Map.of("Hosts", names(hosts)));
    } else if (unsafe.remove(cluster.id())) {
      tell(cluster, "CLUSTER_ALERT_HA_RESERVATION_DOWN", Map.of());
    }
  }

  private double memoryPercent(String vmId) {
    BigDecimal used = placements.known().machine(vmId).decimal("memUsage");
    return used == null ? -1 : used.doubleValue();
  }

  private String names(List<String> hosts) {
    Snapshot snapshot = platform.snapshot();
    return String.join(
        ", ",
        hosts.stream()
            .map(id -> snapshot.find(Kinds.HOST, id).map(host -> host.value().name()).orElse(id))
            .sorted()
            .toList());
  }

  private void tell(Entity<Cluster> cluster, String type, Map<String, String> values) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              About about =
                  About.object(cluster.value()).with("ClusterName", cluster.value().name());
              values.forEach(about::with);
              platform.events().append(transaction, type, about);
              return cluster.id();
            });
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
