package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import java.util.UUID;

/** What can be changed of a machine that runs. */
public final class RunningDevices {

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final VmHooks hooks;
  private final Departures departures;
  private final HotPlug hotPlug;
  private final NicUpdates nics;
  private final DiscChange discs;

  RunningDevices(
      Vms vms,
      Hypervisor hypervisor,
      VmHooks hooks,
      LaunchXml launchXml,
      DiskPaths disks,
      VmTimes times) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.hooks = hooks;
    this.departures = new Departures(hypervisor, times.unplug());
    this.hotPlug = new HotPlug(vms, hypervisor, hooks, launchXml, disks, departures);
    this.nics = new NicUpdates(vms, hypervisor, hooks);
    this.discs = new DiscChange(vms, hypervisor, disks);
  }

  /** An event: a device is gone, or the guest keeps it. */
  void left(UUID id, String alias, boolean gone) {
    departures.on(id, alias, gone);
  }

  public HotPlug plugging() {
    return hotPlug;
  }

  public NicUpdates nics() {
    return nics;
  }

  public DiscChange discs() {
    return discs;
  }

  /**
   * Plugs virtual processors in or out.
   *
   * @throws VdsmError code 60 when the hypervisor refuses
   */
  public void setProcessors(UUID id, int count) {
    Vm vm = vms.running(id);
    hooks.empty(HookPoint.BEFORE_SET_NUM_OF_CPUS, vm);
    try {
      hypervisor.setProcessors(id, count);
    } catch (HypervisorException e) {
      throw new VdsmError(
          ErrorCode.SET_PROCESSORS,
          "Cannot set the number of processors of %s to %d: %s"
              .formatted(id, count, e.getMessage()),
          e);
    }
    refresh(vm);
    hooks.empty(HookPoint.AFTER_SET_NUM_OF_CPUS, vm);
  }

  /**
   * Sets what the balloon leaves to the guest.
   *
   * @throws VdsmError code 53 when there is no balloon, or the hypervisor refuses
   */
  public void setBalloon(UUID id, long kib) {
    vms.running(id);
    try {
      hypervisor.setBalloon(id, kib);
    } catch (HypervisorException e) {
      throw new VdsmError(
          ErrorCode.BALLOON,
          "Cannot set the balloon of %s to %d KiB: %s".formatted(id, kib, e.getMessage()),
          e);
    }
  }

  /** Opens the console for whoever has the password. */
  public void setTicket(UUID id, ConsoleTicket ticket) {
    Vm vm = vms.running(id);
    String live = hypervisor.xml(id);
    hooks.live(HookPoint.BEFORE_VM_SET_TICKET, vm, ticket.particulars(), () -> live);
    hypervisor.updateDevice(id, ticket.graphics(live));
    vm.refresh(live, DomainDescription.read(live));
    hooks.live(HookPoint.AFTER_VM_SET_TICKET, vm, ticket.particulars(), () -> live);
  }

  private void refresh(Vm vm) {
    String live = hypervisor.xml(vm.id());
    vm.refresh(live, DomainDescription.read(live));
  }
}
