package io.overt.engine.disks;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Platform;
import io.overt.engine.storage.DomainUsers;
import io.overt.engine.storage.Work;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The disks of machines and templates that come and go with them. */
public final class MachineDisks implements TemplateDisks {
  private static final String TEMPLATE_COPY = "CopyDisksToTemplate";
  private final Platform platform;
  private final DiskWork work;

  public MachineDisks(Platform platform, DiskWork work) {
    this.platform = platform;
    this.work = work;
  }

  /** Copies the disks, then lets the template be used. */
  public Operation operation(Step unlock) {
    Work copying = work.copying();
    return new Operation(TEMPLATE_COPY, List.of(copying, unlock));
  }

  @Override
  public Optional<JobRequest> copyToMachine(
      Transaction transaction,
      Call call,
      DiskSource source,
      Entity<Vm> machine,
      List<DiskAttachment> wanted,
      boolean independent) {
    Map<String, String> data = new HashMap<>();
    data.put(DiskWork.VM, machine.id());
    data.put(DiskWork.LAYERS, String.valueOf(!independent));
    Vm reference = new Vm().id(machine.id());
    boolean any =
        copies(
            transaction,
            call,
            source,
            machine.key(),
            wanted,
            !independent,
            attachment -> attachment.vm(reference),
            data);
    return any
        ? Optional.of(
            work.request(
                call, DiskWork.COPY, "Creating the disks of VM " + machine.value().name(), data))
        : Optional.empty();
  }

  @Override
  public Optional<JobRequest> copyToTemplate(
      Transaction transaction,
      Call call,
      DiskSource source,
      Entity<Template> template,
      List<DiskAttachment> wanted) {
    Map<String, String> data = new HashMap<>();
    data.put(TEMPLATE, template.id());
    data.put(SOURCE, source.owner().id());
    Template reference = new Template().id(template.id());
    boolean any =
        copies(
            transaction,
            call,
            source,
            template.key(),
            wanted,
            false,
            attachment -> attachment.template(reference),
            data);
    return any
        ? Optional.of(
            work.request(call, TEMPLATE_COPY, "Creating Template " + template.value().name(), data))
        : Optional.empty();
  }

  private interface Owned {
    void by(DiskAttachment attachment);
  }

  /** Inserts the copies, locked like their sources until the job has ended. */
  private boolean copies(
      Transaction transaction,
      Call call,
      DiskSource source,
      Key target,
      List<DiskAttachment> wanted,
      boolean layers,
      Owned owned,
      Map<String, String> data) {
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    List<String> volumes = new ArrayList<>();
    for (DiskAttachment attachment : source.attachments(transaction.current())) {
      Entity<Disk> disk = transaction.find(Kinds.DISK, attachment.requireId()).orElse(null);
      if (disk == null || Boolean.TRUE.equals(disk.value().shareable())) {
        continue;
      }
      Entity<Disk> copy = copy(transaction, disk, form(disk.value(), wanted, layers), layers);
      CreationGrants.created(
          transaction, platform.caller(call), copy.key(), CreationGrants.Audience.CREATOR);
      DiskAttachment shown = attachment.copy().id(copy.id()).disk(new Disk().id(copy.id()));
      shown.vm(null).template(null).logicalName(null);
      owned.by(shown);
      transaction.insert(Kinds.DISK_ATTACHMENT, shown, target);
      // Layers only read their template, so that many machines can be made of it at once.
      if (!layers) {
        transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED));
      }
      sources.add(disk.id());
      volumes.add(source.volume(disk.id()));
      targets.add(copy.id());
    }
    data.put(DiskWork.DISKS, String.join(",", targets));
    data.put(DiskWork.SOURCES, String.join(",", sources));
    if (volumes.stream().anyMatch(volume -> !volume.isEmpty())) {
      data.put(DiskWork.VOLUMES, String.join(",", volumes));
    }
    return !targets.isEmpty();
  }

  /** What the client wants of the copy of this disk, over what the source is. */
  private static Disk form(Disk source, List<DiskAttachment> wanted, boolean layers) {
    Disk form = source.copy().diskProfile(null);
    if (layers) {
      form.format(DiskFormat.COW).sparse(true);
    }
    for (DiskAttachment each : wanted) {
      Disk disk = each.disk();
      boolean same =
          disk != null
              && (source.requireId().equals(disk.id())
                  || Objects.equals(source.imageId(), disk.imageId()));
      if (same) {
        List<StorageDomain> domains = disk.storageDomains();
        if (domains != null && !domains.isEmpty() && !layers) {
          form.storageDomains(domains);
        }
        if (disk.format() != null && !layers) {
          form.format(disk.format()).sparse(disk.sparse());
        }
        String alias = DiskRules.alias(disk);
        if (alias != null) {
          form.alias(alias).name(alias);
        }
        form.diskProfile(disk.diskProfile());
      }
    }
    return form;
  }

  private Entity<Disk> copy(
      Transaction transaction, Entity<Disk> source, Disk form, boolean layer) {
    Snapshot snapshot = transaction.snapshot();
    String alias = String.valueOf(source.value().alias());
    if (source.value().status() == DiskStatus.ILLEGAL) {
      throw ApiFault.conflict("Disk '" + alias + "' is illegal and cannot be copied.");
    }
    DiskRules.requireOk(source, "copy");
    DiskRules.requireActive(snapshot, source, "copy");
    Optional<String> dataCenter = DiskRules.activeIn(snapshot, DiskRules.domainOf(source.value()));
    String domain = DiskRules.domain(snapshot, form, dataCenter.orElse(null));
    Disk copy = DiskRules.complete(form, platform.newId(), platform.newId(), domain, alias);
    copy.diskProfile(DiskRules.profile(snapshot, form, domain));
    return transaction.insert(
        Kinds.DISK, copy, null, layer ? Map.of(DiskRules.PARENT, source.id()) : Map.of());
  }

  @Override
  public Optional<JobRequest> remove(Transaction transaction, Call call, Key owner) {
    Snapshot snapshot = transaction.snapshot();
    List<String> removed = new ArrayList<>();
    for (Entity<DiskAttachment> attachment : DomainUsers.attachments(snapshot, owner)) {
      Entity<Disk> disk = transaction.find(Kinds.DISK, attachment.id()).orElse(null);
      if (disk == null || usedElsewhere(snapshot, disk, owner)) {
        continue;
      }
      DiskRules.requireOk(disk, "remove");
      DiskRules.requireActive(snapshot, disk, "remove");
      DiskRules.requireRemovable(snapshot, disk, owner);
      transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED));
      removed.add(disk.id());
    }
    return removed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            work.request(
                call,
                DiskWork.REMOVE,
                "Removing " + removed.size() + " disks",
                Map.of(DiskWork.DISKS, String.join(",", removed))));
  }

  private static boolean usedElsewhere(Snapshot snapshot, Entity<Disk> disk, Key owner) {
    return snapshot.referrers(Kinds.DISK_ATTACHMENT, "disk", disk.id()).stream()
        .anyMatch(attachment -> !owner.equals(attachment.owner()));
  }
}
