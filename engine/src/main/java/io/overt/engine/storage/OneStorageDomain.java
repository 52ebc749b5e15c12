package io.overt.engine.storage;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedDiskProfileService;
import io.overt.model.services.AssignedDiskProfilesService;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.DiskSnapshotsService;
import io.overt.model.services.FilesService;
import io.overt.model.services.StorageDomainDisksService;
import io.overt.model.services.StorageDomainServerConnectionService;
import io.overt.model.services.StorageDomainServerConnectionsService;
import io.overt.model.services.StorageDomainService;
import io.overt.model.services.StorageDomainTemplateService;
import io.overt.model.services.StorageDomainTemplatesService;
import io.overt.model.services.StorageDomainVmService;
import io.overt.model.services.StorageDomainVmsService;
import io.overt.model.types.Action;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.File;
import io.overt.model.types.Host;
import io.overt.model.types.StorageConnection;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@code /storagedomains/{id}}. */
final class OneStorageDomain implements StorageDomainService {
  private static final Set<String> READ_ONLY =
      Set.of(
          "status",
          "available",
          "used",
          "committed",
          "master",
          "type",
          "storage",
          "storage_format",
          "external_status",
          "block_size",
          "host",
          "import",
          "data_center",
          "supports_discard",
          "supports_discard_zeroes_data",
          "storage_connections");

  private final Platform platform;
  private final DomainWork work;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final Function<String, StorageDomainDisksService> disks;
  private final Resource<StorageDomain> resource;
  private final String id;

  OneStorageDomain(
      Platform platform,
      DomainWork work,
      Function<Key, AssignedPermissionsService> permissions,
      Function<String, StorageDomainDisksService> disks,
      Resource<StorageDomain> resource,
      String id) {
    this.platform = platform;
    this.work = work;
    this.permissions = permissions;
    this.disks = disks;
    this.resource = resource;
    this.id = id;
  }

  @Override
  public StorageDomain get(GetRequest request) {
    return resource.get(request.call(), id);
  }

  @Override
  public Outcome<StorageDomain> update(UpdateRequest request) {
    Call call = request.call();
    Entity<StorageDomain> updated =
        platform.write(
            transaction -> {
              Entity<StorageDomain> current = resource.require(call, transaction, id);
              StorageDomain merged =
                  Updates.merge(current.value(), platform.body(request.storageDomain()), READ_ONLY);
              Names.plain(
                  Names.required(merged.name(), "StorageDomain", "update"),
                  "storage_domain.name",
                  StorageDomains.NAME_LIMIT);
              Entity<StorageDomain> entity = transaction.update(current, merged);
              platform.report(transaction, "USER_UPDATE_STORAGE_DOMAIN", call, entity.value());
              return entity;
            });
    return Outcome.done(resource.present(call, updated));
  }

  /** With {@code destroy} only the inventory forgets it; else a host lets go of it, or formats. */
  @Override
  public Outcome<Struct> remove(RemoveRequest request) {
    Call call = request.call();
    if (Boolean.TRUE.equals(request.destroy())) {
      destroy(call);
      return Outcome.removed();
    }
    String hostName = request.host();
    String job =
        platform.write(
            transaction -> {
              Entity<StorageDomain> domain = resource.require(call, transaction, id);
              if (hostName == null || hostName.isEmpty()) {
                throw ApiFault.incomplete("StorageDomain", "host.id|name", "remove");
              }
              if (domain.value().status() != StorageDomainStatus.UNATTACHED) {
                throw ApiFault.conflict(
                    "Cannot remove storage domain '%s': detach it from its data center first."
                        .formatted(domain.value().name()));
              }
              Entity<Host> host = host(transaction, hostName);
              StorageDomains.requireUp(host);
              transaction.update(domain, domain.value().copy().status(StorageDomainStatus.LOCKED));
              return work.start(
                  transaction,
                  call,
                  DomainWork.REMOVE,
                  "Removing storage domain " + domain.value().name(),
                  Map.of(
                      DomainWork.DOMAIN,
                      id,
                      DomainWork.HOST,
                      host.id(),
                      DomainWork.FORMAT,
                      String.valueOf(Boolean.TRUE.equals(request.format()))));
            });
    return work.await(job) ? new Outcome<>(null, job, false) : Outcome.removing(job);
  }

  private static Entity<Host> host(Transaction transaction, String idOrName) {
    return transaction
        .find(Kinds.HOST, idOrName)
        .or(() -> References.byName(transaction, Kinds.HOST, idOrName))
        .orElseThrow(() -> ApiFault.missing("Host: id|name=" + idOrName));
  }

  private void destroy(Call call) {
    platform.write(
        transaction -> {
          Entity<StorageDomain> domain = resource.require(call, transaction, id);
          for (Entity<Vm> vm : machines(transaction.snapshot())) {
            if (vm.value().status() != null && vm.value().status() != VmStatus.DOWN) {
              throw ApiFault.conflict(
                  "VM '%s' runs from storage domain '%s'."
                      .formatted(vm.value().name(), domain.value().name()));
            }
          }
          work.forget(transaction, domain);
          platform.report(transaction, "USER_FORCE_REMOVE_STORAGE_DOMAIN", call, domain.value());
          return id;
        });
  }

  @Override
  public Outcome<Action> isAttached(IsAttachedRequest request) {
    resource.get(request.call(), id);
    boolean attached = DomainPresenter.attachment(platform.snapshot(), id).isPresent();
    Action answer = new Action();
    if (answer.type().find("is_attached") != null) {
      answer.set("is_attached", attached);
    }
    return Outcome.done(answer);
  }

