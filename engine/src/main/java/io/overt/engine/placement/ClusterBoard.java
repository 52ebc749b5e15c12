package io.overt.engine.placement;

import io.overt.engine.affinity.PlacementGroups;
import io.overt.inventory.Change;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Profile;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.balancing.OverCommit;
import io.overt.scheduling.balancing.Thresholds;
import io.overt.scheduling.state.ClusterRules;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.HostFacts;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Decision;
import io.overt.scheduling.unit.Loads;
import io.overt.scheduling.unit.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's state of placement. Confined to the cluster's {@link SerialTasks}: whatever is
 * asked of it or told to it comes as a task. What the inventory says of a machine (where it runs,
 * starts or moves to) is followed change by change; a reservation is held until the transaction
 * that makes it durable has come by, or has failed.
 */
final class ClusterBoard {
  /** For how long a host that is up may have told nothing. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Set<String> OF_POLICIES =
      Set.of(
          Kinds.SCHEDULING_POLICY.name(),
          Kinds.SCHEDULING_POLICY_UNIT.name(),
          Kinds.FILTER.name(),
          Kinds.WEIGHT.name(),
          Kinds.BALANCE.name());
  private static final Set<String> OF_AFFINITY =
      Set.of(Kinds.AFFINITY_GROUP.name(), Kinds.AFFINITY_LABEL.name());
  private static final Set<String> OF_NETWORKS =
      Set.of(Kinds.NETWORK.name(), Kinds.CLUSTER_NETWORK.name(), Kinds.HOST_NIC.name());

  private final String clusterId;
  private final KnownHosts known;
  private final Settings settings;
  private final Clock clock;
  private final Map<String, Held> held = new HashMap<>();
  private Snapshot snapshot;
  private Cluster cluster;
  private HostReader.Common common;
  private Scheduler scheduler;
  private @Nullable Policy policy;

  /** Hosts that are up and have told nothing yet, each with the end of our patience. */
  private final Map<String, Long> silent = new HashMap<>();

  /** A reservation that the inventory may not show yet. */
  private record Held(Machine machine, String hostId) {}

  ClusterBoard(
      String clusterId, Snapshot snapshot, KnownHosts known, Settings settings, Clock clock) {
    this.clusterId = clusterId;
    this.clock = clock;
    this.known = known;
    this.settings = settings;
    this.snapshot = snapshot;
    this.cluster = new Cluster().id(clusterId);
    this.common = new HostReader.Common(100, CarriedNetworks.NONE);
    this.scheduler = new Scheduler(new ClusterState(ClusterRules.PLAIN), settings);
  }

  // -- what happens ----------------------------------------------------------

  /** Begins anew from what the inventory says; what is held is kept. */
  void rebuild(Snapshot newest) {
    snapshot = newest;
    cluster =
        newest
            .find(Kinds.CLUSTER, clusterId)
            .map(Entity::value)
            .orElseGet(() -> new Cluster().id(clusterId));
    policy = null;
    common = HostReader.Common.of(newest, cluster);
    ClusterState state = ClusterReader.read(newest, cluster, known, this::facts);
    scheduler = new Scheduler(state, settings);
    held.forEach((id, hold) -> reserve(hold));
  }

  void changed(ChangeSet changes) {
    snapshot = changes.snapshot();
    Set<String> kinds = new HashSet<>();
    for (Change change : changes.changes()) {
      kinds.add(change.key().kind());
    }
    if (kinds.contains(Kinds.CLUSTER.name()) && clusterChanged(changes)) {
      rebuild(snapshot);
      return;
    }
    for (Change change : changes.changes()) {
      if (change.key().kind().equals(Kinds.HOST.name())) {
        hostChanged(change.key().id());
      }
    }
    if (kinds.stream().anyMatch(OF_NETWORKS::contains)) {
      common = HostReader.Common.of(snapshot, cluster);
      List<String> ids = new ArrayList<>();
      state().all().stream().forEach(host -> ids.add(state().facts(host).id()));
      ids.forEach(this::hostChanged);
    }
    for (Change change : changes.changes()) {
      if (change.key().kind().equals(Kinds.VM.name())) {
        machineChanged(change.key().id());
      }
    }
    if (kinds.stream().anyMatch(OF_AFFINITY::contains)) {
      state().affinity(PlacementGroups.of(snapshot, cluster));
    }
    if (kinds.stream().anyMatch(OF_POLICIES::contains)) {
      policy = null;
    }
  }

  private boolean clusterChanged(ChangeSet changes) {
    return changes.changes().stream()
        .anyMatch(change -> change.key().equals(Kinds.CLUSTER.key(clusterId)));
  }

  private boolean ours(Entity<Host> host) {
    return host.value().cluster() != null && clusterId.equals(host.value().cluster().id());
  }

