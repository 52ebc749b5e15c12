package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.DomainState.StopCause;
import io.overt.agent.hypervisor.DomainStatistics;
import io.overt.agent.hypervisor.DomainStatistics.Disk;
import io.overt.agent.hypervisor.DomainStatistics.Interface;
import io.overt.agent.hypervisor.DomainStatistics.Memory;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.libvirt.DomainEvent;
import io.overt.libvirt.DomainEvent.GraphicsPhase;
import io.overt.libvirt.DomainStatus;
import io.overt.libvirt.LifecycleDetail;
import io.overt.libvirt.TypedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** libvirt's words in the port's. */
final class Translation {

  private Translation() {}

  static DomainState state(DomainStatus status) {
    return switch (status.state()) {
      case RUNNING, BLOCKED, NO_STATE -> new DomainState.Running();
      case SHUTDOWN -> new DomainState.ShuttingDown();
      case PM_SUSPENDED -> new DomainState.Paused(PauseCause.OTHER);
      case SHUTOFF, CRASHED -> new DomainState.Stopped(StopCause.OTHER);
      case PAUSED ->
          new DomainState.Paused(
              switch (status.reason()) {
                case USER -> PauseCause.USER;
                case IO_ERROR -> PauseCause.IO_ERROR;
                case MIGRATION -> PauseCause.MIGRATION;
                case SAVE, DUMP, SNAPSHOT, FROM_SNAPSHOT -> PauseCause.SAVING;
                case STARTING_UP -> PauseCause.STARTING;
                case POST_COPY -> PauseCause.POSTCOPY;
                case POST_COPY_FAILED -> PauseCause.POSTCOPY_FAILED;
                default -> PauseCause.OTHER;
              });
    };
  }

  /** Empty for events that mean nothing to the agent. */
  static Optional<HypervisorEvent> event(DomainEvent event) {
    UUID id = event.domain().uuid();
    return switch (event) {
      case DomainEvent.Lifecycle lifecycle -> lifecycle(id, lifecycle.detail());
      case DomainEvent.Rebooted rebooted -> Optional.of(new HypervisorEvent.Rebooted(id));
      case DomainEvent.IoError error ->
          Optional.of(
              new HypervisorEvent.IoError(id, error.alias(), error.source(), error.reason()));
      case DomainEvent.AgentLifecycle agent ->
          Optional.of(new HypervisorEvent.GuestAgent(id, agent.connected()));
      case DomainEvent.Graphics graphics ->
          graphics.phase() == GraphicsPhase.CONNECT
              ? Optional.empty()
              : Optional.of(
                  new HypervisorEvent.Graphics(
                      id, graphics.phase() == GraphicsPhase.INITIALIZE, graphics.remote().node()));
      case DomainEvent.ClockChanged other -> Optional.empty();
      case DomainEvent.Watchdog watchdog ->
          Optional.of(new HypervisorEvent.Watchdog(id, watchdogAction(watchdog.action())));
      case DomainEvent.BlockJob other -> Optional.empty();
      case DomainEvent.TrayChanged other -> Optional.empty();
      case DomainEvent.BalloonChanged other -> Optional.empty();
      case DomainEvent.DeviceAdded other -> Optional.empty();
      case DomainEvent.DeviceRemoved removed ->
          Optional.of(new HypervisorEvent.DeviceRemoved(id, removed.alias()));
      case DomainEvent.DeviceRemovalFailed kept ->
          Optional.of(new HypervisorEvent.DeviceKept(id, kept.alias()));
      case DomainEvent.MigrationIteration other -> Optional.empty();
      case DomainEvent.JobCompleted job -> LibvirtMigration.transferred(id, job.statistics());
      case DomainEvent.BlockThreshold other -> Optional.empty();
    };
  }

  /** The numbers of virDomainEventWatchdogAction. */
  private static String watchdogAction(int number) {
    return switch (number) {
      case 1 -> "pause";
      case 2 -> "reset";
      case 3 -> "poweroff";
      case 4 -> "shutdown";
      case 5 -> "debug";
      case 6 -> "inject-nmi";
      default -> "none";
    };
  }

