package io.overt.engine.qos;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.References;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.DiskProfileService;
import io.overt.model.services.DiskProfilesService;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.Qos;
import io.overt.model.types.QosType;
import io.overt.model.types.StorageDomain;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** {@code /diskprofiles}: how much of a storage domain's throughput a disk may have. */
public final class DiskProfiles implements DiskProfilesService {
  private static final int NAME_LIMIT = 50;
  private final Platform platform;
  private final Resource<DiskProfile> resource;
  private final Function<Key, AssignedPermissionsService> permissions;

  public DiskProfiles(Platform platform, Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.DISK_PROFILE);
    this.permissions = permissions;
  }

  /** The profiles of one storage domain. */
  public List<DiskProfile> listOwned(Call call, Key storageDomain) {
    return resource.listOwned(call, storageDomain);
  }

  @Override
  public List<DiskProfile> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<DiskProfile> add(AddRequest request) {
    DiskProfile body = platform.body(request.profile());
    return add(
        request.call(),
        body,
        Objects.requireNonNullElseGet(body.storageDomain(), StorageDomain::new));
  }

  /** Adds a profile to a storage domain. */
  public Outcome<DiskProfile> add(Call call, DiskProfile body, StorageDomain wanted) {
    Entity<DiskProfile> added =
        platform.write(
            transaction -> {
              Entity<StorageDomain> domain =
                  References.resolve(transaction, Kinds.STORAGE_DOMAIN, wanted);
              DiskProfile value =
                  body.copy()
                      .id(platform.newId())
                      .storageDomain(new StorageDomain().id(domain.id()));
              settle(transaction, value, domain, "add");
              Entity<DiskProfile> entity =
                  transaction.insert(Kinds.DISK_PROFILE, value, domain.key());
              CreationGrants.created(
                  transaction,
                  platform.caller(call),
                  entity.key(),
                  CreationGrants.Audience.EVERYONE);
              report(transaction, "USER_ADDED_DISK_PROFILE", call, entity, domain);
              return entity;
            });
    return Outcome.done(resource.present(call, added));
  }

  private static void settle(
      Transaction transaction,
      DiskProfile profile,
      Entity<StorageDomain> domain,
      String operation) {
    Names.plain(
        Names.required(profile.name(), "DiskProfile", operation), "profile.name", NAME_LIMIT);
    if (profile.qos() == null || profile.qos().id() == null) {
      profile.qos(null);
      return;
    }
    Entity<Qos> qos = References.resolveByRule(transaction, Kinds.QOS, profile.qos());
    Key owner = Objects.requireNonNull(qos.owner());
    boolean attached =
        transaction.current().find(Kinds.ATTACHED_STORAGE_DOMAIN, owner, domain.id()).isPresent();
    if (!attached || qos.value().type_() != QosType.STORAGE) {
      throw ApiFault.bad(
          "profile.qos '"
              + qos.value().name()
              + "' must be of the type storage and of the storage domain's data center");
    }
    profile.qos(new Qos().id(qos.id()));
  }

  private void report(
      Transaction transaction,
      String type,
      Call call,
      Entity<DiskProfile> profile,
      Entity<StorageDomain> domain) {
    platform
        .events()
        .append(transaction, type, platform.about(call, profile.value()).and(domain.value()));
  }

  private static Entity<StorageDomain> domain(
      Transaction transaction, Entity<DiskProfile> profile) {
    return transaction
        .find(
            Kinds.STORAGE_DOMAIN,
            Objects.requireNonNull(profile.value().storageDomain()).requireId())
        .orElseThrow(ApiFault::notFound);
  }

  @Override
  public DiskProfileService diskProfile(String id) {
    return new DiskProfileService() {
      @Override
      public DiskProfile get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<DiskProfile> update(UpdateRequest request) {
        Call call = request.call();
        DiskProfile body = platform.body(request.profile());
        Entity<DiskProfile> updated =
            platform.write(
                transaction -> {
                  Entity<DiskProfile> current = resource.require(call, transaction, id);
                  Entity<StorageDomain> domain = domain(transaction, current);
                  DiskProfile merged =
                      Updates.merge(current.value(), body, Set.of("storage_domain"));
                  settle(transaction, merged, domain, "update");
                  Entity<DiskProfile> entity = transaction.update(current, merged);
                  report(transaction, "USER_UPDATED_DISK_PROFILE", call, entity, domain);
                  return entity;
                });
        return Outcome.done(resource.present(call, updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        Call call = request.call();
        platform.write(
            transaction -> {
              Entity<DiskProfile> current = resource.require(call, transaction, id);
              Entity<StorageDomain> domain = domain(transaction, current);
              checkUnused(transaction.current(), current, domain);
              report(transaction, "USER_REMOVED_DISK_PROFILE", call, current, domain);
              transaction.delete(current);
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public AssignedPermissionsService permissions() {
        return permissions.apply(Kinds.DISK_PROFILE.key(id));
      }
    };
  }

  private static void checkUnused(
      Snapshot snapshot, Entity<DiskProfile> profile, Entity<StorageDomain> domain) {
    if (snapshot.referrers(Kinds.DISK_PROFILE, "storage_domain", domain.id()).size() == 1) {
      throw ApiFault.bad(
          "Disk profile '"
              + profile.value().name()
              + "' is the last one of storage domain '"
              + domain.value().name()
              + "' and must stay.");
    }
    List<String> disks =
        snapshot.referrers(Kinds.DISK, "disk_profile", profile.id()).stream()
            .map(disk -> String.valueOf(disk.value().alias()))
            .toList();
    if (!disks.isEmpty()) {
      throw ApiFault.bad(
          "Disk profile '" + profile.value().name() + "' is used by the disks " + disks + ".");
    }
  }
}