  private void hostChanged(String hostId) {
    Entity<Host> host = snapshot.find(Kinds.HOST, hostId).filter(this::ours).orElse(null);
    if (host == null) {
      state().remove(hostId);
      return;
    }
    int before = state().index(hostId);
    boolean blind = before < 0 || state().facts(before).special().cpus().isEmpty();
    HostFacts facts = facts(host);
    state().put(facts);
    if (before < 0 || (blind && !facts.special().cpus().isEmpty())) {
      // Those with processors for themselves get them when the host has told which it has.
      snapshot.referrers(Kinds.VM, "host", hostId).forEach(vm -> again(vm.id()));
    }
  }

  private HostFacts facts(Entity<Host> host) {
    boolean told = !known.statistics(host.id()).values().isEmpty();
    if (told || host.value().status() != HostStatus.UP) {
      silent.remove(host.id());
    } else {
      silent.putIfAbsent(host.id(), clock.millis() + PATIENCE.toMillis());
    }
    Long end = silent.get(host.id());
    HostFacts facts = HostReader.read(common, host, known, end == null || clock.millis() < end);
    int index = state().index(host.id());
    long since = index < 0 ? 0 : state().facts(index).overCommitSince();
    return since == 0 ? facts : withSince(facts, since);
  }

  private static HostFacts withSince(HostFacts facts, long since) {
    return facts.withUsage(facts.cpuUsage(), facts.memory().freeMb(), since);
  }

  /** A host that goes on telling nothing is not trusted any longer. */
  private void losePatience() {
    if (!silent.isEmpty()) {
      long now = clock.millis();
      List.copyOf(silent.entrySet()).stream()
          .filter(host -> host.getValue() <= now)
          .forEach(host -> hostChanged(host.getKey()));
    }
  }

  /** A host has told its figures anew. */
  void reported(String hostId) {
    hostChanged(hostId);
    int host = state().index(hostId);
    if (host < 0) {
      return;
    }
    long before = state().facts(host).overCommitSince();
    long since =
        OverCommit.since(
            before, load(host), policy().properties(), Thresholds.DEFAULT, clock.millis());
    if (since != before) {
      state().put(withSince(state().facts(host), since));
    }
    refreshUsage(host);
  }

  /**
   * Percent of the processors that its machines share, of all where oVirt 3.4's rules hold;
   * negative when it is not known.
   */
  private double load(int host) {
    if (policy().profile() == Profile.OVIRT_3_4) {
      return state().knownLoad(host) ? state().facts(host).cpuUsage() : -1;
    }
    Decision nothing =
        new Decision(state(), List.of(), policy().properties(), settings, clock.millis(), false);
    return state().knownLoad(host) ? Loads.shared(nothing, host) : -1;
  }

  /** How busy its machines are decides which of them a balancer takes. */
  private void refreshUsage(int host) {
    for (ClusterState.Resident resident : List.copyOf(state().residents(host))) {
      Machine machine = resident.machine();
      double usage = MachineReader.usage(known.machine(machine.id()), machine.cpu().count());
      if (!resident.pending() && usage != machine.cpu().usagePercent()) {
        ClusterState.Resident coming = state().pending(machine.id());
        state().run(machine.withUsage(usage), state().facts(host).id());
        if (coming != null) {
          state().reserve(coming.machine(), coming.host());
        }
      }
    }
  }

  private void machineChanged(String vmId) {
    snapshot
        .find(Kinds.VM, vmId)
        .ifPresentOrElse(
            vm -> ClusterReader.follow(state(), vm, new MachineReader(snapshot, known)),
            () -> state().stop(vmId));
    Held hold = held.get(vmId);
    if (hold != null) {
      reserve(hold);
    }
  }

  private void again(String vmId) {
    state().stop(vmId);
    machineChanged(vmId);
  }

  private void reserve(Held hold) {
    int host = state().index(hold.hostId());
    ClusterState.Resident there = state().pending(hold.machine().id());
    if (host >= 0 && (there == null || there.host() != host)) {
      state().reserve(hold.machine(), host);
    }
  }

  // -- what is asked ---------------------------------------------------------

  private ClusterState state() {
    return scheduler.state();
  }

  private Policy policy() {
    losePatience();
    Policy made = policy;
    if (made == null) {
      made = PolicyReader.read(snapshot, cluster);
      policy = made;
    }
    return made;
  }

  <R> R ask(BiFunction<Scheduler, Policy, R> question) {
    return question.apply(scheduler, policy());
  }

  /** What units outside are to be asked; null when the policy has none, or no host is left. */
  Outside.@Nullable Offer offer(Request request) {
    Policy now = policy();
    if (!now.external()) {
      return null;
    }
    List<String> hosts = apart(request, () -> scheduler.survivors(now, request));
    return hosts.isEmpty() ? null : new Outside.Offer(hosts, now);
  }

