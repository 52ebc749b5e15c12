package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.DomainSummary;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.hypervisor.Transfer;
import io.overt.agent.vms.DestinationAgent.Presence;
import io.overt.agent.vms.Peers.PeerException;
import io.overt.agent.vms.VmExit.ExitReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source's part of one move. The hypervisors decide where the guest runs; this finds out, and
 * never lets a guest go on here unless the other side is known not to run it.
 */
final class OutgoingMigration {

  private static final Logger log = LoggerFactory.getLogger(OutgoingMigration.class);

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Between the end of the hypervisor's work and its event. */
  private static final Duration EVENT_PATIENCE = Duration.ofSeconds(5);

  /** Between the cut of a line in post-copy and the other host's end of what came. */
  private static final Duration NOTICING = Duration.ofSeconds(2);

  /** What every move works with. */
  record Means(
      Vms vms,
      Hypervisor hypervisor,
      VmHooks hooks,
      PayloadImages payloads,
      Migrations.Parts parts,
      Consumer<Vm> over) {}

  private final Vm vm;
  private final MigrationRequest request;
  private final Means means;
  private final DestinationAgent destination;
  private final TransferWatch watch;
  private final CountDownLatch wakeUp = new CountDownLatch(1);
  private volatile MigrationStatus result;
  private volatile boolean begun;
  private long seenRunning;
  private boolean cancelled;
  private boolean ended;

  OutgoingMigration(Vm vm, MigrationRequest request, Means means) {
    this.vm = vm;
    this.request = request;
    this.means = means;
    this.destination = new DestinationAgent(vm.id(), request, means.parts());
    this.watch =
        new TransferWatch(
            vm,
            means.hypervisor(),
            request.schedule(),
            means.parts().settings().tick(),
            means.parts().listener());
    this.result = new MigrationStatus(0, "Migration in progress", 0, -1);
  }

  MigrationStatus status() {
    MigrationStatus now = result;
    return new MigrationStatus(
        now.code(),
        now.message(),
        Math.max(now.progress(), watch.percent()),
        watch.downtime().map(Duration::toMillis).orElse(-1L));
  }

  synchronized boolean over() {
    return ended;
  }

  /** Breaks it off as soon as possible; false when it has ended. */
  boolean cancel() {
    synchronized (this) {
      if (ended) {
        return false;
      }
      cancelled = true;
    }
    wakeUp.countDown();
    watch.abort();
    return true;
  }

  private synchronized boolean cancelled() {
    return cancelled || vm.down();
  }

