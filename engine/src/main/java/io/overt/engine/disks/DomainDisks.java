package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.AttachedStorageDomainDiskService;
import io.overt.model.services.AttachedStorageDomainDisksService;
import io.overt.model.services.DiskService;
import io.overt.model.services.StatisticsService;
import io.overt.model.services.StorageDomainDiskService;
import io.overt.model.services.StorageDomainDisksService;
import io.overt.model.types.Action;
import io.overt.model.types.Disk;
import io.overt.model.types.StorageDomain;
import java.util.List;
import java.util.function.Function;

/** The disks of one storage domain, as its own collection and as its data center's. */
public final class DomainDisks {
  private final Platform platform;
  private final DiskWork work;
  private final NewDisks newDisks;
  private final Resource<StorageDomain> domains;
  private final Resource<Disk> resource;
  private final Function<String, DiskService> disks;
  private final String domain;

  /**
   * @param disks serves a disk by its id, wherever it is
   */
  public DomainDisks(
      Platform platform, DiskWork work, Function<String, DiskService> disks, String domain) {
    this.platform = platform;
    this.disks = disks;
    this.work = work;
    this.newDisks = new NewDisks(platform, work);
    this.domains = new Resource<>(platform, Kinds.STORAGE_DOMAIN);
    this.resource = new Resource<>(platform, Kinds.DISK);
    this.domain = domain;
  }

  private List<Disk> list(Call call, boolean unregistered) {
    Snapshot snapshot = platform.snapshot();
    domains.require(call, snapshot, domain);
    List<Entity<Disk>> here = snapshot.referrers(Kinds.DISK, "storage_domains", domain);
    return unregistered ? List.of() : resource.list(call, snapshot, here);
  }

  private Outcome<Disk> add(Call call, Disk body) {
    Disk here = body.copy().storageDomains(List.of(new StorageDomain().id(domain)));
    NewDisks.Started started =
        platform.write(
            transaction -> {
              domains.require(call, transaction, domain);
              return newDisks.add(transaction, call, here, null, "disk");
            });
    return Outcome.started(resource.present(call, started.disk()), started.job());
  }

  private Disk get(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    domains.require(call, snapshot, domain);
    Entity<Disk> disk = resource.require(call, snapshot, id);
    if (!DiskRules.domainOf(disk.value()).equals(domain)) {
      throw ApiFault.notFound();
    }
    return resource.present(call, disk);
  }

  private Outcome<Struct> remove(Call call, String id) {
    get(call, id);
    String job =
        platform.write(
            transaction ->
                OneDisk.remove(
                    platform, work, transaction, call, resource.require(call, transaction, id)));
    return work.await(job) ? new Outcome<>(null, job, false) : Outcome.removing(job);
  }

  private Outcome<Disk> update(Call call, String id) {
    get(call, id);
    return disks.apply(id).update(new DiskService.UpdateRequest(call));
  }

  private Outcome<Action> copy(Call call, String id) {
    get(call, id);
    return disks.apply(id).copy(new DiskService.CopyRequest(call));
  }

  /** {@code /storagedomains/{id}/disks}. */
  public StorageDomainDisksService ofDomain() {
    return new StorageDomainDisksService() {
      @Override
      public List<Disk> list(ListRequest request) {
        return DomainDisks.this.list(request.call(), Boolean.TRUE.equals(request.unregistered()));
      }

      @Override
      public Outcome<Disk> add(AddRequest request) {
        return DomainDisks.this.add(request.call(), platform.body(request.disk()));
      }

      @Override
      public StorageDomainDiskService disk(String id) {
        return new StorageDomainDiskService() {
          @Override
          public Disk get(GetRequest request) {
            return DomainDisks.this.get(request.call(), id);
          }

          @Override
          public Outcome<Struct> remove(RemoveRequest request) {
            return DomainDisks.this.remove(request.call(), id);
          }

          @Override
          public Outcome<Disk> update(UpdateRequest request) {
            return DomainDisks.this.update(request.call(), id);
          }

          @Override
          public Outcome<Action> copy(CopyRequest request) {
            return DomainDisks.this.copy(request.call(), id);
          }

          @Override
          public AssignedPermissionsService permissions() {
            return disks.apply(id).permissions();
          }

          @Override
          public StatisticsService statistics() {
            return disks.apply(id).statistics();
          }
        };
      }
    };
  }

  /** {@code /datacenters/{id}/storagedomains/{id}/disks}. */
  public AttachedStorageDomainDisksService ofDataCenter() {
    return new AttachedStorageDomainDisksService() {
      @Override
      public List<Disk> list(ListRequest request) {
        return DomainDisks.this.list(request.call(), false);
      }

      @Override
      public Outcome<Disk> add(AddRequest request) {
        return DomainDisks.this.add(request.call(), platform.body(request.disk()));
      }

      @Override
      public AttachedStorageDomainDiskService disk(String id) {
        return new AttachedStorageDomainDiskService() {
          @Override
          public Disk get(GetRequest request) {
            return DomainDisks.this.get(request.call(), id);
          }

          @Override
          public Outcome<Struct> remove(RemoveRequest request) {
            return DomainDisks.this.remove(request.call(), id);
          }

          @Override
          public Outcome<Disk> update(UpdateRequest request) {
            return DomainDisks.this.update(request.call(), id);
          }

          @Override
          public Outcome<Action> copy(CopyRequest request) {
            return DomainDisks.this.copy(request.call(), id);
          }

          @Override
          public AssignedPermissionsService permissions() {
            return disks.apply(id).permissions();
          }

          @Override
          public StatisticsService statistics() {
            return disks.apply(id).statistics();
          }
        };
      }
    };
  }
}