  Placement find(Request request, Outside.@Nullable Verdict verdict) {
    return apart(
        request,
        () -> refused(request, scheduler.find(policy(), narrowed(request, verdict)), verdict));
  }

  Explanation explain(Request request, Outside.@Nullable Verdict verdict) {
    return apart(request, () -> explained(request, verdict));
  }

  /** Chooses and holds; what was reserved for the machines before is given back. */
  Placement place(
      Request request,
      Outside.@Nullable Verdict verdict,
      int explainedHosts,
      BiConsumer<String, Placed> remember) {
    request.machines().forEach(machine -> state().release(machine.id()));
    Explanation explanation = hosts() > explainedHosts ? null : explained(request, verdict);
    Placement placement =
        refused(request, scheduler.place(policy(), narrowed(request, verdict)), verdict);
    if (placement instanceof Placement.Chosen chosen) {
      request
          .machines()
          .forEach(machine -> held.put(machine.id(), new Held(machine, chosen.hostId())));
    } else {
      request.machines().forEach(machine -> machineChanged(machine.id()));
    }
    Placed placed = new Placed(clock.instant(), placement, explanation);
    request.machines().forEach(machine -> remember.accept(machine.id(), placed));
    return placement;
  }

  private static Request narrowed(Request request, Outside.@Nullable Verdict verdict) {
    return verdict == null ? request : request.onlyOn(verdict.kept()).with(verdict.scores());
  }

  /** With the hosts that units outside removed among the reasons. */
  private Placement refused(
      Request request, Placement placement, Outside.@Nullable Verdict verdict) {
    if (verdict == null || !(placement instanceof Placement.Refused refused)) {
      return placement;
    }
    List<Placement.Rejection> all = new ArrayList<>(refused.rejections());
    for (Explanation.HostVerdict host : scheduler.explain(policy(), request).hosts()) {
      if (!host.filters().isEmpty() && !verdict.kept().contains(host.hostId())) {
        Explanation.FilterVerdict first = host.filters().getFirst();
        all.add(
            new Placement.Rejection(
                host.hostId(), host.hostName(), first.unit(), false, first.objection()));
      }
    }
    removed(verdict)
        .forEach(
            (host, unit) ->
                all.add(
                    new Placement.Rejection(host, name(host), unit, true, Outside.NOT_ACCEPTED)));
    return new Placement.Refused(all);
  }

  /** Hosts that are still there, in the order of their ids. */
  private Map<String, String> removed(Outside.Verdict verdict) {
    Map<String, String> removed = new TreeMap<>(verdict.removed());
    removed.keySet().removeIf(host -> state().index(host) < 0);
    return removed;
  }

  private String name(String hostId) {
    return state().facts(state().index(hostId)).name();
  }

  private Explanation explained(Request request, Outside.@Nullable Verdict verdict) {
    if (verdict == null) {
      return scheduler.explain(policy(), request);
    }
    Explanation own = scheduler.explain(policy(), request);
    Explanation all = scheduler.explain(policy(), narrowed(request, verdict));
    List<Explanation.HostVerdict> hosts =
        new ArrayList<>(all.hosts().stream().filter(host -> host.place() > 0).toList());
    removed(verdict)
        .forEach(
            (host, unit) ->
                hosts.add(
                    new Explanation.HostVerdict(
                        host,
                        name(host),
                        0,
                        0,
                        List.of(new Explanation.FilterVerdict(unit, true, Outside.NOT_ACCEPTED)),
                        List.of())));
    own.hosts().stream()
        .filter(host -> host.place() == 0 && !verdict.removed().containsKey(host.hostId()))
        .forEach(hosts::add);
    return new Explanation(
        all.policy(),
        all.selector(),
        hosts.isEmpty() || hosts.getFirst().place() == 0 ? null : hosts.getFirst().hostId(),
        hosts);
  }

  /** From here on only the inventory says where those machines are. */
  void settle(List<String> machines) {
    for (String id : machines) {
      if (held.remove(id) != null) {
        state().release(id);
        machineChanged(id);
      }
    }
  }

  /** What was reserved for the very machines of the question does not count against them. */
  private <R> R apart(Request request, Supplier<R> question) {
    List<ClusterState.Resident> aside =
        request.machines().stream()
            .map(machine -> state().pending(machine.id()))
            .filter(Objects::nonNull)
            .toList();
    aside.forEach(resident -> state().release(resident.machine().id()));
    try {
      return question.get();
    } finally {
      aside.forEach(resident -> state().reserve(resident.machine(), resident.host()));
    }
  }

  private int hosts() {
    return state().all().cardinality();
  }
}