  void run(OutgoingSlots slots) {
    int limit = request.outgoingLimit().orElse(means.parts().settings().outgoing());
    if (!slots.take(limit, this::cancelled)) {
      stay(ErrorCode.MIGRATION_CANCELLED, "Migration canceled");
      return;
    }
    try {
      String live = means.hypervisor().migratableXml(vm.id());
      means.hooks().beforeMigrateSource(vm, live);
      String adapted =
          destination.announce(
              live, Payloads.packed(live, vm.id(), means.payloads()), this::cancelled, this::pause);
      if (cancelled()) {
        stay(ErrorCode.MIGRATION_CANCELLED, "Migration canceled");
        return;
      }
      move(adapted);
    } catch (HookException e) {
      stay(ErrorCode.MIGRATION, String.valueOf(e.getMessage()));
    } catch (PeerException e) {
      stay(
          e.code() == PeerException.NO_ANSWER ? ErrorCode.NO_PEER : ErrorCode.MIGRATION,
          String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.warn("The migration of {} failed: {}", vm.id(), e.toString());
      stay(ErrorCode.MIGRATION, String.valueOf(e.getMessage()));
    } finally {
      slots.release();
    }
  }

  private void move(String xml) {
    MigrationSettings settings = means.parts().settings();
    Transfer transfer =
        new Transfer(
            request.destination(),
            settings.destination(request.host()),
            "tcp://" + bracketed(request.data().isEmpty() ? request.host() : request.data()),
            xml,
            request.bandwidth().orElse(settings.bandwidth()),
            // Pages that the other side asks for come over a single connection; so does a tunnel.
            request.schedule().postCopy() || request.tunnelled() ? 0 : request.parallel(),
            request.autoConverge(),
            request.compressed(),
            request.encrypted(),
            request.tunnelled(),
            request.schedule().postCopy(),
            request.abortOnError(),
            settings.unsafe());
    begun = true;
    watch.start(request.downtime());
    try {
      means.hypervisor().migrate(vm.id(), transfer);
      conclude();
    } catch (HypervisorException e) {
      log.warn("The migration of {} did not succeed: {}", vm.id(), e.getMessage());
      if (e.kind() == Kind.TIMEOUT || e.kind() == Kind.UNREACHABLE) {
        awaitTransfer();
      }
      conclude(String.valueOf(e.getMessage()));
    } finally {
      watch.stop();
    }
  }

  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** Watches a move that was begun by an agent that is no more. */
  void follow() {
    begun = true;
    watch.start(0);
    try {
      awaitTransfer();
    } finally {
      watch.stop();
    }
    conclude();
  }

  /** The hypervisor may be away for a while; the guests do not need it. */
  private void awaitTransfer() {
    while (!vm.down()) {
      try {
        if (means.hypervisor().transfer(vm.id()).isEmpty()) {
          return;
        }
      } catch (HypervisorException e) {
        if (e.kind() == Kind.DOMAIN_MISSING) {
          return;
        }
        log.debug("The migration of {} cannot be watched: {}", vm.id(), e.getMessage());
      }
      pause(PAUSE);
    }
  }

  /** The domain was gone when this agent started: only the other host can tell. */
  void locate() {
    while (!vm.down() && !gone()) {
      pause(PAUSE);
    }
  }

  /** The hypervisor's work is done: finds out where the guest is. */
  private void conclude() {
    conclude("The migration failed");
  }

  private void conclude(String failure) {
    while (!vm.down()) {
      Optional<DomainSummary> domain;
      try {
        domain = means.hypervisor().find(vm.id());
      } catch (HypervisorException e) {
        pause(PAUSE);
        continue;
      }
      if (domain.isEmpty()) {
        if (awaitEvent() || gone()) {
          return;
        }
      } else if (stranded(domain.get().state())) {
        if (rescued(domain.get().state(), failure)) {
          return;
        }
      } else {
        stay(ErrorCode.MIGRATION, failure);
        return;
      }
      pause(PAUSE);
    }
    ExitReason reason =
        vm.snapshot().exit().map(VmExit::reason).orElse(ExitReason.MIGRATION_SUCCEEDED);
    if (reason != ExitReason.MIGRATION_SUCCEEDED) {
      end(ErrorCode.MIGRATION, reason.message());
    }
  }

  private static boolean stranded(DomainState state) {
    return torn(state)
        || (state instanceof DomainState.Paused paused && paused.cause() == PauseCause.MIGRATION);
  }

  /** It has begun to run on the other side, so that it must never go on here. */
  private static boolean torn(DomainState state) {
    return state instanceof DomainState.Paused paused
        && (paused.cause() == PauseCause.POSTCOPY || paused.cause() == PauseCause.POSTCOPY_FAILED);
  }

  private boolean awaitEvent() {
    long end = System.nanoTime() + EVENT_PATIENCE.toNanos();
    while (!vm.down() && System.nanoTime() < end) {
      pause(Duration.ofMillis(20));
    }
    return vm.down();
  }

  /** No domain here, and no word why: the other host knows. False when it gives no answer. */
  private boolean gone() {
    return switch (destination.presence()) {
      case RUNS -> {
        moved();
        means.vms().end(vm, VmExit.normal(ExitReason.MIGRATION_SUCCEEDED));
        yield true;
      }
      case ABSENT -> {
        means.vms().end(vm, VmExit.error(ExitReason.LOST_QEMU));
        yield true;
      }
      case LANDING, UNKNOWN -> false;
    };
  }

  /** The guest stands still here. It goes on where it can; false when that is not known yet. */
  private boolean rescued(DomainState state, String failure) {
    boolean postCopy = torn(state);
    Presence there = destination.presence();
    if (there == Presence.UNKNOWN || there == Presence.LANDING) {
      return false;
    }
    if (there == Presence.RUNS && postCopy && !runsForGood()) {
      return false;
    }
    if (there == Presence.RUNS || postCopy) {
      boolean runs = there == Presence.RUNS;
      if (runs) {
        moved();
      }
      means
          .vms()
          .end(
              vm,
              runs
                  ? VmExit.normal(ExitReason.MIGRATION_SUCCEEDED)
                  : VmExit.error(ExitReason.POSTCOPY_FAILED));
      destroyHere();
      return true;
    }
    if (!destination.drop()) {
      return false;
    }
    means.hypervisor().resume(vm.id());
    stay(ErrorCode.MIGRATION, failure);
    return true;
  }

  /** One whose line was cut is shown as running over there until that host has noticed as well. */
  private boolean runsForGood() {
    long now = System.nanoTime();
    if (seenRunning == 0) {
      seenRunning = now;
    }
    return now - seenRunning >= NOTICING.toNanos();
  }

  private void destroyHere() {
    try {
      means.hypervisor().destroy(vm.id());
    } catch (HypervisorException e) {
      log.warn("Cannot remove what {} left behind: {}", vm.id(), e.getMessage());
    }
  }

  /** The guest goes on here, and what waits for it over there is dropped. */
  private void stay(ErrorCode code, String message) {
    if (vm.down()) {
      end(code, message);
      return;
    }
    note(code, message);
    if (!destination.drop()) {
      log.warn("{} may still wait for {}", request.destination(), vm.id());
    }
    means.over().accept(vm);
    vm.endTransit();
  }

  /**
   * The guest ended here in another way than by its move, or somebody released what was left of it.
   * Once the hypervisors had begun, they alone know whether it runs over there: it is not touched.
   */
  private void end(ErrorCode code, String message) {
    note(code, message);
    if (!begun && !destination.drop()) {
      log.warn("{} may still wait for {}", request.destination(), vm.id());
    }
    means.over().accept(vm);
  }

  private void note(ErrorCode code, String message) {
    boolean byUser;
    synchronized (this) {
      byUser = cancelled;
      ended = true;
    }
    result =
        byUser
            ? new MigrationStatus(
                ErrorCode.MIGRATION_CANCELLED.number(), "Migration canceled", watch.percent(), -1)
            : new MigrationStatus(code.number(), message, watch.percent(), -1);
    watch.stop();
  }

  /** The guest runs over there. */
  void moved() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    result = new MigrationStatus(0, "Migration done", 100, -1);
    watch.done();
    means.hooks().afterMigrateSource(vm);
  }

  void transferred(Duration downtime) {
    watch.downtime(downtime);
  }

  /** Shorter for who was asked to break off; a moment in any case. */
  private void pause(Duration time) {
    try {
      if (wakeUp.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        Thread.sleep(Math.min(100, time.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + vm.id() + " moves", e);
    }
  }
}
