package io.overt.agent.vms;

import io.overt.agent.vms.VmSnapshot.IoFault;
import io.overt.agent.vms.VmSnapshot.WatchdogEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The status machine of one virtual machine. What is stored (launching, up, paused, down) is
 * overlaid, while it is up, by a phase that the guest is in and that expires by itself: powering
 * up, powering down, reboot in progress. Down is final.
 *
 * <p>Every change of the reported status is handed to the listener under the machine's lock, so
 * that listeners see changes in order.
 */
final class Vm {

  private enum Stored {
    WAIT_FOR_LAUNCH,
    UP,
    PAUSED,
    /** Announced by another host that runs it. */
    ARRIVING,
    DOWN
  }

  private final UUID id;
  private final String name;
  private final StatusClock clock;
  private final VmListener listener;
  private final CompletableFuture<Boolean> launched = new CompletableFuture<>();
  private final ReentrantLock changing = new ReentrantLock();

  private Stored stored = Stored.WAIT_FOR_LAUNCH;
  private @Nullable VmExit exit;
  private @Nullable VmExit exitWhileLaunching;
  private @Nullable VmExit intendedExit;
  private @Nullable PauseCode pauseCode;
  private @Nullable IoFault ioFault;
  private @Nullable PauseCode ioCode;
  private boolean restoring;
  private VmStatus phase = VmStatus.UP;
  private long phaseUntil;
  private String xml;
  private String hash = "";
  private Optional<DomainDescription> description;
  private String clientAddress = "";
  private @Nullable WatchdogEvent watchdog;
  private boolean destroyOnReboot;
  private boolean guestReported;
  private boolean suspended;
  private boolean held;
  private boolean leftBehind;
  private @Nullable VmStatus transit;
  private int migrationProgress;
  private boolean announced;
  private boolean landed;
  private CompletableFuture<?> scripts = CompletableFuture.completedFuture(true);

  Vm(
      UUID id,
      String name,
      String xml,
      Optional<DomainDescription> description,
      StatusClock clock,
      VmListener listener) {
    this.id = id;
    this.name = name;
    this.xml = xml;
    this.description = description;
    this.destroyOnReboot = description.map(DomainDescription::destroyOnReboot).orElse(false);
    this.clock = clock;
    this.listener = listener;
  }

  UUID id() {
    return id;
  }

  /** Held by whoever reads the live domain in order to change it. */
  ReentrantLock changing() {
    return changing;
  }

  /** Completes when the launch has ended, one way or the other. */
  CompletableFuture<Boolean> launched() {
    return launched;
  }

  synchronized VmSnapshot snapshot() {
    long now = clock.now();
    return new VmSnapshot(
        id,
        name,
        status(now),
        Optional.ofNullable(exit),
        stored == Stored.PAUSED ? Optional.ofNullable(pauseCode) : Optional.empty(),
        stored == Stored.PAUSED ? Optional.ofNullable(ioFault) : Optional.empty(),
        now,
        xml,
        hash,
        description,
        clientAddress,
        Optional.ofNullable(watchdog),
        transit == VmStatus.MIGRATION_SOURCE && stored != Stored.DOWN
            ? OptionalInt.of(migrationProgress)
            : OptionalInt.empty());
  }

  /** It shows this status, while it runs, until {@link #endTransit}; false when it has one. */
  synchronized boolean beginTransit(VmStatus status) {
    if (!alive() || transit != null) {
      return false;
    }
    transit = status;
    migrationProgress = 0;
    report();
    return true;
  }

  synchronized void endTransit() {
    if (transit != null) {
      transit = null;
      report();
    }
  }

  synchronized boolean inTransit() {
    return transit != null;
  }

  synchronized void setMigrationProgress(int percent) {
    migrationProgress = percent;
  }

  /** Another host announced it. */
  synchronized void expect() {
    announced = true;
  }

  /** Whether it is announced and not here yet. */
  synchronized boolean expected() {
    return stored == Stored.ARRIVING || (announced && stored == Stored.WAIT_FOR_LAUNCH);
  }

  synchronized boolean arriving() {
    return stored == Stored.ARRIVING;
  }

  /** Everything is ready for its arrival. */
  void arriving(String expectedXml, DomainDescription expected) {
    synchronized (this) {
      if (stored == Stored.WAIT_FOR_LAUNCH) {
        xml = expectedXml;
        description = Optional.of(expected);
        stored = Stored.ARRIVING;
        report();
      }
    }
    launched.complete(true);
  }

