package io.overt.engine;

import io.overt.engine.disks.DiskAttachments;
import io.overt.engine.disks.DiskWork;
import io.overt.engine.disks.Disks;
import io.overt.engine.disks.DomainDisks;
import io.overt.engine.disks.LiveMoves;
import io.overt.engine.disks.MachineDisks;
import io.overt.engine.disks.RunningDisks;
import io.overt.engine.disks.TemplateAttachments;
import io.overt.engine.disks.TemplateDisks;
import io.overt.engine.resource.Platform;
import io.overt.engine.storage.AttachedDomains;
import io.overt.engine.storage.DomainSpace;
import io.overt.engine.storage.DomainWork;
import io.overt.engine.storage.ImageTransfers;
import io.overt.engine.storage.StorageConnections;
import io.overt.engine.storage.StorageDomains;
import io.overt.engine.storage.StoragePreparation;
import io.overt.engine.templates.CreateTemplate;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostPreparation;
import io.overt.inventory.Key;
import io.overt.model.Service;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AttachedStorageDomainsService;
import io.overt.model.services.DiskAttachmentsService;
import io.overt.model.services.TemplateDiskAttachmentsService;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The features around storage domains and disks. */
final class Storage {
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final DomainSpace space;
  private final DomainWork domainWork;
  private final DiskWork diskWork;
  private final MachineDisks machineDisks;

  Storage(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      Function<Key, AssignedPermissionsService> permissions,
      RunningDisks running,
      Supplier<LiveMoves> live,
      DomainSpace space) {
    this.platform = platform;
    this.fleet = fleet;
    this.permissions = permissions;
    this.space = space;
    this.domainWork = new DomainWork(platform, fleet, operations, space);
    this.diskWork = new DiskWork(platform, fleet, operations, running, live);
    this.machineDisks = new MachineDisks(platform, diskWork);
  }

  /** By URL segment below the API's root. */
  Map<String, Service> services() {
    Disks disks = disks();
    return Map.of(
        "imagetransfers", new ImageTransfers(platform),
        "storageconnections", new StorageConnections(platform),
        "storagedomains",
            new StorageDomains(
                platform,
                domainWork,
                space,
                permissions,
                id -> new DomainDisks(platform, diskWork, disks::disk, id).ofDomain()),
        "disks", disks);
  }

  private Disks disks() {
    return new Disks(platform, fleet, diskWork, permissions);
  }

  /** The storage domains of the data center with that id. */
  AttachedStorageDomainsService attachedDomains(String dataCenter) {
    return new AttachedDomains(
        platform,
        domainWork,
        space,
        id -> new DomainDisks(platform, diskWork, disks()::disk, id).ofDataCenter(),
        dataCenter);
  }

  DiskAttachmentsService diskAttachments(String vm) {
    return new DiskAttachments(platform, diskWork, vm);
  }

  TemplateDiskAttachmentsService templateDiskAttachments(String template) {
    return new TemplateAttachments(platform, template);
  }

  DiskWork diskWork() {
    return diskWork;
  }

  TemplateDisks machineDisks() {
    return machineDisks;
  }

  List<Operation> operations(CreateTemplate createTemplate) {
    List<Operation> all = new ArrayList<>(domainWork.operations());
    all.addAll(diskWork.operations());
    all.add(machineDisks.operation(createTemplate.unlock()));
    return all;
  }

  HostPreparation preparation() {
    return new StoragePreparation(platform, space);
  }
}
