package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.BlockWork.BlockJob;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.AgentNotes.Merging;
import io.overt.agent.vms.DiskPaths.Image;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots, merges and growth of a running machine's disks. Every one of them looks first what the
 * disk's layers are, and so may be repeated by whoever does not know whether it took place.
 */
public final class LiveDisks {

  private static final Logger log = LoggerFactory.getLogger(LiveDisks.class);

  private static final int ATTEMPTS = 3;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final DiskPaths images;
  private final MergeHandover handover;
  private final DiskReplicas replicas;

  LiveDisks(Vms vms, Hypervisor hypervisor, DiskPaths images) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.images = images;
    this.handover = new MergeHandover(vms, hypervisor, images);
    this.replicas = new DiskReplicas(vms, hypervisor, images, this);
  }

  /** Disks that go to another storage domain. */
  public DiskReplicas replicas() {
    return replicas;
  }

  /** Lets guests go on that are held for nothing. */
  void recover() {
    handover.recover();
  }

  /**
   * Lets disks be written to in new volumes, and saves the memory of that moment if there is a
   * place for it.
   *
   * @param layers the new volumes, each with the one below it
   * @param frozen whether somebody has frozen the guest's file systems already
   * @throws VdsmError code 48
   */
  public void snapshot(UUID id, List<Image> layers, Optional<SavedMemory> memory, boolean frozen) {
    Vm vm = vms.running(id);
    Map<String, String> files = new HashMap<>();
    Map<String, Image> volumes = new HashMap<>();
    for (Image layer : layers) {
      String target = target(vm, layer.image(), ErrorCode.SNAPSHOT);
      String file = images.resolve(layer);
      if (!hypervisor.blocks().layers(id, target).contains(file)) {
        files.put(target, file);
      }
      volumes.put(target, layer);
    }
    if (!files.isEmpty() || (layers.isEmpty() && memory.isPresent())) {
      take(vm, files, memory, frozen);
    }
    note(vm, volumes);
  }

  private void take(
      Vm vm, Map<String, String> files, Optional<SavedMemory> memory, boolean frozen) {
    boolean thaw = memory.isEmpty() && !frozen && freeze(vm.id());
    vm.setHeld(true);
    try {
      memory.ifPresent(
          saved -> images.write(saved.configuration(), hypervisor.portableXml(vm.id())));
      hypervisor
          .blocks()
          .snapshot(vm.id(), files, memory.map(saved -> images.resolve(saved.memory())));
    } catch (HypervisorException e) {
      throw new VdsmError(
          ErrorCode.SNAPSHOT,
          "Cannot take a snapshot of %s: %s".formatted(vm.id(), e.getMessage()),
          e);
    } finally {
      vm.setHeld(false);
      if (thaw) {
        thaw(vm.id());
      }
    }
  }

  private boolean freeze(UUID id) {
    try {
      hypervisor.freeze(id);
      return true;
    } catch (HypervisorException e) {
      log.info("The guest of {} is not asked to flush its disks: {}", id, e.getMessage());
      return false;
    }
  }

  private void thaw(UUID id) {
    try {
      hypervisor.thaw(id);
    } catch (HypervisorException e) {
      log.warn("The guest of {} may still be frozen: {}", id, e.getMessage());
    }
  }

  /**
   * Merges one layer of a disk into the one below it and waits for the end.
   *
   * @throws VdsmError code 52
   */
  public void merge(
      UUID id, Image drive, UUID base, UUID top, long bandwidth, IntConsumer progress) {
    Vm vm = vms.running(id);
    String target = target(vm, drive.image(), ErrorCode.MERGE);
    Image lower = new Image(drive.pool(), drive.domain(), drive.image(), base);
    Image upper = new Image(drive.pool(), drive.domain(), drive.image(), top);
    try {
      merge(vm, new Merging(target, lower, upper), bandwidth, progress);
    } catch (HypervisorException e) {
      throw new VdsmError(
          ErrorCode.MERGE,
          "Cannot merge volume %s of %s: %s".formatted(top, id, e.getMessage()),
          e);
    }
    images.merged(lower, upper);
    if (hypervisor.blocks().layers(id, target).getFirst().equals(images.resolve(lower))) {
      note(vm, Map.of(target, lower));
    }
  }

  private void merge(Vm vm, Merging merging, long bandwidth, IntConsumer progress) {
    UUID id = vm.id();
    String target = merging.target();
    String base = images.resolve(merging.lower());
    String top = images.resolve(merging.upper());
    int attempts = 0;
    while (true) {
      Optional<BlockJob> job = hypervisor.blocks().blockJob(id, target);
      if (job.isPresent()) {
        progress.accept(job.get().percent());
        if (job.get().ready()) {
          handover.carryOut(vm, merging);
        }
      } else if (!hypervisor.blocks().layers(id, target).contains(top)) {
        return;
      } else if (attempts++ < ATTEMPTS) {
        hypervisor.blocks().commit(id, target, base, top, bandwidth);
      } else {
        throw new VdsmError(
            ErrorCode.MERGE, "The merge of disk %s of %s ended early".formatted(target, id));
      }
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VdsmError(ErrorCode.MERGE, "Interrupted while a disk is merged", e);
    }
  }

  /**
   * Makes a disk larger.
   *
   * @throws VdsmError code 58
   */
  public void extend(UUID id, Image drive, long bytes) {
    Vm vm = vms.running(id);
    String target = target(vm, drive.image(), ErrorCode.DISK_RESIZE);
    try {
      hypervisor.blocks().resizeDisk(id, target, bytes);
      images.resized(drive, bytes);
    } catch (HypervisorException e) {
      throw new VdsmError(
          ErrorCode.DISK_RESIZE,
          "Cannot make disk %s of %s %d bytes large: %s"
              .formatted(target, id, bytes, e.getMessage()),
          e);
    }
  }

  /**
   * Whether a machine of this host has the volume among the layers of its disks.
   *
   * @throws HypervisorException when that cannot be told
   */
  public boolean uses(UUID image, UUID volume) {
    for (Vm vm : vms.known()) {
      Optional<DomainDescription> description = vm.snapshot().description();
      if (!vm.alive() || description.isEmpty()) {
        continue;
      }
      for (DomainDescription.Drive drive : description.get().drives()) {
        if (drive.imageId().equals(image.toString())
            && hypervisor.blocks().layers(vm.id(), drive.target()).stream()
                .anyMatch(file -> file.endsWith("/" + volume))) {
          return true;
        }
      }
    }
    return false;
  }

  static String target(Vm vm, UUID image, ErrorCode problem) {
    return vm.snapshot().description().stream()
        .flatMap(description -> description.drives().stream())
        .filter(drive -> drive.imageId().equals(image.toString()))
        .map(DomainDescription.Drive::target)
        .findFirst()
        .orElseThrow(
            () ->
                new VdsmError(
                    problem,
                    "Virtual machine %s has no disk with the image %s".formatted(vm.id(), image)));
  }

  /** The next agent, and a saved domain, must know the volumes that are written to. */
  void note(Vm vm, Map<String, Image> volumes) {
    hypervisor.setMetadata(
        vm.id(),
        DomainDescription.METADATA,
        "ovirt-vm",
        AgentNotes.withVolumes(hypervisor.xml(vm.id()), volumes));
    String live = hypervisor.xml(vm.id());
    vm.refresh(live, DomainDescription.read(live));
  }
}
