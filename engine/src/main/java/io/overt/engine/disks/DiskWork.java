package io.overt.engine.disks;

import io.overt.access.session.Caller;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.StorageHosts;
import io.overt.engine.storage.HostStorage;
import io.overt.engine.storage.Work;
import io.overt.events.About;
import io.overt.fleet.Fleet;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskContentType;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.JobStatus;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.Operations;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work on storage behind the changes of disks. */
public final class DiskWork {
  static final String ADD = "AddDisk";
  static final String EXTEND = "ExtendDisk";
  static final String REMOVE = "RemoveDisks";
  static final String COPY = "CopyDisks";

  /** Keys of the jobs' data: ids of disks, joined by commas. */
  public static final String DISKS = "disks";

  /** For each disk the one that it is copied from, in the same order. */
  static final String SOURCES = "sources";

  /** {@code true} when the disks become layers above their sources. */
  static final String LAYERS = "layers";

  /** Volumes of a snapshot to copy instead of the sources' present ones. */
  static final String VOLUMES = "volumes";

  /** The machine that waits for its disks. */
  static final String VM = "vm";

  static final String SIZE = "size";
  static final String USER = "user";
  static final String USER_NAME = "user_name";
  private static final String BLANK = "00000000-0000-0000-0000-000000000000";
  private static final Logger LOG = LoggerFactory.getLogger(DiskWork.class);
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final Supplier<Operations> operations;
  private final Images images;
  private final DiskMoves moves;
  private final PluggedDisks plugged;

  public DiskWork(
      Platform platform,
      Supplier<Fleet> fleet,
      Supplier<Operations> operations,
      RunningDisks running,
      Supplier<LiveMoves> live) {
    this.plugged = new PluggedDisks(platform, running);
    this.platform = platform;
    this.fleet = fleet;
    this.operations = operations;
    this.images = new Images(platform, fleet);
    this.moves = new DiskMoves(platform, images, this, live);
  }

