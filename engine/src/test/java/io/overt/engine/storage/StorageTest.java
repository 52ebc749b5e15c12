package io.overt.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.AttachedStorageDomainService;
import io.overt.model.services.AttachedStorageDomainsService;
import io.overt.model.services.DiskAttachmentService;
import io.overt.model.services.DiskAttachmentsService;
import io.overt.model.services.DiskService;
import io.overt.model.services.DisksService;
import io.overt.model.services.StorageDomainService;
import io.overt.model.services.StorageDomainsService;
import io.overt.model.services.TemplatesService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.DataCenterStatus;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskInterface;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.Host;
import io.overt.model.types.HostStorage;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.StorageType;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Storage domains and disks, on simulated hosts. */
@Timeout(180)
class StorageTest {
  private static final long GIB = 1L << 30;
  private final TestHosts world = TestHosts.open(2);

  @AfterEach
  void close() {
    world.close();
  }

  private StorageDomain addDomain(String name, String path) {
    Outcome<StorageDomain> outcome =
        world
            .service(StorageDomainsService.class, "storagedomains")
            .add(
                new StorageDomainsService.AddRequest(
                    world
                        .call()
                        .with(
                            "storage_domain",
                            new StorageDomain()
                                .name(name)
                                .type_(StorageDomainType.DATA)
                                .host(new Host().name("host0"))
                                .storage(
                                    new HostStorage()
                                        .type_(StorageType.NFS)
                                        .address("nas")
                                        .path(path)))));
    return Objects.requireNonNull(outcome.entity());
  }

  private String dataCenter() {
    return world.snapshot().all(Kinds.DATA_CENTER).getFirst().id();
  }

  private DataCenterStatus dataCenterStatus() {
    return Objects.requireNonNull(
        world
            .snapshot()
            .find(Kinds.DATA_CENTER, dataCenter())
            .map(Entity::value)
            .map(DataCenter::status)
            .orElseThrow());
  }

  private AttachedStorageDomainsService attached() {
    return world.service(
        AttachedStorageDomainsService.class, "datacenters/" + dataCenter() + "/storagedomains");
  }

  private StorageDomain attach(String id) {
    return Objects.requireNonNull(
        attached()
            .add(
                new AttachedStorageDomainsService.AddRequest(
                    world.call().with("storage_domain", new StorageDomain().id(id))))
            .entity());
  }

  private AttachedStorageDomainService attached(String id) {
    return attached().storageDomain(id);
  }

  private Disk addDisk(Disk disk) {
    Outcome<Disk> outcome =
        world
            .service(DisksService.class, "disks")
            .add(new DisksService.AddRequest(world.call().with("disk", disk)));
    Disk added = Objects.requireNonNull(outcome.entity());
    assertThat(added.status()).isEqualTo(DiskStatus.LOCKED);
    awaitOk(added.requireId());
    return disk(added.requireId());
  }

  private void awaitOk(String disk) {
    world.await(
        "disk " + disk,
        now ->
            now.find(Kinds.DISK, disk)
                .filter(each -> each.value().status() == DiskStatus.OK)
                .isPresent());
  }

  private Disk disk(String id) {
    return world
        .service(DiskService.class, "disks/" + id)
        .get(new DiskService.GetRequest(world.call()));
  }

  private Vm addVm(Vm vm) {
    return Objects.requireNonNull(
        world
            .service(VmsService.class, "vms")
            .add(
                new VmsService.AddRequest(
                    world.call().with("vm", vm.cluster(new Cluster().name("Default")))))
            .entity());
  }

  private DiskAttachmentsService attachments(String vm) {
    return world.service(DiskAttachmentsService.class, "vms/" + vm + "/diskattachments");
  }

  private DiskAttachment attachDisk(String vm, Disk disk) {
    return Objects.requireNonNull(
        attachments(vm)
            .add(
                new DiskAttachmentsService.AddRequest(
                    world
                        .call()
                        .with(
                            "attachment",
                            new DiskAttachment()
                                .disk(disk)
                                .bootable(true)
                                .interface_(DiskInterface.VIRTIO))))
            .entity());
  }

  private void awaitVm(String vm, VmStatus status) {
    world.await(
        "VM " + vm + " to be " + status,
        now -> now.find(Kinds.VM, vm).filter(each -> each.value().status() == status).isPresent());
  }

  private static Disk gibibyte(String alias) {
    return new Disk().alias(alias).provisionedSize(GIB).format(DiskFormat.COW);
  }

  @Test
  void theFirstDomainBringsTheDataCenterUpAndGoesThroughItsWholeLife() {
    world.addHost(0);
    StorageDomain domain = addDomain("data", "/export/data");
    String id = domain.requireId();
    assertThat(domain.status()).isEqualTo(StorageDomainStatus.UNATTACHED);
    assertThat(Objects.requireNonNull(domain.storage()).path()).isEqualTo("/export/data");

    StorageDomain shown = attach(id);
    assertThat(shown.status()).isEqualTo(StorageDomainStatus.ACTIVE);
    assertThat(shown.master()).isTrue();
    assertThat(shown.available()).isPositive();
    assertThat(dataCenterStatus()).isEqualTo(DataCenterStatus.UP);
    assertThatThrownBy(() -> attach(id)).isInstanceOf(ApiFault.class);
    assertThatThrownBy(() -> removeDomain(id)).isInstanceOf(ApiFault.class);

    world.addHost(1);

    attached(id).deactivate(new AttachedStorageDomainService.DeactivateRequest(world.call()));
    assertThat(attached(id).get(new AttachedStorageDomainService.GetRequest(world.call())).status())
        .isEqualTo(StorageDomainStatus.MAINTENANCE);
    assertThat(dataCenterStatus()).isEqualTo(DataCenterStatus.MAINTENANCE);
    attached(id).activate(new AttachedStorageDomainService.ActivateRequest(world.call()));
    assertThat(dataCenterStatus()).isEqualTo(DataCenterStatus.UP);
    attached(id).deactivate(new AttachedStorageDomainService.DeactivateRequest(world.call()));
    attached(id).remove(new AttachedStorageDomainService.RemoveRequest(world.call()));
    assertThat(dataCenterStatus()).isEqualTo(DataCenterStatus.UNINITIALIZED);
    removeDomain(id);
    assertThat(world.snapshot().find(Kinds.STORAGE_DOMAIN, id)).isEmpty();
    assertThat(world.snapshot().all(Kinds.STORAGE_CONNECTION)).isEmpty();
  }

