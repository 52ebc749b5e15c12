package io.overt.agent.vms;

import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.vms.VmSnapshot.IoFault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the hypervisor's events into changes of status. */
final class DomainEvents implements AutoCloseable {

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final RunningDevices devices;
  private final Guests guests;
  private Hypervisor.@Nullable Subscription subscription;

  DomainEvents(Vms vms, Hypervisor hypervisor, RunningDevices devices, Guests guests) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.devices = devices;
    this.guests = guests;
  }

  synchronized void subscribe() {
    if (subscription == null) {
      subscription = hypervisor.listen(this::on);
    }
  }

  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  private void on(HypervisorEvent event) {
    if (event instanceof HypervisorEvent.Started && vms.isUnwanted(event.domain())) {
      vms.destroyUnwanted(event.domain());
    } else {
      vms.known(event.domain()).ifPresent(vm -> apply(vm, event));
    }
  }

  private void apply(Vm vm, HypervisorEvent event) {
    switch (event) {
      case HypervisorEvent.Started started -> {}
      case HypervisorEvent.Suspended suspended when vm.arriving() -> {
        if (suspended.cause() == PauseCause.POSTCOPY_FAILED) {
          vms.migrations().torn(vm);
        } else if (suspended.cause() != PauseCause.MIGRATION) {
          vms.migrations().landed(vm, Optional.of(PauseCode.NOERR));
        }
      }
      case HypervisorEvent.Resumed resumed when vm.arriving() ->
          vms.migrations().landed(vm, Optional.empty());
      case HypervisorEvent.Transferred transferred ->
          vms.migrations().transferred(vm, transferred.downtime());
      case HypervisorEvent.Suspended suspended -> {
        switch (suspended.cause()) {
          case USER -> {
            if (vm.held()) {
              return;
            }
            vm.paused(PauseCode.NOERR);
            vms.pausedByEvent(vm);
          }
          case OTHER -> vm.paused(PauseCode.NOERR);
          case IO_ERROR -> {
            vm.pausedByIoError();
            vms.pausedByEvent(vm);
          }
          case POSTCOPY -> vm.paused(PauseCode.POSTCOPY);
          case POSTCOPY_FAILED -> vms.migrations().torn(vm);
          case MIGRATION, SAVING, STARTING -> {}
        }
      }
      case HypervisorEvent.Resumed resumed -> {
        vm.resumed();
        vms.continuedByEvent(vm);
      }
      case HypervisorEvent.ShutdownBegan began -> vms.poweringDown(vm);
      case HypervisorEvent.Stopped stopped -> vms.endedByEvent(vm, stopped.cause());
      case HypervisorEvent.Rebooted rebooted -> vms.rebooted(vm);
      case HypervisorEvent.IoError error ->
          vm.ioError(
              PauseCode.ofIoError(error.reason()),
              new IoFault(error.alias(), target(vm, error.path()), error.path()));
      case HypervisorEvent.GuestAgent agent -> {
        guests.agent(vm.id(), agent.connected());
        if (agent.connected()) {
          vm.guestIsUp();
        }
      }
      case HypervisorEvent.DeviceRemoved removed -> devices.left(vm.id(), removed.alias(), true);
      case HypervisorEvent.DeviceKept kept -> devices.left(vm.id(), kept.alias(), false);
      case HypervisorEvent.Watchdog watchdog -> vm.watchdog(watchdog.action());
      case HypervisorEvent.Graphics graphics ->
          vm.setClientAddress(graphics.connected() ? graphics.clientAddress() : "");
    }
  }

  private static String target(Vm vm, String path) {
    return vm.snapshot().description().stream()
        .flatMap(description -> description.drives().stream())
        .filter(drive -> drive.path().equals(path))
        .map(DomainDescription.Drive::target)
        .findFirst()
        .orElse("");
  }
}