  /** A recovery found it, or the note that it was announced. */
  void foundArriving(String expectedXml, Optional<DomainDescription> expected) {
    synchronized (this) {
      announced = true;
      xml = expectedXml;
      description = expected;
      stored = Stored.ARRIVING;
    }
    launched.complete(true);
  }

  /** A recovery found that it was leaving, and not where it is. */
  void foundLeaving() {
    synchronized (this) {
      stored = Stored.UP;
      transit = VmStatus.MIGRATION_SOURCE;
    }
    launched.complete(true);
  }

  /** It runs here, or stands still; true for the first who says so. */
  synchronized boolean land() {
    boolean first = stored == Stored.ARRIVING && !landed;
    landed |= first;
    return first;
  }

  synchronized boolean landedHere() {
    return landed;
  }

  /** All is done that its arrival takes; an end that was reported meanwhile takes effect now. */
  synchronized void arrived(
      String liveXml, Optional<DomainDescription> live, Optional<PauseCode> paused) {
    live.ifPresent(description -> remember(liveXml, description));
    guestReported = true;
    if (exitWhileLaunching != null) {
      end(exitWhileLaunching);
    } else if (stored == Stored.ARRIVING) {
      stored = paused.isPresent() ? Stored.PAUSED : Stored.UP;
      pauseCode = paused.orElse(null);
      suspended = paused.isPresent();
      report();
    }
  }

  synchronized boolean down() {
    return stored == Stored.DOWN;
  }

  /** Whether there is, or should be, a domain with running or stopped CPUs behind it. */
  synchronized boolean alive() {
    return stored == Stored.UP || stored == Stored.PAUSED;
  }

  synchronized boolean destroyOnReboot() {
    return destroyOnReboot;
  }

  synchronized void setDestroyOnReboot() {
    destroyOnReboot = true;
  }

  synchronized void setClientAddress(String address) {
    clientAddress = address;
  }

  synchronized void watchdog(String action) {
    watchdog = new WatchdogEvent(System.currentTimeMillis() / 1000, action);
    report();
  }

  /** The next regular end of the guest counts as this one. */
  synchronized void intend(VmExit exit) {
    intendedExit = exit;
  }

  synchronized Optional<VmExit> intendedExit() {
    return Optional.ofNullable(intendedExit);
  }

  /** What will be launched, after scripts had their say. */
  synchronized void describe(String edited, DomainDescription described) {
    if (stored == Stored.WAIT_FOR_LAUNCH) {
      xml = edited;
      description = Optional.of(described);
    }
  }

  /** Runs work on behalf of this machine after the work that was given before. */
  synchronized void afterwards(Runnable work) {
    scripts =
        scripts
            .handle((done, problem) -> done)
            .thenRunAsync(work, command -> Thread.ofVirtual().start(command));
  }

