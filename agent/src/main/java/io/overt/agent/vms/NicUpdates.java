package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookException;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.xml.Xml;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** Changes link, network and filter of NICs while they are in use. */
public final class NicUpdates {

  private static final Logger log = LoggerFactory.getLogger(NicUpdates.class);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final VmHooks hooks;

  NicUpdates(Vms vms, Hypervisor hypervisor, VmHooks hooks) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.hooks = hooks;
  }

  /**
   * @throws VdsmError code 56; the NIC is then as it was
   */
  public void update(UUID id, NicUpdate update) {
    Vm vm = vms.running(id);
    try {
      CustomProperties.check(update.custom(), "the request");
    } catch (IllegalArgumentException e) {
      throw new VdsmError(ErrorCode.UPDATE_DEVICE, String.valueOf(e.getMessage()), e);
    }
    vm.changing().lock();
    try {
      Element nic =
          Devices.all(Devices.root(hypervisor.xml(id)), "interface").stream()
              .filter(update::meant)
              .findFirst()
              .orElseThrow(
                  () ->
                      new VdsmError(
                          ErrorCode.UPDATE_DEVICE,
                          "%s has no NIC '%s' %s".formatted(id, update.alias(), update.mac())));
      String before = Xml.write(nic);
      update.apply(nic);
      update(vm, update, before, Xml.write(nic));
    } finally {
      vm.changing().unlock();
    }
  }

  private void update(Vm vm, NicUpdate update, String before, String after) {
    try {
      String edited =
          hooks
              .device(HookPoint.BEFORE_UPDATE_DEVICE, vm, update.custom(), () -> after)
              .orElse(after);
      hypervisor.updateDevice(vm.id(), edited);
    } catch (HookException | HypervisorException e) {
      rollBack(vm.id(), before);
      hooks.device(HookPoint.AFTER_UPDATE_DEVICE_FAIL, vm, update.custom(), () -> after);
      throw new VdsmError(
          ErrorCode.UPDATE_DEVICE,
          "Cannot update the NIC '%s' of %s: %s".formatted(update.alias(), vm.id(), e.getMessage()),
          e);
    }
    String live = hypervisor.xml(vm.id());
    vm.refresh(live, DomainDescription.read(live));
    hooks.device(HookPoint.AFTER_UPDATE_DEVICE, vm, update.custom(), () -> after);
  }

  private void rollBack(UUID id, String before) {
    try {
      hypervisor.updateDevice(id, before);
    } catch (HypervisorException e) {
      log.warn("A NIC of {} cannot be set back after a failed update: {}", id, e.getMessage());
    }
  }
}