  private void removeDomain(String id) {
    world
        .service(StorageDomainService.class, "storagedomains/" + id)
        .remove(
            new StorageDomainService.RemoveRequest(
                world.call().with("host", "host0").with("format", Boolean.TRUE)));
  }

  @Test
  void theMasterRoleMovesWhenTheMasterGoes() {
    world.addHost(0);
    String first = addDomain("first", "/export/first").requireId();
    attach(first);
    String second = addDomain("second", "/export/second").requireId();
    assertThat(attach(second).master()).isFalse();
    attached(first).deactivate(new AttachedStorageDomainService.DeactivateRequest(world.call()));
    assertThat(
            attached(second)
                .get(new AttachedStorageDomainService.GetRequest(world.call()))
                .master())
        .isTrue();
    assertThat(dataCenterStatus()).isEqualTo(DataCenterStatus.UP);
    attached(first).remove(new AttachedStorageDomainService.RemoveRequest(world.call()));
    removeDomain(first);
    addDisk(gibibyte("after"));
  }

  @Test
  void aDiskIsMadeExtendedAndRemoved() {
    world.addHost(0);
    attach(addDomain("data", "/export/data").requireId());
    Disk disk = addDisk(gibibyte("one"));
    String id = disk.requireId();
    assertThat(disk.provisionedSize()).isEqualTo(GIB);
    assertThat(disk.imageId()).isNotNull();
    assertThat(disk.diskProfile()).isNotNull();
    DiskService service = world.service(DiskService.class, "disks/" + id);
    service.update(
        new DiskService.UpdateRequest(
            world.call().with("disk", new Disk().provisionedSize(2 * GIB).alias("two"))));
    awaitOk(id);
    assertThat(disk(id).provisionedSize()).isEqualTo(2 * GIB);
    assertThat(disk(id).alias()).isEqualTo("two");
    assertThatThrownBy(
            () ->
                service.update(
                    new DiskService.UpdateRequest(
                        world.call().with("disk", new Disk().provisionedSize(GIB)))))
        .isInstanceOf(ApiFault.class);
    service.remove(new DiskService.RemoveRequest(world.call()));
    assertThat(world.snapshot().find(Kinds.DISK, id)).isEmpty();
  }

  @Test
  void aMachineRunsWithItsDiskAndBecomesATemplateOfMore() {
    world.addHost(0);
    attach(addDomain("data", "/export/data").requireId());
    String vm = addVm(new Vm().name("one").template(new Template().name("Blank"))).requireId();
    String diskId = attachDisk(vm, gibibyte("")).requireId();
    awaitOk(diskId);
    assertThat(disk(diskId).alias()).isEqualTo("one_Disk1");
    VmService service = world.service(VmService.class, "vms/" + vm);
    service.start(new VmService.StartRequest(world.call()));
    awaitVm(vm, VmStatus.UP);
    assertThatThrownBy(
            () ->
                attached(world.snapshot().all(Kinds.STORAGE_DOMAIN).getFirst().id())
                    .deactivate(new AttachedStorageDomainService.DeactivateRequest(world.call())))
        .isInstanceOf(ApiFault.class);
    service.stop(new VmService.StopRequest(world.call()));
    awaitVm(vm, VmStatus.DOWN);

    String template =
        Objects.requireNonNull(
                world
                    .service(TemplatesService.class, "templates")
                    .add(
                        new TemplatesService.AddRequest(
                            world
                                .call()
                                .with(
                                    "template", new Template().name("mould").vm(new Vm().id(vm)))))
                    .entity())
            .requireId();
    world.await(
        "the template",
        now ->
            now.find(Kinds.TEMPLATE, template)
                .filter(each -> each.value().status() == TemplateStatus.OK)
                .isPresent());
    assertThat(world.snapshot().owned(Kinds.DISK_ATTACHMENT, Kinds.TEMPLATE.key(template)))
        .hasSize(1);

    String cast = addVm(new Vm().name("cast").template(new Template().id(template))).requireId();
    awaitVm(cast, VmStatus.DOWN);
    List<DiskAttachment> disks =
        attachments(cast).list(new DiskAttachmentsService.ListRequest(world.call()));
    assertThat(disks).hasSize(1);
    world.service(VmService.class, "vms/" + cast).remove(new VmService.RemoveRequest(world.call()));
    world.await(
        "the disk to go", now -> now.find(Kinds.DISK, disks.getFirst().requireId()).isEmpty());
    removeAttachment(vm, diskId, false);
    assertThat(world.snapshot().find(Kinds.DISK, diskId)).isEmpty();
  }

  private void removeAttachment(String vm, String disk, boolean detachOnly) {
    world
        .service(DiskAttachmentService.class, "vms/" + vm + "/diskattachments/" + disk)
        .remove(
            new DiskAttachmentService.RemoveRequest(world.call().with("detach_only", detachOnly)));
  }
}
