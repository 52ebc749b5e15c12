package io.overt.agent.vms;

import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.vms.VmExit.ExitReason;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts accepted machines: afresh, or from where their memory was saved. */
final class Launch {

  private static final Logger log = LoggerFactory.getLogger(Launch.class);

  private static final Duration DESTROY_PATIENCE = Duration.ofMinutes(10);
  private static final Duration DESTROY_PAUSE = Duration.ofSeconds(2);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final VmHooks hooks;
  private final LaunchXml launchXml;
  private final DomainPolicy policy;
  private final DiskPaths disks;
  private final VmTimes times;

  Launch(
      Vms vms,
      Hypervisor hypervisor,
      VmHooks hooks,
      LaunchXml launchXml,
      DomainPolicy policy,
      DiskPaths disks,
      VmTimes times) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.hooks = hooks;
    this.launchXml = launchXml;
    this.policy = policy;
    this.disks = disks;
    this.times = times;
  }

  /** Runs a launch to its end; what goes wrong is the machine's exit. */
  void run(Vm vm, Payloads.Taken given, Optional<SavedMemory> memory) {
    try {
      if (memory.isPresent()) {
        restore(vm, given.xml(), memory.get());
      } else {
        boot(vm, Payloads.placed(given.xml(), vm.id(), given.payloads(), policy.payloads()));
      }
      vm.snapshot()
          .exit()
          .ifPresent(
              exit -> {
                vms.record(vm, exit);
                hooks.gone(vm);
              });
      vms.expirePhaseAfter(vm, times.poweringUp());
    } catch (HypervisorException e) {
      failed(vm, e);
    } catch (RuntimeException e) {
      log.warn("Launching {} failed", vm.id(), e);
      vms.end(vm, VmExit.error(ExitReason.GENERIC_ERROR, String.valueOf(e.getMessage())));
    }
  }

  private String prepare(Vm vm, String xml) {
    return launchXml.prepare(
        xml,
        System.currentTimeMillis() / 1000,
        (disk, image) -> hooks.diskPrepared(vm.id(), disk, image));
  }

  private void boot(Vm vm, String xml) {
    VmHooks.Launch launch = hooks.beforeStart(vm, prepare(vm, xml));
    if (unwanted(vm)) {
      return;
    }
    hypervisor.create(launch.xml(), launch.paused());
    String live = hypervisor.xml(vm.id());
    hooks.started(vm.id(), live);
    DomainDescription description = DomainDescription.read(live);
    if (launch.paused()) {
      vm.runningPaused(live, description);
    } else {
      vm.running(live, description, VmStatus.POWERING_UP, times.poweringUp());
    }
  }

  private boolean unwanted(Vm vm) {
    boolean unwanted = vm.intendedExit().isPresent();
    if (unwanted) {
      vms.end(vm, VmExit.error(ExitReason.DESTROYED_ON_START));
    }
    return unwanted;
  }

  /**
   * The guest runs only after everything else has succeeded: who fails here has changed nothing.
   */
  private void restore(Vm vm, String xml, SavedMemory memory) {
    String prepared = prepare(vm, SavedXml.with(memory.domain(disks), xml));
    hooks.beforeRestore(vm, prepared, memory);
    if (unwanted(vm)) {
      return;
    }
    hypervisor.restore(disks.resolve(memory.memory()), prepared);
    hypervisor.resume(vm.id());
    String live = hypervisor.xml(vm.id());
    vm.running(live, DomainDescription.read(live), VmStatus.UP, Duration.ZERO);
    hooks.restored(vm, live, memory);
  }

  /**
   * A launch that was refused is Down. One that was not answered may have started the guest, or may
   * still do so: it is Down only after the hypervisor has answered a destroy.
   */
  private void failed(Vm vm, HypervisorException failure) {
    log.warn("Launching {} failed: {}", vm.id(), failure.getMessage());
    if (failure.kind() == Kind.TIMEOUT || failure.kind() == Kind.UNREACHABLE) {
      vms.refuse(vm.id());
      destroyForCertain(vm.id());
    }
    ExitReason reason =
        failure.kind() == Kind.DOMAIN_MISSING
            ? ExitReason.LIBVIRT_START_FAILED
            : ExitReason.GENERIC_ERROR;
    vms.end(vm, VmExit.error(reason, String.valueOf(failure.getMessage())));
  }

  private void destroyForCertain(UUID id) {
    long deadline = System.nanoTime() + DESTROY_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        hypervisor.destroy(id);
        return;
      } catch (HypervisorException e) {
        if (e.kind() == Kind.DOMAIN_MISSING) {
          return;
        }
        log.warn("Cannot destroy {} after its launch was not answered: {}", id, e.getMessage());
      }
      try {
        Thread.sleep(DESTROY_PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
