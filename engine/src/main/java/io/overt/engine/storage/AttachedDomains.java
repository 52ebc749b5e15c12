package io.overt.engine.storage;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.StorageHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AttachedStorageDomainDisksService;
import io.overt.model.services.AttachedStorageDomainService;
import io.overt.model.services.AttachedStorageDomainsService;
import io.overt.model.types.Action;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** {@code /datacenters/{id}/storagedomains}: the storage domains of a data center. */
public final class AttachedDomains implements AttachedStorageDomainsService {
  private static final Set<StorageDomainStatus> AT_REST =
      Set.of(
          StorageDomainStatus.MAINTENANCE,
          StorageDomainStatus.INACTIVE,
          StorageDomainStatus.UNKNOWN);
  private final Platform platform;
  private final DomainWork work;
  private final DomainPresenter presenter;
  private final Function<String, AttachedStorageDomainDisksService> disks;
  private final Resource<DataCenter> dataCenters;
  private final Resource<StorageDomain> domains;
  private final String dataCenter;
  private final Key owner;

  /**
   * @param disks those of the storage domain with that id
   */
  public AttachedDomains(
      Platform platform,
      DomainWork work,
      DomainSpace space,
      Function<String, AttachedStorageDomainDisksService> disks,
      String dataCenter) {
    this.platform = platform;
    this.work = work;
    this.presenter = new DomainPresenter(space);
    this.disks = disks;
    this.dataCenters = new Resource<>(platform, Kinds.DATA_CENTER);
    this.domains = new Resource<>(platform, Kinds.STORAGE_DOMAIN);
    this.dataCenter = dataCenter;
    this.owner = Kinds.DATA_CENTER.key(dataCenter);
  }