  /** Waits for all work that was given so far. */
  void awaitScripts(Duration deadline) {
    CompletableFuture<?> last;
    synchronized (this) {
      last = scripts;
    }
    last.handle((done, problem) -> true)
        .completeOnTimeout(false, deadline.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** The domain is gone: the first who says so gives the work that this takes. */
  synchronized void leave(Optional<Runnable> work) {
    if (!leftBehind) {
      leftBehind = true;
      work.ifPresent(this::afterwards);
    }
  }

  /** For a moment its processors may stand still, and that is nobody's business. */
  synchronized void setHeld(boolean held) {
    this.held = held;
  }

  synchronized boolean held() {
    return held;
  }

  /** Its processors stopped; answers whether scripts care: not during a launch. */
  synchronized boolean noteSuspended() {
    suspended = true;
    return alive();
  }

  /** Its processors run; answers whether scripts care: they did not stand still for a launch. */
  synchronized boolean noteContinued() {
    boolean before = suspended;
    suspended = false;
    return before && alive();
  }

  /** The launch succeeded, paused; an end that was reported meanwhile takes effect now. */
  void runningPaused(String liveXml, DomainDescription live) {
    synchronized (this) {
      remember(liveXml, live);
      suspended = true;
      if (exitWhileLaunching != null) {
        end(exitWhileLaunching);
      } else if (stored == Stored.WAIT_FOR_LAUNCH) {
        stored = Stored.PAUSED;
        pauseCode = PauseCode.NOERR;
        report();
      }
    }
    launched.complete(true);
  }

  /** The launch succeeded; an end that was reported meanwhile takes effect now. */
  void running(String liveXml, DomainDescription live, VmStatus phase, Duration atMost) {
    synchronized (this) {
      remember(liveXml, live);
      suspended = false;
      if (exitWhileLaunching != null) {
        end(exitWhileLaunching);
      } else if (stored == Stored.WAIT_FOR_LAUNCH) {
        stored = Stored.UP;
        if (!guestReported) {
          enter(phase, atMost);
        }
        report();
      }
    }
    launched.complete(true);
  }

  /** As found by a recovery, or after one. */
  void found(String liveXml, DomainDescription live, Optional<PauseCode> paused) {
    synchronized (this) {
      remember(liveXml, live);
      stored = paused.isPresent() ? Stored.PAUSED : Stored.UP;
      pauseCode = paused.orElse(null);
      suspended = paused.isPresent();
    }
    launched.complete(true);
  }

  synchronized void refresh(String liveXml, DomainDescription live) {
    if (stored != Stored.DOWN) {
      remember(liveXml, live);
    }
  }

  /** It ended; of several ends the first counts. */
  void ended(VmExit how) {
    synchronized (this) {
      if (stored != Stored.DOWN) {
        end(how);
      }
    }
    launched.complete(true);
  }

  /** An event tells of an end; during a launch the launcher decides what it means. */
  void endedByEvent(VmExit how) {
    synchronized (this) {
      if (stored == Stored.WAIT_FOR_LAUNCH || (stored == Stored.ARRIVING && landed)) {
        exitWhileLaunching = how;
        return;
      }
    }
    ended(how);
  }

  synchronized void paused(PauseCode code) {
    if (stored == Stored.UP || (stored == Stored.PAUSED && pauseCode != code)) {
      stored = Stored.PAUSED;
      pauseCode = code;
      report();
    }
  }

  /** A pause for an I/O error; its reason comes in another event, before or after. */
  synchronized void pausedByIoError() {
    paused(ioCode == null ? PauseCode.EOTHER : ioCode);
  }

  synchronized void ioError(PauseCode code, IoFault fault) {
    ioCode = code;
    ioFault = fault;
    if (stored == Stored.PAUSED && pauseCode != PauseCode.NOERR) {
      pauseCode = code;
      report();
    }
  }

  synchronized void resumed() {
    if (transit == VmStatus.SAVING_STATE) {
      transit = null;
    }
    if (stored == Stored.PAUSED) {
      stored = Stored.UP;
      pauseCode = null;
      ioFault = null;
      ioCode = null;
      report();
    }
  }

  /** The guest entered a phase that shows for at most this long. */
  synchronized void enterPhase(VmStatus phase, Duration atMost) {
    if (stored == Stored.UP || stored == Stored.PAUSED) {
      enter(phase, atMost);
      report();
    }
  }

  /** The guest is known to be up: whatever phase it was in has ended. */
  synchronized void guestIsUp() {
    guestReported = true;
    if (phase == VmStatus.POWERING_UP || phase == VmStatus.REBOOT_IN_PROGRESS) {
      phase = VmStatus.UP;
      report();
    }
  }

  /** Reports again when a phase has run out. */
  synchronized void expirePhase() {
    if (phase != VmStatus.UP && clock.now() >= phaseUntil) {
      phase = VmStatus.UP;
      report();
    }
  }

  /** Its launch brings back a saved guest. */
  synchronized void restores() {
    restoring = true;
  }

  private void enter(VmStatus phase, Duration atMost) {
    this.phase = phase;
    this.phaseUntil = clock.now() + atMost.toMillis();
  }

  private void end(VmExit how) {
    stored = Stored.DOWN;
    exit = how;
    listener.changed(snapshot());
  }

  private void report() {
    if (stored != Stored.DOWN) {
      listener.changed(snapshot());
    }
  }

  private void remember(String liveXml, DomainDescription live) {
    xml = liveXml;
    description = Optional.of(live);
    hash = Integer.toString(liveXml.hashCode());
    destroyOnReboot |= live.destroyOnReboot();
  }

  private VmStatus status(long now) {
    return switch (stored) {
      case WAIT_FOR_LAUNCH -> restoring ? VmStatus.RESTORING_STATE : VmStatus.WAIT_FOR_LAUNCH;
      // A guest that runs on the other side already is shown standing still here.
      case PAUSED -> transit == null || pauseCode == PauseCode.POSTCOPY ? VmStatus.PAUSED : transit;
      case ARRIVING -> VmStatus.MIGRATION_DESTINATION;
      case DOWN -> VmStatus.DOWN;
      case UP -> transit != null ? transit : now < phaseUntil ? phase : VmStatus.UP;
    };
  }
}
