package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Guests that leave this host and guests that come, while they run. */
public final class Migrations {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  /** What moves need besides what every machine needs. */
  public record Parts(
      MigrationSettings settings, Peers peers, MigrationProgress.Listener listener) {}

  /** A word in the journal, before the other host's address. */
  private static final String OUT = "to ";

  private static final String IN = "from a host";

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final Journal journal;
  private final VmHooks hooks;
  private final PayloadImages payloads;
  private final Parts parts;
  private final OutgoingSlots slots = new OutgoingSlots();
  private final Map<UUID, OutgoingMigration> outgoing = new ConcurrentHashMap<>();
  private final IncomingMigrations incoming;

  Migrations(
      Vms vms,
      Hypervisor hypervisor,
      Journal journal,
      LaunchXml launchXml,
      VmHooks hooks,
      PayloadImages payloads,
      Parts parts) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.journal = journal;
    this.hooks = hooks;
    this.parts = parts;
    this.payloads = payloads;
    this.incoming =
        new IncomingMigrations(vms, hypervisor, launchXml, hooks, payloads, parts.settings());
  }

  /** Accepts to move a guest; the answer does not wait for anything. */
  public void start(UUID id, MigrationRequest request) {
    Vm vm = vms.running(id);
    if (!vm.beginTransit(VmStatus.MIGRATION_SOURCE)) {
      throw new VdsmError(
          ErrorCode.MIGRATION_IN_PROGRESS,
          "Virtual machine %s is %s".formatted(id, vm.snapshot().status().text()));
    }
    OutgoingMigration migration = outgoing(vm, request);
    try {
      journal.transit(id, OUT + request.destination());
    } catch (RuntimeException e) {
      vm.endTransit();
      throw e;
    }
    outgoing.put(id, migration);
    Thread.ofVirtual().name("migrate-" + id).start(() -> migration.run(slots));
  }

  private OutgoingMigration outgoing(Vm vm, MigrationRequest request) {
    return new OutgoingMigration(
        vm,
        request,
        new OutgoingMigration.Means(vms, hypervisor, hooks, payloads, parts, this::left));
  }

  /** Nothing of the move remains but its result. */
  private void left(Vm vm) {
    journal.transit(vm.id(), "");
  }

  /**
   * @throws VdsmError when nothing of that machine is under way
   */
  public void cancel(UUID id) {
    Vm vm = vms.running(id);
    OutgoingMigration migration = outgoing.get(id);
    if (migration == null || !vm.inTransit() || !migration.cancel()) {
      throw notMigrating(id);
    }
  }

  /**
   * Lets a move send more, or less, from now on.
   *
   * @param bandwidth MiB a second
   * @throws VdsmError when nothing of that machine is under way
   */
  public void limit(UUID id, long bandwidth) {
    Vm vm = vms.running(id);
    if (!follows(id) || !vm.inTransit() || hypervisor.transfer(id).isEmpty()) {
      throw notMigrating(id);
    }
    hypervisor.setMaximumSpeed(id, bandwidth);
  }

  private static VdsmError notMigrating(UUID id) {
    return new VdsmError(
        ErrorCode.MIGRATION_NOT_IN_PROGRESS, "Virtual machine " + id + " is not migrating");
  }

  /** How the last move that left stands, or how one went that came; code 0 for neither. */
  public MigrationStatus status(UUID id) {
    boolean down = vms.get(id).status() == VmStatus.DOWN;
    OutgoingMigration migration = outgoing.get(id);
    return migration == null
        ? new MigrationStatus(0, "No migration", 0, down ? -1 : arrived(id))
        : migration.status();
  }

  private long arrived(UUID id) {
    try {
      return hypervisor.stoodStill(id).map(Duration::toMillis).orElse(-1L);
    } catch (HypervisorException e) {
      log.debug("How {} arrived is not known: {}", id, e.getMessage());
      return -1;
    }
  }

  /** Gets ready for a guest that comes; answers the XML with which it can run here. */
  public String prepare(UUID id, IncomingGuest guest) {
    String adapted = incoming.prepare(id, guest);
    journal.transit(id, IN);
    return adapted;
  }

  /** Whether a move that leaves is about to find out where the guest is. */
  boolean follows(UUID id) {
    OutgoingMigration migration = outgoing.get(id);
    return migration != null && !migration.over();
  }

  void forget(UUID id) {
    outgoing.remove(id);
  }

  /** It ended because it runs elsewhere. */
  void movedAway(Vm vm) {
    OutgoingMigration migration = outgoing.get(vm.id());
    if (migration != null) {
      migration.moved();
    }
  }

  void transferred(Vm vm, Duration downtime) {
    OutgoingMigration migration = outgoing.get(vm.id());
    if (migration != null) {
      migration.transferred(downtime);
    }
  }

  /**
   * Its memory is partly here and partly on a host that cannot be reached any more. What is left of
   * one that came is ended here; the move that leaves finds out for itself.
   */
  void torn(Vm vm) {
    if (!follows(vm.id())) {
      vms.inBackground(
          () -> {
            vms.end(vm, VmExit.error(VmExit.ExitReason.POSTCOPY_FAILED));
            hypervisor.destroy(vm.id());
          });
    }
  }

  /** A guest that was announced runs here, or stands still as it did over there. */
  void landed(Vm vm, Optional<PauseCode> paused) {
    incoming.landed(vm, paused, () -> journal.transit(vm.id(), ""));
  }

  /** A look at a domain: it may have arrived unnoticed. */
  void observe(Vm vm, DomainState state) {
    if (state instanceof DomainState.Paused(PauseCause cause)
        && cause == PauseCause.POSTCOPY_FAILED) {
      torn(vm);
    } else if (vm.arriving() && state instanceof DomainState.Running) {
      landed(vm, Optional.empty());
    }
  }

  /** Whether a domain that a restarted agent found belongs to a guest that is still to come. */
  static boolean isArriving(DomainState state, String transit) {
    return state instanceof DomainState.Paused paused
        && paused.cause() == PauseCause.MIGRATION
        && !transit.startsWith(OUT);
  }

  /** A domain that a restarted agent found, and that is still to come. */
  void foundArriving(Vm vm) {
    incoming.expect(vm, parts.settings().arrival());
  }

  /** A machine that a restarted agent found on its way to another host, or about to go. */
  void foundLeaving(Vm vm, String transit) {
    boolean noted = transit.startsWith(OUT);
    if (!noted && hypervisor.transfer(vm.id()).isEmpty()) {
      return;
    }
    if (vm.beginTransit(VmStatus.MIGRATION_SOURCE)) {
      OutgoingMigration migration = outgoing(vm, again(transit));
      outgoing.put(vm.id(), migration);
      Thread.ofVirtual().name("follow-" + vm.id()).start(migration::follow);
    }
  }

  /**
   * A machine whose domain is gone, and that was under way.
   *
   * @return whether somebody cares for it now
   */
  boolean foundMissing(UUID id, String name, String transit) {
    if (transit.startsWith(OUT)) {
      Vm vm = vms.newVm(id, name, "", Optional.empty());
      vm.foundLeaving();
      vms.add(vm);
      OutgoingMigration migration = outgoing(vm, again(transit));
      outgoing.put(id, migration);
      Thread.ofVirtual().name("find-" + id).start(migration::locate);
      return true;
    }
    if (transit.equals(IN)) {
      Vm vm = vms.newVm(id, name, "", Optional.empty());
      vm.foundArriving("", Optional.empty());
      vms.add(vm);
      incoming.expect(vm, parts.settings().preparation());
      return true;
    }
    return false;
  }

  private static MigrationRequest again(String transit) {
    return new MigrationRequest(
        transit.startsWith(OUT) ? transit.substring(OUT.length()) : "",
        "",
        false,
        false,
        false,
        false,
        false,
        Optional.empty(),
        0,
        0,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        ConvergenceSchedule.NONE);
  }
}