  DiskMoves moves() {
    return moves;
  }

  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>(moves.operations());
    all.addAll(own());
    return all;
  }

  private List<Operation> own() {
    return List.of(
        new Operation(
            ADD,
            List.of(
                new Work("create", c -> "Creating the image", this::create, this::discard),
                Work.of("plug", c -> "Plugging the disk in", plugged::plug))),
        operation(EXTEND, new Work("extend", c -> "Extending", this::extend, this::unlock)),
        operation(REMOVE, new Work("remove", c -> "Removing images", this::remove, this::spoil)),
        operation(COPY, copying()));
  }

  private static Operation operation(String name, Work work) {
    return new Operation(name, List.of(work));
  }

  /** The step that copies disks; operations of machines and templates begin with it. */
  public Work copying() {
    return new Work("copy", c -> "Copying images", this::copy, this::discardCopies);
  }

  /** Disks of running machines. */
  PluggedDisks plugged() {
    return plugged;
  }

  /** What a job needs to run for this caller. */
  JobRequest request(Call call, String operation, String description, Map<String, String> data) {
    Caller caller = platform.caller(call);
    Map<String, String> all = new HashMap<>(data);
    all.put(USER, caller.userId());
    all.put(USER_NAME, caller.principalName());
    return new JobRequest(operation, description, caller.userId(), caller.correlationId(), all);
  }

  String start(Transaction transaction, JobRequest request) {
    return operations.get().start(transaction, request);
  }

  /**
   * Waits for a job as long as a client may be kept waiting.
   *
   * @return false when it still runs
   * @throws ApiFault 409 with its fault when it failed
   */
  boolean await(String job) {
    Optional<JobStatus> end = operations.get().await(job, PATIENCE);
    if (end.isPresent() && end.get() != JobStatus.FINISHED) {
      throw ApiFault.conflict(
          operations
              .get()
              .fault(job)
              .orElse("The operation did not succeed; see job " + job + "."));
    }
    return end.isPresent();
  }

  private static List<String> ids(StepContext context, String key) {
    String text = context.find(key);
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  private Optional<Entity<Disk>> find(String id) {
    return platform.snapshot().find(Kinds.DISK, id);
  }

  /** A host that can work on the disk's domain now. */
  private HostStorage host(StepContext context, Disk disk) {
    Snapshot snapshot = platform.snapshot();
    return StorageHosts.up(snapshot, pool(disk)).stream()
        .flatMap(host -> fleet.get().find(host.id()).stream())
        .findFirst()
        .map(calls -> new HostStorage(calls, context.correlationId()))
        .orElseThrow(
            () -> new IllegalStateException("No host of the data center is up and connected"));
  }

  private String pool(Disk disk) {
    return DiskRules.activeIn(platform.snapshot(), DiskRules.domainOf(disk))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The storage domain of disk '" + disk.alias() + "' is not active"));
  }

  private Map<String, Object> address(Disk disk) {
    Map<String, Object> address = new HashMap<>();
    address.put("storagepoolID", pool(disk));
    address.put("storagedomainID", DiskRules.domainOf(disk));
    address.put("imageID", disk.requireId());
    address.put("volumeID", Objects.requireNonNull(disk.imageId()));
    return address;
  }

  private static int format(Disk disk) {
    return disk.format() == DiskFormat.COW ? 4 : 5;
  }

  private static int allocation(Disk disk) {
    return Boolean.FALSE.equals(disk.sparse()) ? 1 : 2;
  }

  private static String wireType(Disk disk) {
    return switch (Objects.requireNonNullElse(disk.contentType(), DiskContentType.DATA)) {
      case MEMORY_DUMP_VOLUME -> "MEMD";
      case MEMORY_METADATA_VOLUME -> "MEMM";
      default -> "DATA";
    };
  }

  private StepOutcome create(StepContext context) {
    for (String id : ids(context, DISKS)) {
      Entity<Disk> disk = find(id).orElse(null);
      if (disk == null) {
        return StepOutcome.failed("The disk no longer exists");
      }
      HostStorage host = host(context, disk.value());
      make(host, disk.value(), null);
      made(context, host, disk.value(), "USER_ADD_DISK_FINISHED_SUCCESS");
    }
    return StepOutcome.done();
  }

  /** Makes the disks that are to hold a machine's memory. */
  public StepOutcome makeMemory(StepContext context, List<String> disks) {
    for (String id : disks) {
      Disk disk = find(id).map(Entity::value).orElse(null);
      if (disk == null) {
        return StepOutcome.failed("The disk no longer exists");
      }
      images.task(
          disk,
          "Volume.create",
          volume(disk, null),
          HostStorage.VOLUME_EXISTS,
          context.correlationId());
      change(id, now -> now.status(DiskStatus.OK), null, context);
    }
    return StepOutcome.done();
  }

  /** Makes the volume unless it is there, on top of another one if given. */
  private void make(HostStorage host, Disk disk, @Nullable Disk below) {
    host.task("Volume.create", volume(disk, below), HostStorage.VOLUME_EXISTS);
  }

  private Map<String, Object> volume(Disk disk, @Nullable Disk below) {
    Map<String, Object> parameters = address(disk);
    parameters.put("size", String.valueOf(disk.provisionedSize()));
    parameters.put("volFormat", format(disk));
    parameters.put("preallocate", allocation(disk));
    parameters.put("diskType", wireType(disk));
    parameters.put("desc", Objects.requireNonNullElse(disk.alias(), ""));
    parameters.put("srcImgUUID", below == null ? BLANK : below.requireId());
    parameters.put("srcVolUUID", below == null ? BLANK : Objects.requireNonNull(below.imageId()));
    return parameters;
  }

  /** The volume is there: usable, with the sizes that the host reports. */
  private void made(StepContext context, HostStorage host, Disk disk, String event) {
    Map<String, Object> info = host.object("Volume.getInfo", address(disk));
    change(
        disk.requireId(),
        now -> {
          now.status(DiskStatus.OK);
          number(info.get("truesize")).ifPresent(size -> now.actualSize(size).totalSize(size));
          number(info.get("capacity")).filter(size -> size > 0).ifPresent(now::provisionedSize);
        },
        event,
        context);
  }

  private static Optional<Long> number(@Nullable Object value) {
    try {
      return value == null ? Optional.empty() : Optional.of(Long.valueOf(value.toString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private interface Change {
    void apply(Disk disk);
  }

  private void change(String id, Change change, @Nullable String event, StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, id)
                  .ifPresent(
                      now -> {
                        Disk changed = now.value().copy();
                        change.apply(changed);
                        transaction.update(now, changed);
                        if (event != null) {
                          report(transaction, context, event, changed);
                        }
                      });
              return id;
            });
  }

  private void report(Transaction transaction, StepContext context, String event, Disk disk) {
    StorageDomain domain =
        transaction
            .find(Kinds.STORAGE_DOMAIN, DiskRules.domainOf(disk))
            .map(Entity::value)
            .orElse(null);
    platform
        .events()
        .append(
            transaction,
            event,
            About.object(disk)
                .and(domain)
                .by(context.find(USER), Objects.requireNonNullElse(context.find(USER_NAME), ""))
                .with("DiskAlias", disk.alias())
                .with("NewSize", size(disk) >> 30)
                .correlated(context.correlationId()));
  }

  private static long size(Disk disk) {
    return Objects.requireNonNullElse(disk.provisionedSize(), 0L);
  }

  /** The image could not be made: the disk has never been. */
  private void discard(StepContext context) {
    for (String id : ids(context, DISKS)) {
      find(id).ifPresent(disk -> erase(context, disk.value()));
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                transaction
                    .find(Kinds.DISK, id)
                    .ifPresent(
                        disk -> {
                          report(
                              transaction, context, "USER_ADD_DISK_FINISHED_FAILURE", disk.value());
                          transaction.delete(disk);
                        });
                return id;
              });
    }
  }

  /** Removes what may be on storage; what cannot be removed now is left there. */
  private void erase(StepContext context, Disk disk) {
    try {
      delete(context, disk);
    } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
      LOG.warn("image {} may be left on storage: {}", disk.id(), e.getMessage());
    }
  }

  private void delete(StepContext context, Disk disk) {
    host(context, disk)
        .task(
            "Image.delete",
            Map.of(
                "storagepoolID",
                pool(disk),
                "storagedomainID",
                DiskRules.domainOf(disk),
                "imageID",
                disk.requireId(),
                "postZero",
                Boolean.TRUE.equals(disk.wipeAfterDelete()),
                "discard",
                false,
                "force",
                false),
            HostStorage.NO_SUCH_IMAGE);
  }

  private StepOutcome extend(StepContext context) {
    for (String id : ids(context, DISKS)) {
      Entity<Disk> disk = find(id).orElse(null);
      if (disk == null) {
        return StepOutcome.failed("The disk no longer exists");
      }
      HostStorage host = host(context, disk.value());
      if (!extendedByHost(context, disk.value())) {
        Map<String, Object> parameters = address(disk.value());
        parameters.put("newSize", context.get(SIZE));
        host.task("Volume.extendSize", parameters, HostStorage.VOLUME_EXISTS);
      }
      made(context, host, disk.value(), "USER_EXTEND_DISK_SIZE_SUCCESS");
    }
    return StepOutcome.done();
  }

  /** The guest that runs with the disk sees it grow; false when none does, or none any more. */
  private boolean extendedByHost(StepContext context, Disk disk) {
    Optional<Entity<Vm>> user = DiskRules.runningUser(platform.snapshot(), disk.requireId());
    if (user.isEmpty()) {
      return false;
    }
    Vm vm = user.get().value();
    Map<String, Object> drive =
        Map.of(
            "poolID", pool(disk),
            "domainID", DiskRules.domainOf(disk),
            "imageID", disk.requireId(),
            "volumeID", Objects.requireNonNull(disk.imageId()));
    try {
      new PatientCalls(
              fleet,
              Objects.requireNonNull(vm.host()).requireId(),
              PATIENCE,
              context.correlationId())
          .call(
              "VM.diskSizeExtend",
              Map.of("vmID", vm.requireId(), "driveSpecs", drive, "newSize", context.get(SIZE)));
      return true;
    } catch (HostCallFailed e) {
      if (e.code() == HostCallFailed.NO_SUCH_VM || e.code() == HostCallFailed.VM_IS_DOWN) {
        return false;
      }
      throw e;
    }
  }

  private void unlock(StepContext context) {
    for (String id : ids(context, DISKS)) {
      change(id, now -> now.status(DiskStatus.OK), "USER_EXTEND_DISK_SIZE_FAILURE", context);
    }
  }

  private StepOutcome remove(StepContext context) {
    for (String id : ids(context, DISKS)) {
      Entity<Disk> disk = find(id).orElse(null);
      if (disk == null) {
        continue;
      }
      delete(context, disk.value());
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                transaction
                    .find(Kinds.DISK, id)
                    .ifPresent(
                        now -> {
                          transaction.delete(now);
                          if (!MemoryDisks.isOne(now.value())) {
                            report(transaction, context, "USER_FINISHED_REMOVE_DISK", now.value());
                          }
                        });
                return id;
              });
    }
    return StepOutcome.done();
  }

  /** Nobody knows what is left of the image. */
  private void spoil(StepContext context) {
    for (String id : ids(context, DISKS)) {
      change(
          id, now -> now.status(DiskStatus.ILLEGAL), "USER_FINISHED_FAILED_REMOVE_DISK", context);
    }
  }

  private StepOutcome copy(StepContext context) {
    List<String> targets = ids(context, DISKS);
    List<String> sources = ids(context, SOURCES);
    List<String> volumes = ids(context, VOLUMES);
    boolean layers = Boolean.parseBoolean(context.find(LAYERS));
    for (int index = 0; index < targets.size(); index++) {
      Entity<Disk> target = find(targets.get(index)).orElse(null);
      Entity<Disk> source = find(sources.get(index)).orElse(null);
      if (target == null || source == null) {
        return StepOutcome.failed("A disk was removed while it was copied");
      }
      HostStorage host = host(context, target.value());
      if (layers) {
        make(host, target.value(), source.value());
      } else {
        copy(host, source.value(), volumes.isEmpty() ? "" : volumes.get(index), target.value());
      }
      made(context, host, target.value(), "USER_COPIED_DISK_FINISHED_SUCCESS");
      context.progress((index + 1) * 100 / targets.size());
    }
    release(context, sources);
    return StepOutcome.done();
  }

  /**
   * @param volume of a snapshot; empty for the disk's present one
   */
  private void copy(HostStorage host, Disk source, String volume, Disk target) {
    Map<String, Object> parameters = address(source);
    if (!volume.isEmpty()) {
      parameters.put("volumeID", volume);
    }
    parameters.put("dstSdUUID", DiskRules.domainOf(target));
    parameters.put("dstImgUUID", target.requireId());
    parameters.put("dstVolUUID", Objects.requireNonNull(target.imageId()));
    parameters.put("desc", Objects.requireNonNullElse(target.alias(), ""));
    parameters.put("volType", 8);
    parameters.put("volFormat", format(target));
    parameters.put("preallocate", allocation(target));
    parameters.put("postZero", false);
    parameters.put("force", false);
    host.task("Volume.copy", parameters, HostStorage.VOLUME_EXISTS);
  }

  /** The sources may change again, and the machine that waited may start. */
  private void release(StepContext context, List<String> sources) {
    for (String source : new ArrayList<>(sources)) {
      change(source, now -> now.status(DiskStatus.OK), null, context);
    }
    String vm = context.find(VM);
    if (vm != null) {
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                transaction
                    .find(Kinds.VM, vm)
                    .filter(now -> now.value().status() == VmStatus.IMAGE_LOCKED)
                    .ifPresent(
                        now -> {
                          Vm usable = now.value().copy();
                          transaction.update(now, usable.status(VmStatus.DOWN));
                        });
                return vm;
              });
    }
  }

  /** The copies are gone; what waited for them stays, without those disks. */
  private void discardCopies(StepContext context) {
    discard(context);
    release(context, ids(context, SOURCES));
  }
}
