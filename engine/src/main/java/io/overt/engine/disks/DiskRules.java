package io.overt.engine.disks;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.References;
import io.overt.engine.storage.DomainUsers;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskBackup;
import io.overt.model.types.DiskContentType;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.DiskStorageType;
import io.overt.model.types.HostStorage;
import io.overt.model.types.LogicalUnit;
import io.overt.model.types.QcowVersion;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.StorageDomainStatus;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a disk must be, where it may lie, and when it may change. */
final class DiskRules {
  /** Private attribute of a disk that is a layer: the disk below it. */
  static final String PARENT = "parent";

  private static final int ALIAS_LIMIT = 255;

  private DiskRules() {}

  /** The name, which clients give as either of two members. */
  static @Nullable String alias(Disk disk) {
    String alias = disk.alias();
    return alias == null || alias.isEmpty() ? disk.name() : alias;
  }

  /** What a body must say, before anything that it refers to is looked up. */
  static void requireComplete(Disk body) {
    HostStorage lun = body.lunStorage();
    List<LogicalUnit> units = lun == null ? null : lun.logicalUnits();
    if (lun != null && (units == null || units.isEmpty())) {
      throw ApiFault.incomplete("LogicalUnit", "id", "add");
    }
    if (lun != null && lun.type_() == null) {
      throw ApiFault.incomplete("HostStorage", "type", "add");
    }
    if (lun != null) {
      throw ApiFault.bad("disk.lun_storage is given but only image disks are served");
    }
    List<String> missing = new ArrayList<>();
    if (body.provisionedSize() == null) {
      missing.add("provisionedSize");
    }
    if (body.format() == null) {
      missing.add("format");
    }
    if (!missing.isEmpty()) {
      throw ApiFault.incomplete("Disk", String.join(", ", missing), "add");
    }
  }

  /**
   * The new disk with everything that clients expect to see; not yet made on storage.
   *
   * @param body that {@link #requireComplete} accepts
   */
  static Disk complete(Disk body, String id, String volume, String domain, String fallbackAlias) {
    long size = Objects.requireNonNull(body.provisionedSize());
    if (size <= 0) {
      throw ApiFault.bad("disk.provisioned_size is " + size + " but must be positive");
    }
    if (body.storageType() != null && body.storageType() != DiskStorageType.IMAGE) {
      throw ApiFault.bad(
          "disk.storage_type is '%s' but only image is served"
              .formatted(body.storageType().wire()));
    }
    String given = alias(body);
    String alias = given == null || given.isEmpty() ? fallbackAlias : given;
    boolean cow = body.format() == DiskFormat.COW;
    Disk disk =
        new Disk()
            .id(id)
            .alias(alias)
            .name(alias)
            .description(Objects.requireNonNullElse(body.description(), ""))
            .actualSize(0L)
            .totalSize(0L)
            .backup(Objects.requireNonNullElse(body.backup(), DiskBackup.NONE))
            .contentType(Objects.requireNonNullElse(body.contentType(), DiskContentType.DATA))
            .format(body.format())
            .imageId(volume)
            .propagateErrors(Boolean.TRUE.equals(body.propagateErrors()))
            .provisionedSize((size + 511) / 512 * 512)
            .shareable(Boolean.TRUE.equals(body.shareable()))
            .sparse(Objects.requireNonNullElse(body.sparse(), true))
            .status(DiskStatus.LOCKED)
            .storageType(DiskStorageType.IMAGE)
            .wipeAfterDelete(Boolean.TRUE.equals(body.wipeAfterDelete()))
            .quota(body.quota())
            .storageDomains(List.of(new StorageDomain().id(domain)));
    if (cow) {
      disk.qcowVersion(QcowVersion.QCOW2_V3);
    }
    return checked(disk);
  }

  static Disk checked(Disk disk) {
    List<String> problems = new ArrayList<>();
    Names.length(Objects.requireNonNullElse(disk.alias(), ""), "disk.alias", ALIAS_LIMIT);
    boolean cow = disk.format() == DiskFormat.COW;
    if (cow && Boolean.FALSE.equals(disk.sparse())) {
      problems.add("a cow disk must be sparse");
    }
    if (cow && Boolean.TRUE.equals(disk.shareable())) {
      problems.add("a shareable disk must have the format raw");
    }
    if (!cow && disk.backup() == DiskBackup.INCREMENTAL) {
      problems.add("incremental backup needs the format cow");
    }
    if (!problems.isEmpty()) {
      throw ApiFault.bad("Disk '" + disk.alias() + "': " + String.join(", ", problems));
    }
    return disk;
  }

  /** The domain that a disk lies on. */
  static String domainOf(Disk disk) {
    List<StorageDomain> domains = Objects.requireNonNullElse(disk.storageDomains(), List.of());
    return domains.isEmpty() ? "" : domains.getFirst().requireId();
  }

  /** The data center in which a domain is active, if it is. */
  static Optional<String> activeIn(Snapshot snapshot, String domain) {
    return snapshot.referrers(Kinds.ATTACHED_STORAGE_DOMAIN, "id", domain).stream()
        .filter(attached -> attached.value().status() == StorageDomainStatus.ACTIVE)
        .map(attached -> Objects.requireNonNull(attached.owner()).id())
        .findFirst();
  }

