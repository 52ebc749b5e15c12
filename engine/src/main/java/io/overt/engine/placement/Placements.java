package io.overt.engine.placement;

import io.overt.fleet.Reports;
import io.overt.inventory.ChangeListener;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Subscription;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.scheduling.Explanation;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Policy;
import io.overt.scheduling.Request;
import io.overt.scheduling.Scheduler;
import io.overt.scheduling.state.ClusterState;
import io.overt.scheduling.state.Machine;
import io.overt.scheduling.unit.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where machines go, one decision after another in each cluster, on a state that follows
 * the inventory's changes and the hosts' reports. The inventory keeps what was decided: a state is
 * made anew from it when a cluster is first asked about, so that a crash forgets no claim.
 */
public final class Placements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Placements.class);

  /** For how long the change feed may be behind, or a cluster's decisions take. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What a decision depends on. */
  private static final List<Kind<?>> KINDS =
      List.of(
          Kinds.CLUSTER,
          Kinds.HOST,
          Kinds.HOST_NIC,
          Kinds.VM,
          Kinds.NETWORK,
          Kinds.CLUSTER_NETWORK,
          Kinds.AFFINITY_GROUP,
          Kinds.AFFINITY_LABEL,
          Kinds.SCHEDULING_POLICY,
          Kinds.SCHEDULING_POLICY_UNIT,
          Kinds.FILTER,
          Kinds.WEIGHT,
          Kinds.BALANCE);

  /** Hosts of a cluster up to which each placement is explained, and how many may wait then. */
  private static final int EXPLAINED = 256;

  private static final int BUSY = 8;

  private static final Set<String> NAMES =
      KINDS.stream().map(Kind::name).collect(Collectors.toSet());

  private final Supplier<Inventory> inventory;
  private final Supplier<Reports> reports;
  private final Clock clock;
  private final Settings settings;
  private final Outside outside;
  private final LastPlacements last = new LastPlacements();
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private @Nullable Subscription subscription;
  private @Nullable KnownHosts known;
  private Snapshot latest = Snapshot.EMPTY;
  private long reached;

  /** A cluster and those who want something of it. */
  private record Desk(SerialTasks tasks, ClusterBoard board, FreshVerdicts verdicts) {}

  public Placements(
      Supplier<Inventory> inventory,
      Supplier<Reports> reports,
      Clock clock,
      Settings settings,
      Outside outside) {
    this.inventory = inventory;
    this.reports = reports;
    this.clock = clock;
    this.settings = settings;
    this.outside = outside;
  }

  /**
   * Where the machines would go now; nothing is reserved. What units outside said is kept for a
   * moment for the placement that follows.
   */
  public Placement find(Snapshot seen, String clusterId, Request request) {
    Outside.Verdict verdict = outside(seen, clusterId, request, true);
    return ask(afterwards(seen, verdict), clusterId, board -> board.find(request, verdict));
  }

  /** What every unit of the cluster's policy says now. */
  public Explanation explain(Snapshot seen, String clusterId, Request request) {
    Outside.Verdict verdict = outside(seen, clusterId, request, false);
    return ask(seen, clusterId, board -> board.explain(request, verdict));
  }

  /** The latest placement of a machine that was made here, if it is remembered. */
  public Optional<Placed> last(String vmId) {
    return last.find(vmId);
  }

  /** Units outside are asked between two questions to the cluster, without holding up anybody. */
  private Outside.@Nullable Verdict outside(
      Snapshot seen, String clusterId, Request request, boolean kept) {
    Outside.Offer offer = ask(seen, clusterId, board -> board.offer(request));
    if (offer == null) {
      return null;
    }
    FreshVerdicts verdicts = desk(clusterId).verdicts();
    long asked = verdicts.placements();
    Outside.Verdict verdict = outside.ask(offer, request.machines());
    if (kept) {
      verdicts.keep(offer, ids(request), verdict, asked);
    }
    return verdict;
  }

  /** Units outside take their time: what has changed meanwhile counts. */
  private Snapshot afterwards(Snapshot seen, Outside.@Nullable Verdict verdict) {
    return verdict == null ? seen : inventory.get().snapshot();
  }

  /** What they have just said of the same, else what they say now. */
  private Outside.@Nullable Verdict known(Snapshot seen, String clusterId, Request request) {
    Outside.Offer offer = ask(seen, clusterId, board -> board.offer(request));
    if (offer == null) {
      return null;
    }
    Outside.Verdict verdict = desk(clusterId).verdicts().take(offer, ids(request));
    return verdict == null ? outside.ask(offer, request.machines()) : verdict;
  }

  private static List<String> ids(Request request) {
    return request.machines().stream().map(Machine::id).toList();
  }

  /**
   * Any other question to a cluster; the answer must be computed at once, without waiting, and
   * neither it nor the question's objects may be used afterwards.
   */
  public <R> R ask(String clusterId, BiFunction<Scheduler, Policy, R> question) {
    return ask(inventory.get().snapshot(), clusterId, board -> board.ask(question));
  }

  /** A copy of the cluster's state; decisions go on meanwhile. */
  public ClusterView view(String clusterId) {
    return ask(clusterId, (scheduler, policy) -> new ClusterView(scheduler.state().copy(), policy));
  }

  /**
   * Runs a write that reserves hosts. What it reserved is given back when it fails, and left to the
   * inventory when it is committed.
   */
  public <R> R claiming(Function<Claims, R> write) {
    Claims claims = new Claims();
    boolean committed = false;
    try {
      R result = write.apply(claims);
      committed = true;
      return result;
    } finally {
      claims.settle(committed);
    }
  }

  /** What one write has reserved; used by its thread only. */
  public final class Claims {
    private @Nullable Desk desk;
    private List<String> machines = List.of();

    private Claims() {}

    /** Chooses a host and reserves it; what this write reserved before is given back. */
    public Placement place(Snapshot seen, String clusterId, Request request) {
      giveBack();
      Desk now = desk(clusterId);
      boolean explained = now.tasks().waiting() < BUSY;
      Outside.Verdict verdict = known(seen, clusterId, request);
      Placement placement =
          ask(
              afterwards(seen, verdict),
              clusterId,
              board -> board.place(request, verdict, explained ? EXPLAINED : 0, last::put));
      if (placement instanceof Placement.Chosen) {
        now.verdicts().placed();
        desk = now;
        machines = ids(request);
      }
      return placement;
    }

    private void giveBack() {
      Desk before = desk;
      List<String> ids = machines;
      if (before != null) {
        before.tasks().add(() -> before.board().settle(ids));
        desk = null;
      }
    }

    private void settle(boolean committed) {
      if (desk != null && committed) {
        follow(inventory.get().snapshot());
      }
      giveBack();
    }
  }

  /**
   * Whether machines fit on a host by a snapshot alone, for the moment at which a claim is
   * committed: other nodes place too. Pure.
   */
  public boolean fits(Snapshot newest, Cluster cluster, Entity<Host> host, Request request) {
    HostReader.Common common = HostReader.Common.of(newest, cluster);
    KnownHosts hosts = known();
    ClusterState state =
        ClusterReader.around(
            newest,
            cluster,
            host,
            request.machines().stream().map(Machine::id).collect(Collectors.toSet()),
            hosts,
            each -> HostReader.read(common, each, hosts, true));
    return new Scheduler(state, settings)
            .find(PolicyReader.read(newest, cluster), request.onlyOn(Set.of(host.id())))
        instanceof Placement.Chosen;
  }

  // -- following -------------------------------------------------------------

  /** What hosts have told. */
  public KnownHosts known() {
    KnownHosts now = known;
    return now == null ? KnownHosts.of(reports.get()) : now;
  }

  private <R> R ask(Snapshot seen, String clusterId, Function<ClusterBoard, R> question) {
    Desk desk = desk(clusterId);
    follow(seen);
    CompletableFuture<R> answer = new CompletableFuture<>();
    desk.tasks()
        .add(
            () -> {
              try {
                answer.complete(question.apply(desk.board()));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a placement in cluster " + clusterId + " failed", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "cluster %s has not decided within %d s; %d decisions wait"
              .formatted(clusterId, PATIENCE.toSeconds(), desk.tasks().waiting()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a placement", e);
    }
  }

  private Desk desk(String clusterId) {
    Desk known = desks.get(clusterId);
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      open();
      Desk there = desks.get(clusterId);
      if (there != null) {
        return there;
      }
      Snapshot start = latest;
      ClusterBoard board = new ClusterBoard(clusterId, start, known(), settings, clock);
      Desk desk = new Desk(new SerialTasks("placements-" + clusterId), board, new FreshVerdicts());
      desk.tasks().add(() -> board.rebuild(start));
      desks.put(clusterId, desk);
      return desk;
    } finally {
      lock.unlock();
    }
  }

  /** Begins to follow when first needed. */
  private void open() {
    if (subscription != null) {
      return;
    }
    known = KnownHosts.of(reports.get());
    Subscription begun =
        inventory
            .get()
            .onChange(
                new ChangeListener() {
                  @Override
                  public void changed(ChangeSet changes) {
                    Placements.this.changed(changes);
                  }

                  @Override
                  public void resync(Snapshot snapshot) {
                    Placements.this.resync(snapshot);
                  }
                });
    subscription = begun;
    latest = begun.start();
    reached = latest.position();
    reports.get().onHost(this::reported);
  }

  private void changed(ChangeSet changes) {
    lock.lock();
    try {
      latest = changes.snapshot();
      reached = changes.position();
      if (changes.changes().stream().anyMatch(change -> NAMES.contains(change.key().kind()))) {
        desks.values().forEach(desk -> desk.tasks().add(() -> desk.board().changed(changes)));
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void resync(Snapshot snapshot) {
    lock.lock();
    try {
      latest = snapshot;
      reached = snapshot.position();
      desks.values().forEach(desk -> desk.tasks().add(() -> desk.board().rebuild(snapshot)));
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void reported(String hostId) {
    inventory
        .get()
        .snapshot()
        .find(Kinds.HOST, hostId)
        .map(host -> host.value().cluster())
        .map(cluster -> desks.get(cluster.requireId()))
        .ifPresent(desk -> desk.tasks().add(() -> desk.board().reported(hostId)));
  }

  /** Waits until the states have been told what the snapshot has. */
  private void follow(Snapshot seen) {
    long wanted = 0;
    for (Kind<?> kind : KINDS) {
      wanted = Math.max(wanted, seen.changedAt(kind));
    }
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (reached < wanted && left > 0) {
        left = moved.awaitNanos(left);
      }
      if (left <= 0) {
        LOG.warn("placements are behind: at {}, {} is wanted", reached, wanted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (subscription != null) {
        subscription.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
