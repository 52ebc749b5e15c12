package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves machines to memory volumes: Saving State, then Down with exit reason 5. */
public final class Hibernation {

  private static final Logger log = LoggerFactory.getLogger(Hibernation.class);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final VmHooks hooks;
  private final DiskPaths images;

  Hibernation(Vms vms, Hypervisor hypervisor, VmHooks hooks, DiskPaths images) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.hooks = hooks;
    this.images = images;
  }

  /**
   * Accepts the order to save a machine; repeating it changes nothing. For a machine that has ended
   * it tells whether it was saved: an agent that was killed meanwhile may not know how it ended.
   *
   * @throws VdsmError when the machine does not run and was not saved
   */
  public void hibernate(UUID id, SavedMemory memory) {
    String file = images.resolve(memory.memory());
    if (vms.known(id).map(Vm::down).orElse(true) && hypervisor.saved(file)) {
      return;
    }
    Vm vm = vms.running(id);
    if (vm.beginTransit(VmStatus.SAVING_STATE)) {
      Thread.ofVirtual().name("hibernate-" + id).start(() -> save(vm, memory, file));
    } else if (vm.snapshot().status() != VmStatus.SAVING_STATE) {
      throw new VdsmError(
          ErrorCode.RESOURCE_UNAVAILABLE,
          "Virtual machine %s is %s".formatted(id, vm.snapshot().status().text()));
    }
  }

  private void save(Vm vm, SavedMemory memory, String file) {
    try {
      hooks.live(HookPoint.BEFORE_VM_PAUSE, vm, () -> hypervisor.xml(vm.id()));
      hypervisor.suspend(vm.id());
      hooks.live(HookPoint.BEFORE_VM_HIBERNATE, vm, () -> hypervisor.xml(vm.id()));
      images.write(memory.configuration(), hypervisor.portableXml(vm.id()));
      hypervisor.save(vm.id(), file);
    } catch (RuntimeException e) {
      log.warn("Saving {} failed: {}", vm.id(), e.getMessage());
      goOn(vm);
    }
  }

  /** The guest goes on as if nobody had asked. */
  private void goOn(Vm vm) {
    try {
      hypervisor.resume(vm.id());
      vm.resumed();
    } catch (HypervisorException e) {
      log.warn("{} cannot be resumed after it was not saved: {}", vm.id(), e.getMessage());
    } finally {
      vm.endTransit();
    }
  }
}