  @Override
  public List<StorageDomain> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    dataCenters.require(request.call(), snapshot, dataCenter);
    return snapshot.owned(Kinds.ATTACHED_STORAGE_DOMAIN, owner).stream()
        .map(each -> presenter.attached(each, snapshot))
        .limit(Resource.limit(request.call()))
        .toList();
  }

  @Override
  public Outcome<StorageDomain> add(AddRequest request) {
    Call call = request.call();
    StorageDomain body = platform.body(request.storageDomain());
    String[] ids = new String[1];
    String job =
        platform.write(
            transaction -> {
              Entity<DataCenter> pool = dataCenters.require(call, transaction, dataCenter);
              Entity<StorageDomain> domain =
                  References.resolve(transaction, Kinds.STORAGE_DOMAIN, body);
              ids[0] = domain.id();
              requireAttachable(transaction, pool, domain);
              boolean first =
                  DomainWork.master(
                          transaction.snapshot().owned(Kinds.ATTACHED_STORAGE_DOMAIN, owner))
                      .isEmpty();
              transaction.insert(
                  Kinds.ATTACHED_STORAGE_DOMAIN,
                  new StorageDomain()
                      .id(domain.id())
                      .status(StorageDomainStatus.LOCKED)
                      .master(first),
                  owner,
                  first ? Map.of(DomainWork.MASTER_VERSION, "1") : Map.of());
              transaction.requireUnchanged(Kinds.ATTACHED_STORAGE_DOMAIN);
              transaction.update(domain, domain.value().copy().status(StorageDomainStatus.LOCKED));
              return start(
                  transaction, call, DomainWork.ATTACH, "Attaching storage domain", domain);
            });
    boolean ended = work.await(job);
    StorageDomain shown = shown(call, ids[0]);
    return ended ? Outcome.done(shown, job) : Outcome.started(shown, job);
  }

  private void requireAttachable(
      Transaction transaction, Entity<DataCenter> pool, Entity<StorageDomain> domain) {
    String name = String.valueOf(domain.value().name());
    DomainPresenter.attachment(transaction.snapshot(), domain.id())
        .ifPresent(
            other -> {
              throw ApiFault.conflict(
                  "Storage domain '%s' is attached to a data center already.".formatted(name));
            });
    if (domain.value().status() != StorageDomainStatus.UNATTACHED) {
      throw ApiFault.conflict("Storage domain '%s' is locked by another job.".formatted(name));
    }
    boolean first = transaction.snapshot().owned(Kinds.ATTACHED_STORAGE_DOMAIN, owner).isEmpty();
    if (first && domain.value().type_() != StorageDomainType.DATA) {
      throw ApiFault.conflict(
          "The first storage domain of data center '%s' must be a data domain, and '%s' is not."
              .formatted(pool.value().name(), name));
    }
    requireHost(transaction, "attach storage domain '" + name + "'");
  }

  private void requireHost(Transaction transaction, String what) {
    if (StorageHosts.up(transaction.snapshot(), dataCenter).isEmpty()) {
      throw ApiFault.conflict("Cannot " + what + ": no host of the data center is up.");
    }
  }

  private String start(
      Transaction transaction,
      Call call,
      String operation,
      String text,
      Entity<StorageDomain> domain) {
    return work.start(
        transaction,
        call,
        operation,
        text + " " + name(transaction.current(), domain.id()),
        Map.of(DomainWork.DOMAIN, domain.id(), DomainWork.DATA_CENTER, dataCenter));
  }

  private static String name(Snapshot snapshot, String domain) {
    return snapshot
        .find(Kinds.STORAGE_DOMAIN, domain)
        .map(each -> each.value().name())
        .orElse(domain);
  }

  private StorageDomain shown(Call call, String id) {
    Snapshot snapshot = platform.snapshot();
    dataCenters.require(call, snapshot, dataCenter);
    domains.require(call, snapshot, id);
    return presenter.attached(
        snapshot.find(Kinds.ATTACHED_STORAGE_DOMAIN, owner, id).orElseThrow(ApiFault::notFound),
        snapshot);
  }

  @Override
  public AttachedStorageDomainService storageDomain(String id) {
    return new AttachedStorageDomainService() {
      @Override
      public StorageDomain get(GetRequest request) {
        return shown(request.call(), id);
      }

      @Override
      public Outcome<Action> activate(ActivateRequest request) {
        return acting(
            platform.write(
                transaction -> {
                  Entity<StorageDomain> attached = require(request.call(), transaction, id);
                  if (!AT_REST.contains(attached.value().status())) {
                    throw wrongState(transaction, attached, "activate");
                  }
                  requireHost(transaction, "activate storage domain " + id);
                  update(transaction, attached, StorageDomainStatus.ACTIVATING);
                  return start(
                      transaction,
                      request.call(),
                      DomainWork.ACTIVATE,
                      "Activating storage domain",
                      attached);
                }));
      }

      @Override
      public Outcome<Action> deactivate(DeactivateRequest request) {
        return acting(
            platform.write(
                transaction -> {
                  Entity<StorageDomain> attached = require(request.call(), transaction, id);
                  StorageDomainStatus status = attached.value().status();
                  if (status != StorageDomainStatus.ACTIVE
                      && status != StorageDomainStatus.INACTIVE
                      && status != StorageDomainStatus.UNKNOWN) {
                    throw wrongState(transaction, attached, "deactivate");
                  }
                  requireUnused(transaction.snapshot(), id);
                  update(transaction, attached, StorageDomainStatus.PREPARING_FOR_MAINTENANCE);
                  return start(
                      transaction,
                      request.call(),
                      DomainWork.DEACTIVATE,
                      "Deactivating storage domain",
                      attached);
                }));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        String job =
            platform.write(
                transaction -> {
                  Entity<StorageDomain> attached = require(request.call(), transaction, id);
                  if (!AT_REST.contains(attached.value().status())) {
                    throw wrongState(transaction, attached, "detach");
                  }
                  requireNoDisks(transaction.snapshot(), id);
                  requireHost(transaction, "detach storage domain " + id);
                  update(transaction, attached, StorageDomainStatus.DETACHING);
                  return start(
                      transaction,
                      request.call(),
                      DomainWork.DETACH,
                      "Detaching storage domain",
                      attached);
                });
        return work.await(job) ? new Outcome<>(null, job, false) : Outcome.removing(job);
      }

      @Override
      public AttachedStorageDomainDisksService disks() {
        return disks.apply(id);
      }
    };
  }

  private Outcome<Action> acting(String job) {
    return work.await(job) ? Outcome.done(new Action(), job) : Outcome.started(new Action(), job);
  }

  private Entity<StorageDomain> require(Call call, Transaction transaction, String id) {
    dataCenters.require(call, transaction, dataCenter);
    domains.require(call, transaction, id);
    return transaction
        .current()
        .find(Kinds.ATTACHED_STORAGE_DOMAIN, owner, id)
        .orElseThrow(ApiFault::notFound);
  }

  private static void update(
      Transaction transaction, Entity<StorageDomain> attached, StorageDomainStatus status) {
    transaction.update(attached, attached.value().copy().status(status));
  }

  private static ApiFault wrongState(
      Transaction transaction, Entity<StorageDomain> attached, String what) {
    StorageDomainStatus status =
        Objects.requireNonNullElse(attached.value().status(), StorageDomainStatus.UNKNOWN);
    return ApiFault.conflict(
        "Cannot %s storage domain '%s' while it is %s."
            .formatted(what, name(transaction.snapshot(), attached.id()), status.wire()));
  }

  /** No machine may run from it, and no job may work on it. */
  private static void requireUnused(Snapshot snapshot, String domain) {
    for (Entity<Disk> disk : snapshot.referrers(Kinds.DISK, "storage_domains", domain)) {
      if (disk.value().status() == DiskStatus.LOCKED) {
        throw ApiFault.conflict(
            "Disk '%s' of the storage domain is locked by a job.".formatted(disk.value().alias()));
      }
      for (Entity<Vm> vm : DomainUsers.machines(snapshot, disk.id())) {
        if (vm.value().status() != null && vm.value().status() != VmStatus.DOWN) {
          throw ApiFault.conflict(
              "VM '%s' runs from the storage domain; stop it first.".formatted(vm.value().name()));
        }
      }
    }
  }

  private static void requireNoDisks(Snapshot snapshot, String domain) {
    List<String> names =
        snapshot.referrers(Kinds.DISK, "storage_domains", domain).stream()
            .map(disk -> String.valueOf(disk.value().alias()))
            .toList();
    if (!names.isEmpty()) {
      throw ApiFault.conflict(
          "The storage domain still has the disks %s; remove them first."
              .formatted(String.join(", ", names)));
    }
  }
}
