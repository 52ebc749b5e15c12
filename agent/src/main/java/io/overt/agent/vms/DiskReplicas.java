package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.BlockWork.BlockJob;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.DiskPaths.Image;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disks that go to another storage domain while their machine writes to them: the uppermost volume
 * is replicated, and then written to in its new place alone. Each order may be given again.
 *
 * <p>While both places hold the same, before the machine lets go of the old one, that one is marked
 * as superseded. So at any moment, and whoever dies, exactly one of the two is the disk.
 */
public final class DiskReplicas {

  private static final Logger log = LoggerFactory.getLogger(DiskReplicas.class);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final DiskPaths images;
  private final LiveDisks liveDisks;

  DiskReplicas(Vms vms, Hypervisor hypervisor, DiskPaths images, LiveDisks liveDisks) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.images = images;
    this.liveDisks = liveDisks;
  }

  /**
   * Starts to replicate the uppermost volume.
   *
   * @param destination a volume that exists, above copies of what the source is built on; those
   *     need not be complete before {@link #moveOver}
   * @throws VdsmError code 55
   */
  public void start(UUID id, Image source, Image destination) {
    Vm vm = vms.running(id);
    String target = LiveDisks.target(vm, source.image(), ErrorCode.REPLICA);
    String file = images.resolve(destination);
    try {
      Optional<String> present = hypervisor.blocks().copyTarget(id, target);
      boolean done = hypervisor.blocks().layers(id, target).getFirst().equals(file);
      if (done || present.filter(file::equals).isPresent()) {
        return;
      }
      if (present.isPresent()) {
        throw new VdsmError(
            ErrorCode.REPLICA,
            "Disk %s of %s is replicated to %s already".formatted(target, id, present.get()));
      }
      hypervisor.blocks().copy(id, target, file);
    } catch (HypervisorException e) {
      throw failed(
          ErrorCode.REPLICA,
          "Cannot replicate disk %s of %s: %s".formatted(target, id, e.getMessage()),
          e);
    }
  }

  /**
   * Ends the replication: the machine writes to the destination only.
   *
   * @throws VdsmError code 40 when the two places do not hold the same yet; 55 when there is no
   *     replication, 41 when it cannot be ended
   */
  public void moveOver(UUID id, Image source, Image destination) {
    Vm vm = vms.running(id);
    String target = LiveDisks.target(vm, source.image(), ErrorCode.REPLICA);
    String file = images.resolve(destination);
    try {
      if (!hypervisor.blocks().layers(id, target).getFirst().equals(file)) {
        requireReady(id, target, file);
        images.setSuperseded(source, true);
        pivot(id, target, file, source);
      }
    } catch (HypervisorException e) {
      throw failed(
          ErrorCode.CHANGE_CD,
          "Cannot move disk %s of %s over: %s".formatted(target, id, e.getMessage()),
          e);
    }
    liveDisks.note(vm, Map.of(target, destination));
  }

  private void requireReady(UUID id, String target, String file) {
    if (hypervisor.blocks().copyTarget(id, target).filter(file::equals).isEmpty()) {
      throw new VdsmError(
          ErrorCode.REPLICA, "Disk %s of %s is not replicated to %s".formatted(target, id, file));
    }
    if (!hypervisor.blocks().blockJob(id, target).map(BlockJob::ready).orElse(false)) {
      throw new VdsmError(
          ErrorCode.RESOURCE_UNAVAILABLE,
          "The replication of disk %s of %s is not complete yet".formatted(target, id));
    }
  }

  private void pivot(UUID id, String target, String file, Image source) {
    try {
      hypervisor.blocks().pivot(id, target);
    } catch (HypervisorException e) {
      if (hypervisor.blocks().layers(id, target).getFirst().equals(file)) {
        log.info("Disk {} of {} has moved over all the same: {}", target, id, e.getMessage());
      } else {
        images.setSuperseded(source, false);
        throw e;
      }
    }
  }

  /**
   * Ends the replication: the machine writes to the source only.
   *
   * @throws VdsmError code 88 when there is none, 41 when it cannot be ended
   */
  public void stay(UUID id, Image source) {
    Vm vm = vms.running(id);
    String target = LiveDisks.target(vm, source.image(), ErrorCode.REPLICA);
    try {
      if (hypervisor.blocks().layers(id, target).getFirst().equals(images.resolve(source))) {
        images.setSuperseded(source, false);
      }
      if (hypervisor.blocks().copyTarget(id, target).isEmpty()) {
        throw new VdsmError(
            ErrorCode.REPLICATION_NOT_IN_PROGRESS,
            "Disk %s of %s is not replicated".formatted(target, id));
      }
      hypervisor.blocks().cancel(id, target);
    } catch (HypervisorException e) {
      throw failed(
          ErrorCode.CHANGE_CD,
          "Cannot end the replication of disk %s of %s: %s".formatted(target, id, e.getMessage()),
          e);
    }
  }

  private static VdsmError failed(ErrorCode code, String message, HypervisorException cause) {
    return new VdsmError(code, message, cause);
  }
}
