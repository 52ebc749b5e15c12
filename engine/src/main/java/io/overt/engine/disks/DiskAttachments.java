package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.StorageHosts;
import io.overt.engine.resource.Updates;
import io.overt.engine.storage.DomainUsers;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.DiskAttachmentService;
import io.overt.model.services.DiskAttachmentsService;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /vms/{id}/diskattachments}: the disks of a machine and how it sees them. */
public final class DiskAttachments implements DiskAttachmentsService {
  private static final Set<String> READ_ONLY = Set.of("vm", "template", "disk", "logical_name");
  private final Platform platform;
  private final DiskWork work;
  private final NewDisks newDisks;
  private final Resource<Vm> machines;
  private final Resource<Disk> disks;
  private final String vmId;
  private final Key owner;

  public DiskAttachments(Platform platform, DiskWork work, String vmId) {
    this.platform = platform;
    this.work = work;
    this.newDisks = new NewDisks(platform, work);
    this.machines = new Resource<>(platform, Kinds.VM);
    this.disks = new Resource<>(platform, Kinds.DISK);
    this.vmId = vmId;
    this.owner = Kinds.VM.key(vmId);
  }

  @Override
  public List<DiskAttachment> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    machines.require(request.call(), snapshot, vmId);
    return DomainUsers.attachments(snapshot, owner).stream().map(Entity::value).toList();
  }

  /**
   * A machine and one of its disks as it is written down.
   *
   * @param live whether the host has to plug the disk in or out now
   */
  private record Added(
      Entity<Vm> vm, DiskAttachment attachment, @Nullable String job, boolean live) {}

  @Override
  public Outcome<DiskAttachment> add(AddRequest request) {
    Call call = request.call();
    DiskAttachment body = platform.body(request.attachment());
    Added added = platform.write(transaction -> add(transaction, call, body));
    if (added.live()) {
      return Outcome.done(attachLive(call, added));
    }
    return added.job() == null
        ? Outcome.done(added.attachment())
        : Outcome.started(added.attachment(), added.job());
  }

  /** A disk that cannot be plugged in is not attached either. */
  private DiskAttachment attachLive(Call call, Added added) {
    try {
      return work.plugged().change(call, added.vm(), added.attachment(), true);
    } catch (ApiFault e) {
      platform.write(
          transaction -> {
            transaction
                .current()
                .find(Kinds.DISK_ATTACHMENT, owner, added.attachment().requireId())
                .ifPresent(transaction::delete);
            return vmId;
          });
      throw e;
    }
  }

  private Added add(Transaction transaction, Call call, DiskAttachment body) {
    Entity<Vm> vm = machines.require(call, transaction, vmId);
    Disk wanted = body.disk();
    if (wanted == null) {
      throw ApiFault.incomplete("DiskAttachment", "disk", "add");
    }
    if (body.interface_() == null) {
      throw ApiFault.incomplete("DiskAttachment", "interface", "add");
    }
    boolean active = !Boolean.FALSE.equals(body.active());
    requireUnlocked(vm, "attach a disk to");
    boolean live = PluggedDisks.live(vm, active, body, "attach a disk to");
    Snapshot snapshot = transaction.snapshot();
    boolean bootable = Boolean.TRUE.equals(body.bootable());
    requireOneBootable(snapshot, vm, bootable, null);
    String job = null;
    Entity<Disk> disk;
    String event;
    if (wanted.id() != null) {
      disk = existing(transaction, call, vm, wanted);
      event = "USER_ATTACH_DISK_TO_VM";
    } else {
      int number = DomainUsers.attachments(snapshot, owner).size() + 1;
      NewDisks.Started started =
          newDisks.add(
              transaction,
              call,
              wanted,
              dataCenter(snapshot, vm.value()),
              vm.value().name() + "_Disk" + number,
              live ? Map.of(PluggedDisks.PLUG, vmId) : Map.of());
      disk = started.disk();
      job = started.job();
      event = "USER_ADD_DISK_TO_VM";
    }
    DiskAttachment attachment =
        new DiskAttachment()
            .id(disk.id())
            .active(active && !live)
            .bootable(bootable)
            .interface_(body.interface_())
            .passDiscard(Boolean.TRUE.equals(body.passDiscard()))
            .readOnly(Boolean.TRUE.equals(body.readOnly()))
            .usesScsiReservation(Boolean.TRUE.equals(body.usesScsiReservation()))
            .disk(new Disk().id(disk.id()))
            .vm(new Vm().id(vmId));
    Entity<DiskAttachment> inserted =
        transaction.insert(Kinds.DISK_ATTACHMENT, attachment, vm.key());
    transaction.requireUnchanged(vm);
    platform
        .events()
        .append(transaction, event, platform.about(call, vm.value()).and(disk.value()));
    return new Added(vm, inserted.value(), job, live && job == null);
  }

  private Entity<Disk> existing(Transaction transaction, Call call, Entity<Vm> vm, Disk wanted) {
    String id = References.uuid(Objects.requireNonNull(wanted.id()));
    if (transaction.find(Kinds.DISK, id).isEmpty()) {
      throw ApiFault.bad("There is no disk " + id);
    }
    Entity<Disk> disk = disks.require(call, transaction, id);
    Snapshot snapshot = transaction.snapshot();
    DiskRules.requireOk(disk, "attach");
    if (disk.value().status() == DiskStatus.ILLEGAL) {
      throw ApiFault.conflict("Cannot attach disk '" + disk.value().alias() + "': it is illegal.");
    }
    boolean shareable = Boolean.TRUE.equals(disk.value().shareable());
    for (Entity<Vm> user : DomainUsers.machines(snapshot, id)) {
      if (user.id().equals(vmId) || !shareable) {
        throw ApiFault.conflict(
            "Disk '%s' is attached to VM '%s' already."
                .formatted(disk.value().alias(), user.value().name()));
      }
    }
    if (!DomainUsers.templates(snapshot, id).isEmpty()) {
      throw ApiFault.conflict("Disk '" + disk.value().alias() + "' belongs to a template.");
    }
    Optional<String> there = DiskRules.activeIn(snapshot, DiskRules.domainOf(disk.value()));
    if (there.isPresent() && !there.get().equals(dataCenter(snapshot, vm.value()))) {
      throw ApiFault.conflict(
          "Disk '" + disk.value().alias() + "' belongs to another data center than the machine.");
    }
    return disk;
  }

  private static @Nullable String dataCenter(Snapshot snapshot, Vm vm) {
    return vm.cluster() == null
        ? null
        : StorageHosts.dataCenter(snapshot, new Host().cluster(vm.cluster())).orElse(null);
  }

  private static void requireUnlocked(Entity<Vm> vm, String what) {
    if (vm.value().status() == VmStatus.IMAGE_LOCKED) {
      throw ApiFault.conflict(
          "Cannot %s VM '%s': its disks are locked.".formatted(what, vm.value().name()));
    }
  }

  private static void requireDown(Entity<Vm> vm, String what) {
    requireUnlocked(vm, what);
    VmStatus status = Objects.requireNonNullElse(vm.value().status(), VmStatus.DOWN);
    if (status != VmStatus.DOWN) {
      throw ApiFault.conflict(
          "Cannot %s VM '%s' while it is %s; stop it first, or deactivate the disk."
              .formatted(what, vm.value().name(), status.wire()));
    }
  }

  private void requireOneBootable(
      Snapshot snapshot, Entity<Vm> vm, boolean bootable, @Nullable String except) {
    if (!bootable) {
      return;
    }
    for (Entity<DiskAttachment> other : DomainUsers.attachments(snapshot, owner)) {
      if (Boolean.TRUE.equals(other.value().bootable()) && !other.id().equals(except)) {
        throw ApiFault.conflict(
            "VM '%s' already has the bootable disk %s.".formatted(vm.value().name(), other.id()));
      }
    }
  }

  private Entity<DiskAttachment> require(Snapshot snapshot, String id) {
    return snapshot.find(Kinds.DISK_ATTACHMENT, owner, id).orElseThrow(ApiFault::notFound);
  }

  @Override
  public DiskAttachmentService attachment(String id) {
    return new DiskAttachmentService() {
      @Override
      public DiskAttachment get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        machines.require(request.call(), snapshot, vmId);
        return DiskAttachments.this.require(snapshot, id).value();
      }

      @Override
      public Outcome<DiskAttachment> update(UpdateRequest request) {
        Call call = request.call();
        DiskAttachment body = platform.body(request.diskAttachment());
        Added updated =
            platform.write(transaction -> DiskAttachments.this.update(transaction, call, id, body));
        if (updated.live()) {
          DiskAttachment changed =
              work.plugged()
                  .change(
                      call,
                      updated.vm(),
                      updated.attachment(),
                      Boolean.FALSE.equals(updated.attachment().active()));
          updated = new Added(updated.vm(), changed, updated.job(), false);
        }
        return updated.job() == null
            ? Outcome.done(updated.attachment())
            : Outcome.started(updated.attachment(), updated.job());
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return DiskAttachments.this.remove(
            request.call(), id, !Boolean.FALSE.equals(request.detachOnly()));
      }
    };
  }

  private Added update(Transaction transaction, Call call, String id, DiskAttachment body) {
    Entity<Vm> vm = machines.require(call, transaction, vmId);
    Entity<DiskAttachment> current = require(transaction.current(), id);
    DiskAttachment merged = Updates.merge(current.value(), body, READ_ONLY);
    requireOneBootable(
        transaction.snapshot(), vm, Boolean.TRUE.equals(merged.bootable()), current.id());
    boolean was = !Boolean.FALSE.equals(current.value().active());
    boolean live =
        was == Boolean.FALSE.equals(merged.active())
            && PluggedDisks.live(vm, true, merged, "change a disk of");
    if (live) {
      merged.active(was);
    }
    if (!merged.equals(current.value())) {
      if (was) {
        requireDown(vm, "change a disk of");
      }
      requireUnlocked(vm, "change a disk of");
      transaction.update(current, merged);
      platform
          .events()
          .append(
              transaction,
              "USER_UPDATE_VM_DISK",
              platform
                  .about(call, vm.value())
                  .and(transaction.find(Kinds.DISK, id).map(Entity::value).orElse(null)));
    }
    Disk changes = body.disk();
    String job = null;
    if (changes != null && !onlyIdentity(changes)) {
      Entity<Disk> disk = disks.require(call, transaction, id);
      job = OneDisk.update(platform, work, transaction, call, disk, changes);
    }
    return new Added(vm, merged, job, live);
  }

  private static boolean onlyIdentity(Disk changes) {
    return changes.equals(new Disk().id(changes.id()));
  }

  private Outcome<Struct> remove(Call call, String id, boolean detachOnly) {
    unplugFirst(call, id, detachOnly);
    String job =
        platform.write(
            transaction -> {
              Entity<Vm> vm = machines.require(call, transaction, vmId);
              Entity<DiskAttachment> attachment = require(transaction.current(), id);
              requireUnlocked(vm, "detach a disk from");
              if (!Boolean.FALSE.equals(attachment.value().active())) {
                requireDown(vm, "detach a disk from");
              }
              Optional<Entity<Disk>> disk = transaction.find(Kinds.DISK, id);
              if (detachOnly || disk.isEmpty()) {
                transaction.delete(attachment);
                platform
                    .events()
                    .append(
                        transaction,
                        "USER_DETACH_DISK_FROM_VM",
                        platform.about(call, vm.value()).and(disk.map(Entity::value).orElse(null)));
                return "";
              }
              return OneDisk.remove(
                  platform, work, transaction, call, disks.require(call, transaction, id));
            });
    if (job.isEmpty()) {
      return Outcome.removed();
    }
    return work.await(job) ? new Outcome<>(null, job, false) : Outcome.removing(job);
  }

  /** A disk that a running machine uses leaves it before it is detached. */
  private void unplugFirst(Call call, String id, boolean detachOnly) {
    Snapshot snapshot = platform.snapshot();
    Entity<Vm> vm = machines.require(call, snapshot, vmId);
    DiskAttachment attachment = require(snapshot, id).value();
    boolean active = !Boolean.FALSE.equals(attachment.active());
    if (detachOnly && PluggedDisks.live(vm, active, attachment, "detach a disk from")) {
      work.plugged().change(call, vm, attachment, false);
    }
  }
}