  @Override
  public AssignedPermissionsService permissions() {
    return permissions.apply(Kinds.STORAGE_DOMAIN.key(id));
  }

  @Override
  public StorageDomainDisksService disks() {
    return disks.apply(id);
  }

  private List<Entity<Vm>> machines(Snapshot snapshot) {
    return owners(snapshot, DomainUsers::machines, Kinds.VM);
  }

  private <T extends Struct> List<Entity<T>> owners(
      Snapshot snapshot, BiFunction<Snapshot, String, List<Entity<T>>> ownersOfDisk, Kind<T> kind) {
    return DomainUsers.disks(snapshot, id).stream()
        .flatMap(disk -> ownersOfDisk.apply(snapshot, disk.id()).stream())
        .distinct()
        .sorted(kind.order())
        .toList();
  }

  @Override
  public StorageDomainVmsService vms() {
    Resource<Vm> vms = new Resource<>(platform, Kinds.VM);
    return new StorageDomainVmsService() {
      @Override
      public List<Vm> list(ListRequest request) {
        Snapshot snapshot = platform.snapshot();
        resource.require(request.call(), snapshot, id);
        return Boolean.TRUE.equals(request.unregistered())
            ? List.of()
            : vms.list(request.call(), snapshot, machines(snapshot));
      }

      @Override
      public StorageDomainVmService vm(String vmId) {
        return new StorageDomainVmService() {
          @Override
          public Vm get(GetRequest request) {
            requireAmong(machines(platform.snapshot()), vmId);
            return vms.get(request.call(), vmId);
          }
        };
      }
    };
  }

  private static <T extends Struct> void requireAmong(List<Entity<T>> all, String wanted) {
    if (all.stream().noneMatch(each -> each.id().equals(wanted))) {
      throw ApiFault.notFound();
    }
  }

  @Override
  public StorageDomainTemplatesService templates() {
    Resource<Template> templates = new Resource<>(platform, Kinds.TEMPLATE);
    return new StorageDomainTemplatesService() {
      private List<Entity<Template>> here(Snapshot snapshot) {
        return owners(snapshot, DomainUsers::templates, Kinds.TEMPLATE);
      }

      @Override
      public List<Template> list(ListRequest request) {
        Snapshot snapshot = platform.snapshot();
        resource.require(request.call(), snapshot, id);
        return Boolean.TRUE.equals(request.unregistered())
            ? List.of()
            : templates.list(request.call(), snapshot, here(snapshot));
      }

      @Override
      public StorageDomainTemplateService template(String templateId) {
        return new StorageDomainTemplateService() {
          @Override
          public Template get(GetRequest request) {
            requireAmong(here(platform.snapshot()), templateId);
            return templates.get(request.call(), templateId);
          }
        };
      }
    };
  }

  @Override
  public StorageDomainServerConnectionsService storageConnections() {
    Resource<StorageConnection> connections = new Resource<>(platform, Kinds.STORAGE_CONNECTION);
    return new StorageDomainServerConnectionsService() {
      private List<Entity<StorageConnection>> here(Call call, Snapshot snapshot) {
        StorageDomain domain = resource.require(call, snapshot, id).value();
        return HostStorage.connections(snapshot, domain).stream()
            .flatMap(each -> snapshot.find(Kinds.STORAGE_CONNECTION, each.requireId()).stream())
            .toList();
      }

      @Override
      public List<StorageConnection> list(ListRequest request) {
        Snapshot snapshot = platform.snapshot();
        return connections.list(request.call(), snapshot, here(request.call(), snapshot));
      }

      @Override
      public StorageDomainServerConnectionService connection(String connectionId) {
        return new StorageDomainServerConnectionService() {
          @Override
          public StorageConnection get(GetRequest request) {
            requireAmong(here(request.call(), platform.snapshot()), connectionId);
            return connections.get(request.call(), connectionId);
          }
        };
      }
    };
  }

  @Override
  public AssignedDiskProfilesService diskProfiles() {
    Resource<DiskProfile> profiles = new Resource<>(platform, Kinds.DISK_PROFILE);
    return new AssignedDiskProfilesService() {
      private List<Entity<DiskProfile>> here(Snapshot snapshot) {
        return snapshot.referrers(Kinds.DISK_PROFILE, "storage_domain", id);
      }

      @Override
      public List<DiskProfile> list(ListRequest request) {
        Snapshot snapshot = platform.snapshot();
        resource.require(request.call(), snapshot, id);
        return profiles.list(request.call(), snapshot, here(snapshot));
      }

      @Override
      public AssignedDiskProfileService profile(String profileId) {
        return new AssignedDiskProfileService() {
          @Override
          public DiskProfile get(GetRequest request) {
            requireAmong(here(platform.snapshot()), profileId);
            return profiles.get(request.call(), profileId);
          }
        };
      }
    };
  }

  /** Images of CDs and floppies; data domains show none. */
  @Override
  public FilesService files() {
    return new FilesService() {
      @Override
      public List<File> list(ListRequest request) {
        resource.get(request.call(), id);
        return List.of();
      }
    };
  }

  @Override
  public DiskSnapshotsService diskSnapshots() {
    Resource<DiskSnapshot> snapshots = new Resource<>(platform, Kinds.DISK_SNAPSHOT);
    return new DiskSnapshotsService() {
      @Override
      public List<DiskSnapshot> list(ListRequest request) {
        Snapshot snapshot = platform.snapshot();
        resource.require(request.call(), snapshot, id);
        return snapshots.list(
            request.call(),
            snapshot,
            snapshot.referrers(Kinds.DISK_SNAPSHOT, "storage_domains", id));
      }
    };
  }
}
