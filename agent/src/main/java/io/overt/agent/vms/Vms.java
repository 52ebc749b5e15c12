package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.Hooks;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.vms.VmExit.ExitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All virtual machines of this host. A launch is accepted at once and runs in the background; a
 * machine that ended stays in the list, Down with its exit, until the engine destroys it.
 */
public final class Vms implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Vms.class);

  /** Each script has its own deadline; this is for a whole chain that a destroy waits for. */
  private static final Duration SCRIPTS_PATIENCE = Duration.ofMinutes(5);

  private final Map<UUID, Vm> vms = new ConcurrentHashMap<>();
  private final Set<UUID> unwanted = ConcurrentHashMap.newKeySet();
  private final Hypervisor hypervisor;
  private final Journal journal;
  private final Launch launch;
  private final Hibernation hibernation;
  private final LiveDisks liveDisks;
  private final VmHooks hooks;
  private final VmListener listener;
  private final StatusClock clock;
  private final VmTimes times;
  private final ScheduledExecutorService scheduler;
  private final DomainEvents events;
  private final Recovery recovery;
  private final RunningDevices devices;
  private final Guests guests;
  private final SerialLines serialLines;
  private final PayloadImages payloads;
  private final Migrations migrations;

  /**
   * @param scheduler runs short work only; the caller closes it
   */
  public Vms(
      Hypervisor hypervisor,
      Journal journal,
      DomainPolicy policy,
      DiskPaths disks,
      Hooks hooks,
      VmListener listener,
      VmTimes times,
      Migrations.Parts moves,
      ScheduledExecutorService scheduler) {
    this.hypervisor = hypervisor;
    this.journal = journal;
    this.hooks = new VmHooks(hooks);
    this.listener = listener;
    this.clock = StatusClock.monotonic();
    this.times = times;
    this.scheduler = scheduler;
    LaunchXml launchXml = new LaunchXml(policy, disks);
    this.devices = new RunningDevices(this, hypervisor, this.hooks, launchXml, disks, times);
    this.guests = new Guests(this, hypervisor);
    this.serialLines = new SerialLines(this, hypervisor);
    this.payloads = policy.payloads();
    this.launch = new Launch(this, hypervisor, this.hooks, launchXml, policy, disks, times);
    this.liveDisks = new LiveDisks(this, hypervisor, disks);
    this.hibernation = new Hibernation(this, hypervisor, this.hooks, disks);
    this.events = new DomainEvents(this, hypervisor, devices, guests);
    this.recovery = new Recovery(this, hypervisor, journal);
    this.migrations =
        new Migrations(this, hypervisor, journal, launchXml, this.hooks, payloads, moves);
  }

  /** Guests that leave and guests that come. */
  public Migrations migrations() {
    return migrations;
  }

  /**
   * Finds every domain of the hypervisor again, touching none, and keeps looking for such that come
   * and go unnoticed.
   *
   * @throws HypervisorException when the hypervisor cannot be asked; call again
   */
  public void recover() {
    events.subscribe();
    recovery.recover();
    liveDisks.recover();
    schedule(this::reconcile, times.reconcile());
    guests.watch();
  }

  /** Accepts a launch; the answer shows WaitForLaunch. */
  public VmSnapshot create(UUID id, String xml) {
    return create(id, xml, Optional.empty());
  }

  /**
   * The same for a guest that goes on from where its memory was saved.
   *
   * @param memory empty for a guest that boots
   */
  public VmSnapshot create(UUID id, String xml, Optional<SavedMemory> memory) {
    Payloads.Taken taken;
    try {
      taken = Payloads.take(xml);
    } catch (IllegalArgumentException e) {
      throw new VdsmError(
          ErrorCode.CANNOT_CREATE_VM, "VM.create of " + id + ": " + e.getMessage(), e);
    }
    Vm vm = accept(id, taken.xml(), "VM.create");
    if (memory.isPresent()) {
      vm.restores();
    }
    VmSnapshot accepted = vm.snapshot();
    Thread.ofVirtual().name("launch-" + id).start(() -> launch.run(vm, taken, memory));
    return accepted;
  }

  /** A new machine, on record and without a domain. */
  Vm accept(UUID id, String xml, String verb) {
    DomainDescription description;
    try {
      description = DomainDescription.read(xml);
      CustomProperties.check(xml);
    } catch (IllegalArgumentException e) {
      throw new VdsmError(
          ErrorCode.CANNOT_CREATE_VM, verb + " of " + id + ": " + e.getMessage(), e);
    }
    if (!description.id().equals(id)) {
      throw new VdsmError(
          ErrorCode.INVALID_PARAMETERS,
          "%s of %s: the domain XML's <uuid> is %s".formatted(verb, id, description.id()));
    }
    Vm vm = newVm(id, description.name(), xml, Optional.of(description));
    if (vms.putIfAbsent(id, vm) != null) {
      throw new VdsmError(ErrorCode.VM_EXISTS, "Virtual machine " + id + " already exists");
    }
    try {
      if (hypervisor.find(id).isPresent()) {
        throw new VdsmError(
            ErrorCode.VM_EXISTS, "The hypervisor already runs a domain with the id " + id);
      }
      journal.launched(id, description.name());
      unwanted.remove(id);
    } catch (RuntimeException e) {
      vms.remove(id, vm);
      throw e;
    }
    return vm;
  }

  /**
   * Whether a domain that runs now must not: its launch was given up, and the engine may have
   * started the guest elsewhere since.
   */
  boolean isUnwanted(UUID id) {
    return unwanted.contains(id) && known(id).map(Vm::down).orElse(true);
  }

  /** From now until it is launched again, no domain with this id may run. */
  void refuse(UUID id) {
    unwanted.add(id);
  }

  void destroyUnwanted(UUID id) {
    log.warn("Destroying {}: its launch was given up, and it started later", id);
    unwanted.add(id);
    inBackground(() -> hypervisor.destroy(id));
  }

  /** Ends the domain and forgets the machine. Waits for a launch in progress. */
  public void destroy(UUID id) {
    Vm vm = vm(id);
    hooks.beforeDestroy(vm);
    vm.intend(VmExit.normal(ExitReason.ADMIN_SHUTDOWN));
    awaitLaunch(vm);
    if (!vm.down()) {
      try {
        hypervisor.destroy(id);
      } catch (HypervisorException e) {
        if (e.kind() != Kind.DOMAIN_MISSING) {
          throw new VdsmError(ErrorCode.DESTROY, "Cannot destroy " + id + ": " + e.getMessage(), e);
        }
      }
      end(vm, VmExit.normal(ExitReason.ADMIN_SHUTDOWN));
    }
    hooks.gone(vm);
    vm.awaitScripts(SCRIPTS_PATIENCE);
    release(vm);
  }

  /**
   * Presses the power button after a delay, or asks for a reboot.
   *
   * @param timeout how long the guest may take before {@code force} takes effect
   * @param force destroy (or reset) the guest when it does not comply
   */
  public void shutdown(UUID id, Duration delay, Duration timeout, boolean force, boolean reboot) {
    Vm vm = running(id);
    if (delay.isZero()) {
      pressButton(vm, reboot);
    } else {
      schedule(() -> inBackground(() -> pressButton(vm, reboot)), delay);
    }
    if (force) {
      schedule(() -> inBackground(() -> enforce(vm, reboot)), delay.plus(timeout));
    }
  }

  private void pressButton(Vm vm, boolean reboot) {
    if (reboot) {
      if (!guests.leave(vm.id(), true)) {
        hypervisor.reboot(vm.id());
      }
      vm.enterPhase(VmStatus.REBOOT_IN_PROGRESS, times.poweringUp());
      expirePhaseAfter(vm, times.poweringUp());
    } else {
      vm.intend(VmExit.normal(ExitReason.ADMIN_SHUTDOWN));
      if (!guests.leave(vm.id(), false)) {
        hypervisor.shutdown(vm.id());
      }
      vm.enterPhase(VmStatus.POWERING_DOWN, times.poweringDown());
      expirePhaseAfter(vm, times.poweringDown());
    }
  }

  private void enforce(Vm vm, boolean reboot) {
    VmStatus status = vm.snapshot().status();
    if (reboot && status == VmStatus.REBOOT_IN_PROGRESS) {
      hypervisor.reset(vm.id());
    } else if (!reboot && vm.alive()) {
      log.info("{} did not shut down in time and is destroyed", vm.id());
      hypervisor.destroy(vm.id());
    }
  }

  public void reset(UUID id) {
    running(id);
    try {
      hypervisor.reset(id);
    } catch (HypervisorException e) {
      throw new VdsmError(ErrorCode.RESET, "Cannot reset " + id + ": " + e.getMessage(), e);
    }
  }

  public void pause(UUID id) {
    Vm vm = running(id);
    hooks.live(HookPoint.BEFORE_VM_PAUSE, vm, () -> hypervisor.xml(id));
    hypervisor.suspend(id);
    vm.paused(PauseCode.NOERR);
  }

  public void resume(UUID id) {
    Vm vm = running(id);
    hooks.live(HookPoint.BEFORE_VM_CONT, vm, () -> hypervisor.xml(id));
    hypervisor.resume(id);
    vm.resumed();
  }

  /** What changes the images of disks while guests use them. */
  public LiveDisks liveDisks() {
    return liveDisks;
  }

  /** What saves guests to files. */
  public Hibernation hibernation() {
    return hibernation;
  }

  /** The next reboot of the guest ends it with exit reason 13; survives an agent restart. */
  public void setDestroyOnReboot(UUID id) {
    Vm vm = running(id);
    vm.changing().lock();
    try {
      hypervisor.setMetadata(
          id,
          DomainDescription.METADATA,
          "ovirt-vm",
          AgentNotes.withDestroyOnReboot(hypervisor.xml(id)));
    } finally {
      vm.changing().unlock();
    }
    vm.setDestroyOnReboot();
  }

  /** Changes of what runs. */
  public RunningDevices devices() {
    return devices;
  }

  /** What guests' agents say and do. */
  public Guests guests() {
    return guests;
  }

  /** Who is at their serial consoles. */
  public SerialLines serialLines() {
    return serialLines;
  }

  public Hypervisor.Screenshot screenshot(UUID id) {
    running(id);
    return hypervisor.screenshot(id);
  }

  public List<VmSnapshot> list() {
    return vms.values().stream().map(Vm::snapshot).toList();
  }

  /**
   * @throws VdsmError code 1 when there is none
   */
  public VmSnapshot get(UUID id) {
    return vm(id).snapshot();
  }

  /** Stops listening and watching; the virtual machines go on. */
  @Override
  public void close() {
    events.close();
  }

  private Vm vm(UUID id) {
    Vm vm = vms.get(id);
    if (vm == null) {
      throw new VdsmError(ErrorCode.NO_SUCH_VM, "Virtual machine " + id + " does not exist");
    }
    return vm;
  }

  Vm running(UUID id) {
    Vm vm = vm(id);
    if (vm.down()) {
      throw new VdsmError(ErrorCode.VM_IS_DOWN, "Virtual machine " + id + " is down");
    }
    if (!vm.alive()) {
      throw new VdsmError(
          ErrorCode.RESOURCE_UNAVAILABLE, "Virtual machine " + id + " is still being launched");
    }
    return vm;
  }

  private void awaitLaunch(Vm vm) {
    try {
      vm.launched().get(times.launchWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new VdsmError(
          ErrorCode.DESTROY,
          "%s is still being launched after %s; it is destroyed when the launch ends"
              .formatted(vm.id(), times.launchWait()),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VdsmError(ErrorCode.DESTROY, "Interrupted while " + vm.id() + " launches", e);
    }
  }

  /** Looks for domains that ended or appeared without an event. */
  private void reconcile() {
    inBackground(
        () -> {
          try {
            recovery.reconcile();
            liveDisks.recover();
          } finally {
            schedule(this::reconcile, times.reconcile());
          }
        });
  }

  Optional<Vm> known(UUID id) {
    return Optional.ofNullable(vms.get(id));
  }

  List<Vm> known() {
    return new ArrayList<>(vms.values());
  }

  Vm newVm(UUID id, String name, String xml, Optional<DomainDescription> description) {
    return new Vm(id, name, xml, description, clock, listener);
  }

  void add(Vm vm) {
    vms.putIfAbsent(vm.id(), vm);
  }

  /** The end is on record before anybody can see it. */
  void end(Vm vm, VmExit exit) {
    if (!vm.down()) {
      boolean hadDomain = vm.alive();
      record(vm, exit);
      vm.ended(exit);
      serialLines.ended(vm.id());
      if (hadDomain) {
        hooks.gone(vm);
      }
    }
  }

  void pausedByEvent(Vm vm) {
    if (vm.noteSuspended()) {
      hooks.afterEvent(HookPoint.AFTER_VM_PAUSE, vm, () -> hypervisor.xml(vm.id()));
    }
  }

  void continuedByEvent(Vm vm) {
    if (vm.noteContinued()) {
      hooks.afterEvent(HookPoint.AFTER_VM_CONT, vm, () -> hypervisor.xml(vm.id()));
    }
  }

  void endedByEvent(Vm vm, DomainState.StopCause cause) {
    boolean arriving = vm.arriving() && !vm.landedHere();
    VmExit exit =
        switch (arriving ? DomainState.StopCause.OTHER : cause) {
          case SHUTDOWN ->
              vm.intendedExit().orElseGet(() -> VmExit.normal(ExitReason.USER_SHUTDOWN));
          case DESTROYED ->
              vm.intendedExit().orElseGet(() -> VmExit.normal(ExitReason.ADMIN_SHUTDOWN));
          case MIGRATED -> VmExit.normal(ExitReason.MIGRATION_SUCCEEDED);
          case SAVED -> VmExit.normal(ExitReason.SAVE_SUCCEEDED);
          case CRASHED, FAILED, OTHER ->
              VmExit.error(arriving ? ExitReason.MIGRATION_FAILED : ExitReason.LOST_QEMU);
        };
    boolean hadDomain = vm.alive();
    if (cause == DomainState.StopCause.MIGRATED) {
      migrations.movedAway(vm);
    }
    if (hadDomain || arriving) {
      record(vm, exit);
    }
    vm.endedByEvent(exit);
    serialLines.ended(vm.id());
    if (hadDomain && cause == DomainState.StopCause.SAVED) {
      hooks.afterEvent(HookPoint.AFTER_VM_HIBERNATE, vm, () -> vm.snapshot().xml());
    }
    // A machine that lives on elsewhere or in a file is left when the engine says so.
    boolean leaves =
        cause != DomainState.StopCause.MIGRATED && cause != DomainState.StopCause.SAVED;
    if (hadDomain && leaves) {
      hooks.gone(vm);
    }
  }

  /** It ended while its arrival was still worked on. */
  void endedAfterArrival(Vm vm, VmExit exit) {
    record(vm, exit);
    hooks.gone(vm);
  }

  void rebooted(Vm vm) {
    if (vm.destroyOnReboot()) {
      vm.intend(VmExit.normal(ExitReason.DESTROYED_ON_REBOOT));
      inBackground(() -> hypervisor.destroy(vm.id()));
    } else {
      vm.enterPhase(VmStatus.POWERING_UP, times.poweringUp());
      expirePhaseAfter(vm, times.poweringUp());
    }
  }

  void poweringDown(Vm vm) {
    vm.enterPhase(VmStatus.POWERING_DOWN, times.poweringDown());
    expirePhaseAfter(vm, times.poweringDown());
  }

  /**
   * Holds the lock over a small write: an end must not be recorded after the machine was released,
   * or the next agent would report one that nobody knows.
   */
  void record(Vm vm, VmExit exit) {
    synchronized (journal) {
      if (vms.get(vm.id()) == vm) {
        journal.ended(vm.id(), exit);
      }
    }
  }

  void release(Vm vm) {
    synchronized (journal) {
      migrations.forget(vm.id());
      vms.remove(vm.id(), vm);
      journal.forget(vm.id());
    }
    payloads.remove(vm.id());
  }

  void expirePhaseAfter(Vm vm, Duration delay) {
    schedule(vm::expirePhase, delay.plusMillis(1));
  }

  void inBackground(Runnable work) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                log.warn("Background work failed: {}", e.toString());
              }
            });
  }

  void schedule(Runnable work, Duration delay) {
    try {
      var _ = scheduler.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("The agent is stopping; not scheduling further work");
    }
  }
}
