package io.overt.engine.disks;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.fleet.Fleet;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.DiskService;
import io.overt.model.services.DiskSnapshotsService;
import io.overt.model.services.StatisticsService;
import io.overt.model.types.Action;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.StorageDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /disks/{id}}. */
final class OneDisk implements DiskService {
  private static final Set<String> READ_ONLY =
      Set.of(
          "status",
          "actual_size",
          "total_size",
          "format",
          "sparse",
          "image_id",
          "qcow_version",
          "storage_type",
          "content_type",
          "storage_domain",
          "storage_domains",
          "snapshot",
          "vm",
          "template",
          "active",
          "bootable",
          "interface",
          "read_only",
          "logical_name",
          "initial_size");

  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final DiskWork work;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final Resource<Disk> resource;
  private final String id;

  OneDisk(
      Platform platform,
      Supplier<Fleet> fleet,
      DiskWork work,
      Function<Key, AssignedPermissionsService> permissions,
      Resource<Disk> resource,
      String id) {
    this.platform = platform;
    this.fleet = fleet;
    this.work = work;
    this.permissions = permissions;
    this.resource = resource;
    this.id = id;
  }

  @Override
  public Disk get(GetRequest request) {
    return resource.get(request.call(), id);
  }

  @Override
  public Outcome<Disk> update(UpdateRequest request) {
    Call call = request.call();
    String job =
        platform.write(
            transaction -> {
              Entity<Disk> disk = resource.require(call, transaction, id);
              return update(platform, work, transaction, call, disk, platform.body(request.disk()));
            });
    Disk shown = resource.get(call, id);
    return job == null ? Outcome.done(shown) : Outcome.started(shown, job);
  }

  /**
   * Merges a body into a disk.
   *
   * @return the job that extends its image, null when that is not needed
   */
  static @Nullable String update(
      Platform platform,
      DiskWork work,
      Transaction transaction,
      Call call,
      Entity<Disk> disk,
      Disk body) {
    DiskRules.requireOk(disk, "change");
    Disk merged = Updates.merge(disk.value(), body, READ_ONLY);
    String alias = DiskRules.alias(body);
    if (alias != null) {
      merged.alias(alias).name(alias);
    }
    if (body.diskProfile() != null) {
      merged.diskProfile(
          DiskRules.profile(transaction.snapshot(), body, DiskRules.domainOf(disk.value())));
    }
    DiskRules.checked(merged);
    long before = Objects.requireNonNullElse(disk.value().provisionedSize(), 0L);
    long wanted = (Objects.requireNonNullElse(merged.provisionedSize(), before) + 511) / 512 * 512;
    merged.provisionedSize(before);
    if (wanted < before) {
      throw ApiFault.bad(
          "disk.provisioned_size is %d but a disk of %d bytes cannot shrink"
              .formatted(wanted, before));
    }
    String job = null;
    if (wanted > before) {
      DiskRules.requireActive(transaction.snapshot(), disk, "extend");
      DiskRules.requireIdleOrUp(transaction.snapshot(), disk, "extend");
      merged.status(DiskStatus.LOCKED);
      job =
          work.start(
              transaction,
              work.request(
                  call,
                  DiskWork.EXTEND,
                  "Extending Disk " + merged.alias(),
                  Map.of(DiskWork.DISKS, disk.id(), DiskWork.SIZE, Long.toString(wanted))));
    }
    transaction.update(disk, merged);
    platform.report(transaction, "USER_UPDATE_DISK", call, merged);
    return job;
  }

  @Override
  public Outcome<Struct> remove(RemoveRequest request) {
    Call call = request.call();
    String job =
        platform.write(
            transaction ->
                remove(platform, work, transaction, call, resource.require(call, transaction, id)));
    return work.await(job) ? new Outcome<>(null, job, false) : Outcome.removing(job);
  }