  /**
   * The domain for a new disk: the one that the body names, or the only one there is.
   *
   * @param dataCenter where it must be, null for anywhere
   */
  static String domain(Snapshot snapshot, Disk body, @Nullable String dataCenter) {
    StorageDomain named = named(body);
    Entity<StorageDomain> domain =
        named == null ? only(snapshot, dataCenter) : find(snapshot, named);
    String name = String.valueOf(domain.value().name());
    if (domain.value().type_() != StorageDomainType.DATA) {
      throw ApiFault.conflict("Storage domain '" + name + "' is not a data domain.");
    }
    Optional<String> active = activeIn(snapshot, domain.id());
    if (active.isEmpty()) {
      throw ApiFault.conflict("Storage domain '" + name + "' is not active.");
    }
    if (dataCenter != null && !dataCenter.equals(active.get())) {
      throw ApiFault.conflict(
          "Storage domain '" + name + "' belongs to another data center than the machine.");
    }
    return domain.id();
  }

  private static @Nullable StorageDomain named(Disk body) {
    List<StorageDomain> domains = body.storageDomains();
    if (domains != null && !domains.isEmpty()) {
      return domains.getFirst();
    }
    return body.storageDomain();
  }

  private static Entity<StorageDomain> find(Snapshot snapshot, StorageDomain reference) {
    String id = reference.id();
    String name = reference.name();
    Optional<Entity<StorageDomain>> found =
        id != null
            ? snapshot.find(Kinds.STORAGE_DOMAIN, References.uuid(id))
            : name == null ? Optional.empty() : snapshot.byName(Kinds.STORAGE_DOMAIN, "", name);
    return found.orElseThrow(
        () -> ApiFault.missing("StorageDomain: " + (id != null ? "id=" + id : "name=" + name)));
  }

  private static Entity<StorageDomain> only(Snapshot snapshot, @Nullable String dataCenter) {
    List<Entity<StorageDomain>> candidates =
        snapshot.all(Kinds.STORAGE_DOMAIN).stream()
            .filter(each -> each.value().type_() == StorageDomainType.DATA)
            .filter(
                each ->
                    activeIn(snapshot, each.id())
                        .filter(active -> dataCenter == null || dataCenter.equals(active))
                        .isPresent())
            .toList();
    if (candidates.size() != 1) {
      throw ApiFault.incomplete("Disk", "storageDomains.storageDomain.id|name", "add");
    }
    return candidates.getFirst();
  }

  /** The profile that the body names, or the domain's first. */
  static @Nullable DiskProfile profile(Snapshot snapshot, Disk body, String domain) {
    List<Entity<DiskProfile>> profiles =
        snapshot.referrers(Kinds.DISK_PROFILE, "storage_domain", domain);
    DiskProfile wanted = body.diskProfile();
    String id = wanted == null ? null : wanted.id();
    if (id == null) {
      return profiles.isEmpty() ? null : new DiskProfile().id(profiles.getFirst().id());
    }
    if (profiles.stream().noneMatch(profile -> profile.id().equals(id))) {
      throw ApiFault.missing("DiskProfile: id=" + id);
    }
    return new DiskProfile().id(id);
  }

  static void requireOk(Entity<Disk> disk, String what) {
    DiskStatus status = Objects.requireNonNullElse(disk.value().status(), DiskStatus.OK);
    if (status == DiskStatus.LOCKED) {
      throw ApiFault.conflict(
          "Cannot %s disk '%s': it is locked by a job.".formatted(what, disk.value().alias()));
    }
  }

  static void requireActive(Snapshot snapshot, Entity<Disk> disk, String what) {
    if (activeIn(snapshot, domainOf(disk.value())).isEmpty()) {
      throw ApiFault.conflict(
          "Cannot %s disk '%s': its storage domain is not active."
              .formatted(what, disk.value().alias()));
    }
  }

  /** No machine that uses the disk may be running. */
  static void requireIdle(Snapshot snapshot, Entity<Disk> disk, String what) {
    for (Entity<Vm> vm : DomainUsers.machines(snapshot, disk.id())) {
      if (running(vm.value())) {
        throw ApiFault.conflict(
            "Cannot %s disk '%s': VM '%s' is %s."
                .formatted(
                    what,
                    disk.value().alias(),
                    vm.value().name(),
                    Objects.requireNonNull(vm.value().status()).wire()));
      }
    }
  }

  /** The machine that runs with the disk, as long as it is only one. */
  static Optional<Entity<Vm>> runningUser(Snapshot snapshot, String disk) {
    List<Entity<Vm>> users =
        DomainUsers.machines(snapshot, disk).stream()
            .filter(vm -> vm.value().host() != null && running(vm.value()))
            .toList();
    return users.size() == 1 ? Optional.of(users.getFirst()) : Optional.empty();
  }

  /** A machine that uses the disk must be down, or up and the only one. */
  static void requireIdleOrUp(Snapshot snapshot, Entity<Disk> disk, String what) {
    boolean up =
        runningUser(snapshot, disk.id())
            .map(vm -> vm.value().status())
            .filter(status -> status == VmStatus.UP || status == VmStatus.PAUSED)
            .isPresent();
    if (!up) {
      requireIdle(snapshot, disk, what);
    }
  }

  static boolean running(Vm vm) {
    VmStatus status = vm.status();
    return status != null && status != VmStatus.DOWN && status != VmStatus.IMAGE_LOCKED;
  }

  /** Neither a template nor a layer may need it. */
  static void requireRemovable(Snapshot snapshot, Entity<Disk> disk, @Nullable Key owner) {
    for (Entity<Template> template : DomainUsers.templates(snapshot, disk.id())) {
      if (!template.key().equals(owner)) {
        throw ApiFault.conflict(
            "Cannot remove disk '%s': it belongs to template '%s'."
                .formatted(disk.value().alias(), template.value().name()));
      }
    }
    for (Entity<Disk> other : snapshot.all(Kinds.DISK)) {
      if (disk.id().equals(other.internal(PARENT))) {
        throw ApiFault.conflict(
            "Cannot remove disk '%s': disk '%s' is a layer above it."
                .formatted(disk.value().alias(), other.value().alias()));
      }
    }
  }
}
