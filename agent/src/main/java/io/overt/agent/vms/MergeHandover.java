package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.BlockWork.BlockJob;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.AgentNotes.Merging;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a guest's writes from a merged volume to the one below it. The guest stands still for that
 * moment, so that both volumes hold the same while the upper one is marked as merged: when agent
 * and guest are both gone, whoever finds the mark, or does not, takes no older volume for the newer
 * one.
 */
final class MergeHandover {

  private static final Logger log = LoggerFactory.getLogger(MergeHandover.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final DiskPaths images;

  MergeHandover(Vms vms, Hypervisor hypervisor, DiskPaths images) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.images = images;
  }

  /**
   * Ends a merge that is ready.
   *
   * @throws VdsmError code 52 when the volumes do not become equal; the guest goes on as before
   */
  void carryOut(Vm vm, Merging merging) {
    boolean runs = state(vm.id()).filter(DomainState.Running.class::isInstance).isPresent();
    if (runs) {
      note(vm.id(), Optional.of(merging));
      vm.setHeld(true);
    }
    try {
      if (runs) {
        hypervisor.suspend(vm.id());
      }
      awaitEqual(vm.id(), merging.target());
      images.merged(merging.lower(), merging.upper());
      try {
        hypervisor.blocks().pivot(vm.id(), merging.target());
      } catch (HypervisorException e) {
        undo(vm.id(), merging);
        throw e;
      }
    } finally {
      try {
        if (runs) {
          goOn(vm.id());
        }
      } finally {
        vm.setHeld(false);
      }
    }
  }

  private Optional<DomainState> state(UUID id) {
    return hypervisor.find(id).map(domain -> domain.state());
  }

  private void note(UUID id, Optional<Merging> merging) {
    hypervisor.setMetadata(
        id,
        DomainDescription.METADATA,
        "ovirt-vm",
        AgentNotes.withMerging(hypervisor.xml(id), merging));
  }

  private void awaitEqual(UUID id, String target) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<BlockJob> job = hypervisor.blocks().blockJob(id, target);
      if (job.isPresent() && job.get().ready() && job.get().done() == job.get().total()) {
        return;
      }
      if (job.isEmpty() || System.nanoTime() > end) {
        throw new VdsmError(
            ErrorCode.MERGE,
            "The volumes of disk %s of %s did not become equal within %d s"
                .formatted(target, id, PATIENCE.toSeconds()));
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new VdsmError(ErrorCode.MERGE, "Interrupted while a disk is merged", e);
      }
    }
  }

  /** The guest still writes to the upper volume if that is among the disk's layers. */
  private void undo(UUID id, Merging merging) {
    if (hypervisor
        .blocks()
        .layers(id, merging.target())
        .contains(images.resolve(merging.upper()))) {
      images.separate(merging.lower(), merging.upper());
    }
  }

  private void goOn(UUID id) {
    hypervisor.resume(id);
    note(id, Optional.empty());
  }

  /** Lets guests go on that are still held though nobody ends a merge. */
  void recover() {
    for (Vm vm : vms.known()) {
      try {
        if (vm.snapshot().status() == VmStatus.PAUSED && !vm.held()) {
          AgentNotes.merging(hypervisor.xml(vm.id())).ifPresent(held -> recover(vm, held));
        }
      } catch (RuntimeException e) {
        log.warn("Virtual machine {} may still be held for a merge", vm.id(), e);
      }
    }
  }

  private void recover(Vm vm, Merging merging) {
    log.info("Virtual machine {} was held for a merge; it goes on", vm.id());
    undo(vm.id(), merging);
    goOn(vm.id());
  }
}