  /** The disk is locked until the job has removed its image, and it with that. */
  static String remove(
      Platform platform, DiskWork work, Transaction transaction, Call call, Entity<Disk> disk) {
    DiskRules.requireOk(disk, "remove");
    DiskRules.requireActive(transaction.snapshot(), disk, "remove");
    DiskRules.requireIdle(transaction.snapshot(), disk, "remove");
    DiskRules.requireRemovable(transaction.snapshot(), disk, null);
    MemoryDisks.requireUnused(transaction.snapshot(), disk);
    transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED));
    platform.report(transaction, "USER_REMOVE_DISK_INITIATED", call, disk.value());
    return work.start(
        transaction,
        work.request(
            call,
            DiskWork.REMOVE,
            "Removing Disk " + disk.value().alias(),
            Map.of(DiskWork.DISKS, disk.id())));
  }

  /** A new disk with the same contents, on the domain that is asked for. */
  @Override
  public Outcome<Action> copy(CopyRequest request) {
    Call call = request.call();
    Disk wanted = Objects.requireNonNullElseGet(request.disk(), Disk::new);
    StorageDomain target = request.storageDomain();
    if (target == null) {
      throw ApiFault.incomplete("Action", "storageDomain.id|name", "copy");
    }
    String job =
        platform.write(
            transaction -> {
              Entity<Disk> source = resource.require(call, transaction, id);
              DiskRules.requireOk(source, "copy");
              DiskRules.requireActive(transaction.snapshot(), source, "copy");
              DiskRules.requireIdle(transaction.snapshot(), source, "copy");
              Snapshot snapshot = transaction.snapshot();
              Disk form = source.value().copy().storageDomains(List.of(target)).diskProfile(null);
              String domain = DiskRules.domain(snapshot, form, null);
              requireSameDataCenter(snapshot, source.value(), domain);
              String alias = DiskRules.alias(wanted);
              form.alias(alias == null ? source.value().alias() : alias);
              Disk copy =
                  DiskRules.complete(form, platform.newId(), platform.newId(), domain, "disk");
              copy.diskProfile(DiskRules.profile(snapshot, form, domain));
              Entity<Disk> added = transaction.insert(Kinds.DISK, copy);
              CreationGrants.created(
                  transaction, platform.caller(call), added.key(), CreationGrants.Audience.CREATOR);
              transaction.update(source, source.value().copy().status(DiskStatus.LOCKED));
              platform.report(transaction, "USER_COPIED_DISK", call, source.value());
              Map<String, String> data = new HashMap<>();
              data.put(DiskWork.DISKS, added.id());
              data.put(DiskWork.SOURCES, source.id());
              return work.start(
                  transaction,
                  work.request(
                      call, DiskWork.COPY, "Copying Disk " + source.value().alias(), data));
            });
    return Outcome.started(new Action(), job);
  }

  @Override
  public Outcome<Action> move(MoveRequest request) {
    Call call = request.call();
    String job =
        platform.write(
            transaction ->
                work.moves()
                    .move(
                        transaction,
                        call,
                        resource.require(call, transaction, id),
                        request.storageDomain(),
                        request.diskProfile()));
    return Outcome.started(new Action(), job);
  }

  @Override
  public Outcome<Action> sparsify(SparsifyRequest request) {
    Call call = request.call();
    String job =
        platform.write(
            transaction ->
                work.moves().sparsify(transaction, call, resource.require(call, transaction, id)));
    return Outcome.started(new Action(), job);
  }

  /** An image in a file takes no more than it holds: there is nothing to give back. */
  @Override
  @NeverSucceeds
  public Outcome<Action> reduce(ReduceRequest request) {
    Entity<Disk> disk = resource.require(request.call(), platform.snapshot(), id);
    throw ApiFault.conflict(
        "Cannot reduce disk '%s': only disks on block storage can be reduced."
            .formatted(disk.value().alias()));
  }

  private static void requireSameDataCenter(Snapshot snapshot, Disk source, String domain) {
    if (!DiskRules.activeIn(snapshot, DiskRules.domainOf(source))
        .equals(DiskRules.activeIn(snapshot, domain))) {
      throw ApiFault.conflict(
          "Disk '" + source.alias() + "' cannot be copied to another data center.");
    }
  }

  @Override
  public AssignedPermissionsService permissions() {
    return permissions.apply(Kinds.DISK.key(id));
  }

  @Override
  public StatisticsService statistics() {
    return new DiskStatistics(platform, fleet, resource, id);
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
            request.call(), snapshot, snapshot.referrers(Kinds.DISK_SNAPSHOT, "disk", id));
      }
    };
  }
}