  private static Optional<HypervisorEvent> lifecycle(UUID id, LifecycleDetail detail) {
    return switch (detail.kind()) {
      case STARTED -> Optional.of(new HypervisorEvent.Started(id));
      case RESUMED -> Optional.of(new HypervisorEvent.Resumed(id));
      case SHUTDOWN -> Optional.of(new HypervisorEvent.ShutdownBegan(id));
      case SUSPENDED ->
          Optional.of(
              new HypervisorEvent.Suspended(
                  id,
                  switch (detail) {
                    case SUSPENDED_PAUSED -> PauseCause.USER;
                    case SUSPENDED_IO_ERROR -> PauseCause.IO_ERROR;
                    case SUSPENDED_MIGRATED -> PauseCause.MIGRATION;
                    case SUSPENDED_RESTORED, SUSPENDED_FROM_SNAPSHOT -> PauseCause.SAVING;
                    case SUSPENDED_POST_COPY -> PauseCause.POSTCOPY;
                    case SUSPENDED_POST_COPY_FAILED -> PauseCause.POSTCOPY_FAILED;
                    default -> PauseCause.OTHER;
                  }));
      case STOPPED ->
          Optional.of(
              new HypervisorEvent.Stopped(
                  id,
                  switch (detail) {
                    case STOPPED_SHUTDOWN -> StopCause.SHUTDOWN;
                    case STOPPED_DESTROYED -> StopCause.DESTROYED;
                    case STOPPED_CRASHED -> StopCause.CRASHED;
                    case STOPPED_MIGRATED -> StopCause.MIGRATED;
                    case STOPPED_SAVED -> StopCause.SAVED;
                    case STOPPED_FAILED -> StopCause.FAILED;
                    default -> StopCause.OTHER;
                  }));
      case DEFINED, UNDEFINED, PM_SUSPENDED, CRASHED, UNKNOWN -> Optional.empty();
    };
  }

  static DomainStatistics statistics(TypedParameters values, long now) {
    List<Disk> disks = new ArrayList<>();
    long count = values.number("block.count", 0);
    boolean told = count == 0;
    for (int index = 0; index < count; index++) {
      String block = "block." + index + ".";
      // Without a domain's monitor libvirt still names its disks, but counts nothing.
      told |= values.number(block + "rd.reqs").isPresent();
      disks.add(
          new Disk(
              values.text(block + "name").orElse(""),
              values.number(block + "rd.bytes", 0),
              values.number(block + "rd.reqs", 0),
              values.number(block + "rd.times", 0),
              values.number(block + "wr.bytes", 0),
              values.number(block + "wr.reqs", 0),
              values.number(block + "wr.times", 0),
              values.number(block + "fl.reqs", 0),
              values.number(block + "fl.times", 0),
              values.number(block + "allocation", 0),
              values.number(block + "physical", 0)));
    }
    return new DomainStatistics(
        told,
        now,
        values.number("cpu.time", 0),
        values.number("cpu.user", 0),
        values.number("cpu.system", 0),
        (int) values.number("vcpu.current", 0),
        0,
        new Memory(
            values.number("balloon.current", 0),
            values.number("balloon.maximum", 0),
            values.number("balloon.unused", -1),
            values.number("balloon.usable", -1)),
        disks,
        interfaces(values));
  }

  private static List<Interface> interfaces(TypedParameters values) {
    List<Interface> interfaces = new ArrayList<>();
    for (int index = 0; index < values.number("net.count", 0); index++) {
      String net = "net." + index + ".";
      interfaces.add(
          new Interface(
              values.text(net + "name").orElse(""),
              values.number(net + "rx.bytes", 0),
              values.number(net + "rx.errs", 0),
              values.number(net + "rx.drop", 0),
              values.number(net + "tx.bytes", 0),
              values.number(net + "tx.errs", 0),
              values.number(net + "tx.drop", 0)));
    }
    return interfaces;
  }
}
