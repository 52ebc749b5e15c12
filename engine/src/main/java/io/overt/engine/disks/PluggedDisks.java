package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.RunningMachines;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskInterface;
import io.overt.model.types.Vm;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plugs disks into running machines and out of them. */
final class PluggedDisks {
  /** Key of a job's data: the machine that its new disk is to be plugged into. */
  static final String PLUG = "plug";

  private final Platform platform;
  private final RunningDisks running;

  PluggedDisks(Platform platform, RunningDisks running) {
    this.platform = platform;
    this.running = running;
  }

  /**
   * Whether an active disk concerns the machine's host.
   *
   * @throws ApiFault 409 when the machine is between up and down, or such disks cannot be plugged
   */
  static boolean live(Entity<Vm> vm, boolean active, DiskAttachment attachment, String what) {
    if (!active || !RunningMachines.runs(vm)) {
      return false;
    }
    RunningMachines.requireUp(vm, what);
    DiskInterface kind = attachment.interface_();
    if (kind == DiskInterface.IDE || kind == DiskInterface.SATA) {
      throw ApiFault.conflict(
          "Cannot %s VM '%s' while it is up: a disk with interface %s cannot be plugged in or out."
              .formatted(what, vm.value().name(), kind.wire()));
    }
    return true;
  }

  /** Plugs a disk in or out, and notes it. */
  DiskAttachment change(Call call, Entity<Vm> vm, DiskAttachment attachment, boolean active) {
    String correlationId = platform.caller(call).correlationId();
    String event = active ? "HOTPLUG_DISK" : "HOTUNPLUG_DISK";
    try {
      if (active) {
        running.plugDisk(correlationId, vm, attachment);
      } else {
        running.unplugDisk(correlationId, vm, attachment);
      }
    } catch (ApiFault e) {
      platform.write(
          transaction -> {
            report(transaction, about(call, vm), "USER_FAILED_" + event, attachment);
            return event;
          });
      throw e;
    }
    return platform
        .write(
            transaction -> {
              report(transaction, about(call, vm), "USER_" + event, attachment);
              return noted(transaction, vm.key(), attachment.requireId(), active).orElseThrow();
            })
        .value();
  }

  private About about(Call call, Entity<Vm> vm) {
    return platform.about(call, vm.value());
  }

  private static Optional<Entity<DiskAttachment>> noted(
      Transaction transaction, Key vm, String id, boolean active) {
    return transaction
        .current()
        .find(Kinds.DISK_ATTACHMENT, vm, id)
        .map(
            found -> {
              DiskAttachment changed = (DiskAttachment) found.value().shallowCopy();
              return transaction.update(found, changed.active(active));
            });
  }

  private void report(
      Transaction transaction, About about, String type, DiskAttachment attachment) {
    Disk disk =
        transaction.find(Kinds.DISK, attachment.requireId()).map(Entity::value).orElse(null);
    platform
        .events()
        .append(
            transaction,
            type,
            about.and(disk).with("DiskAlias", disk == null ? attachment.id() : disk.alias()));
  }

  /** A disk that a job has made is plugged in; if that fails, it stays attached and inactive. */
  StepOutcome plug(StepContext context) {
    String vmId = context.find(PLUG);
    Optional<Entity<Vm>> vm =
        vmId == null ? Optional.empty() : platform.snapshot().find(Kinds.VM, vmId);
    Optional<Entity<DiskAttachment>> attachment =
        vm.flatMap(
            found ->
                platform
                    .snapshot()
                    .find(Kinds.DISK_ATTACHMENT, found.key(), context.get(DiskWork.DISKS)));
    if (attachment.isPresent() && RunningMachines.runs(vm.orElseThrow())) {
      plug(context, vm.orElseThrow(), attachment.get().value());
    }
    return StepOutcome.done();
  }

  private void plug(StepContext context, Entity<Vm> vm, DiskAttachment attachment) {
    boolean plugged = plugged(context.correlationId(), vm, attachment);
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              if (plugged) {
                noted(transaction, vm.key(), attachment.requireId(), true);
              }
              report(
                  transaction,
                  About.object(vm.value())
                      .by(context.get(DiskWork.USER), context.get(DiskWork.USER_NAME))
                      .correlated(context.correlationId()),
                  plugged ? "USER_HOTPLUG_DISK" : "USER_FAILED_HOTPLUG_DISK",
                  attachment);
              return vm.id();
            });
  }

  private boolean plugged(
      @Nullable String correlationId, Entity<Vm> vm, DiskAttachment attachment) {
    try {
      running.plugDisk(correlationId, vm, attachment);
      return true;
    } catch (ApiFault e) {
      return false;
    }
  }
}
