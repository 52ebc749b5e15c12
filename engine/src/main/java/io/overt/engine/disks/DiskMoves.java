package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.storage.HostStorage;
import io.overt.engine.storage.Work;
import io.overt.events.About;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.StorageDomain;
import io.overt.model.types.Vm;
import io.overt.operations.Operation;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disks that go to another storage domain with all their volumes, and disks that give space back.
 */
final class DiskMoves {
  static final String MOVE = "MoveDisk";
  static final String SPARSIFY = "SparsifyDisk";

  private static final String DISK = "disk";
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  private static final String PROFILE = "profile";
  private static final String USER = "user";
  private static final String USER_NAME = "user_name";

  /** VDSM: copy an image, and leave the source. */
  private static final int COPY = 1;

  private static final Logger LOG = LoggerFactory.getLogger(DiskMoves.class);

  private final Platform platform;
  private final Images images;
  private final DiskWork work;
  private final Supplier<LiveMoves> live;

  DiskMoves(Platform platform, Images images, DiskWork work, Supplier<LiveMoves> live) {
    this.live = live;
    this.platform = platform;
    this.images = images;
    this.work = work;
  }

  List<Operation> operations() {
    return List.of(
        new Operation(
            MOVE,
            List.of(
                new Work("prepare", c -> "Preparing the target", this::prepare, this::giveUp),
                Work.of("copy", c -> "Moving Image", this::copy),
                Work.of("switch", c -> "Finalizing", this::arrive),
                Work.of("erase", c -> "Deleting Image", this::erase))),
        new Operation(
            SPARSIFY,
            List.of(new Work("sparsify", c -> "Sparsifying", this::sparsify, this::unlock))));
  }

  /** Locks the disk and starts the job that moves it. */
  String move(
      Transaction transaction,
      Call call,
      Entity<Disk> disk,
      @Nullable StorageDomain wanted,
      @Nullable DiskProfile profile) {
    if (wanted == null) {
      throw ApiFault.incomplete("Action", "storageDomain.id|name", "move");
    }
    Snapshot snapshot = transaction.snapshot();
    DiskRules.requireOk(disk, "move");
    DiskRules.requireActive(snapshot, disk, "move");
    DiskRules.requireIdleOrUp(snapshot, disk, "move");
    DiskRules.requireRemovable(snapshot, disk, null);
    String source = DiskRules.domainOf(disk.value());
    Disk form = new Disk().storageDomains(List.of(wanted)).diskProfile(profile);
    String target =
        DiskRules.domain(snapshot, form, DiskRules.activeIn(snapshot, source).orElse(null));
    if (target.equals(source)) {
      throw ApiFault.conflict(
          "Cannot move disk '%s': it is on that storage domain already."
              .formatted(disk.value().alias()));
    }
    DiskProfile settled = DiskRules.profile(snapshot, form, target);
    Optional<Entity<Vm>> user = DiskRules.runningUser(snapshot, disk.id());
    if (user.isPresent()) {
      report(
          transaction, "USER_MOVED_DISK", disk.value(), target, platform.about(call, disk.value()));
      String named = settled == null ? "" : settled.requireId();
      return live.get()
          .move(transaction, call, user.get(), disk, new LiveMoves.Route(source, target, named));
    }
    transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED));
    Map<String, String> data = new HashMap<>();
    data.put(DISK, disk.id());
    data.put(SOURCE, source);
    data.put(TARGET, target);
    data.put(PROFILE, settled == null ? "" : settled.requireId());
    report(
        transaction, "USER_MOVED_DISK", disk.value(), target, platform.about(call, disk.value()));
    return work.start(
        transaction,
        work.request(
            call,
            MOVE,
            "Moving Disk from %s to %s".formatted(name(snapshot, source), name(snapshot, target)),
            data));
  }

  /** Locks the disk and starts the job that gives back what its image does not need. */
  String sparsify(Transaction transaction, Call call, Entity<Disk> disk) {
    Snapshot snapshot = transaction.snapshot();
    DiskRules.requireOk(disk, "sparsify");
    DiskRules.requireActive(snapshot, disk, "sparsify");
    DiskRules.requireIdle(snapshot, disk, "sparsify");
    DiskRules.requireRemovable(snapshot, disk, null);
    if (Boolean.FALSE.equals(disk.value().sparse())) {
      throw ApiFault.conflict(
          "Cannot sparsify disk '%s': it is preallocated.".formatted(disk.value().alias()));
    }
    transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED));
    platform.report(transaction, "USER_SPARSIFY_IMAGE_START", call, disk.value());
    return work.start(
        transaction,
        work.request(
            call, SPARSIFY, "Sparsifying Disk " + disk.value().alias(), Map.of(DISK, disk.id())));
  }

  private static String name(Snapshot snapshot, String domain) {
    return snapshot
        .find(Kinds.STORAGE_DOMAIN, domain)
        .map(found -> String.valueOf(found.value().name()))
        .orElse(domain);
  }

  private Disk disk(StepContext context) {
    return platform
        .snapshot()
        .find(Kinds.DISK, context.get(DISK))
        .map(Entity::value)
        .orElseThrow(() -> new IllegalStateException("The disk no longer exists"));
  }

  /** What an earlier move may have left there is not the disk of today. */
  private StepOutcome prepare(StepContext context) {
    images.delete(Images.on(disk(context), context.get(TARGET)), context.correlationId());
    return StepOutcome.done();
  }

  private StepOutcome copy(StepContext context) {
    Disk disk = Images.on(disk(context), context.get(SOURCE));
    images.task(
        disk,
        "Image.move",
        Map.of(
            "storagepoolID",
            images.pool(disk),
            "storagedomainID",
            context.get(SOURCE),
            "imageID",
            disk.requireId(),
            "dstSdUUID",
            context.get(TARGET),
            "operation",
            COPY,
            "postZero",
            false,
            "force",
            false),
        HostStorage.VOLUME_EXISTS,
        context.correlationId());
    return StepOutcome.done();
  }

  private StepOutcome arrive(StepContext context) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, context.get(DISK))
                  .ifPresent(disk -> arrived(transaction, disk, context));
              return context.jobId();
            });
    return StepOutcome.done();
  }

  private void arrived(Transaction transaction, Entity<Disk> disk, StepContext context) {
    String target = context.get(TARGET);
    String profile = context.get(PROFILE);
    Disk moved = Images.on(disk.value(), target).status(DiskStatus.OK);
    moved.diskProfile(profile.isEmpty() ? null : new DiskProfile().id(profile));
    transaction.update(disk, moved);
    for (Entity<DiskSnapshot> layer :
        transaction.current().referrers(Kinds.DISK_SNAPSHOT, "disk", disk.id())) {
      DiskSnapshot kept = layer.value().copy();
      kept.storageDomains(List.of(new StorageDomain().id(target)));
      transaction.update(layer, kept);
    }
    report(transaction, "USER_MOVED_DISK_FINISHED_SUCCESS", moved, target, about(context, moved));
  }

  private static About about(StepContext context, Disk disk) {
    return About.object(disk)
        .by(context.find(USER), Objects.requireNonNullElse(context.find(USER_NAME), ""))
        .correlated(context.correlationId());
  }

  private void report(Transaction transaction, String type, Disk disk, String domain, About about) {
    StorageDomain found =
        transaction.find(Kinds.STORAGE_DOMAIN, domain).map(Entity::value).orElse(null);
    platform.events().append(transaction, type, about.and(found).with("DiskAlias", disk.alias()));
  }

  /** The disk has moved; what cannot be removed now is left behind, and said. */
  private StepOutcome erase(StepContext context) {
    try {
      images.delete(Images.on(disk(context), context.get(SOURCE)), context.correlationId());
    } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
      LOG.warn("disk {} has moved but may be left behind: {}", context.get(DISK), e.getMessage());
      platform
          .inventory()
          .writeRetrying(
              transaction -> {
                report(
                    transaction,
                    "USER_MOVED_DISK_FINISHED_WITH_LEFTOVERS",
                    disk(context),
                    context.get(SOURCE),
                    about(context, disk(context)));
                return context.jobId();
              });
    }
    return StepOutcome.done();
  }

  /** Before the inventory says otherwise, the disk is where it was. */
  private void giveUp(StepContext context) {
    Disk disk = disk(context);
    if (Images.domainOf(disk).equals(context.get(TARGET))) {
      return;
    }
    try {
      images.delete(Images.on(disk, context.get(TARGET)), context.correlationId());
    } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
      LOG.warn("a copy of disk {} may be left: {}", disk.id(), e.getMessage());
    }
    end(context, "USER_MOVED_DISK_FINISHED_FAILURE", context.get(TARGET));
  }

  private StepOutcome sparsify(StepContext context) {
    Disk disk = disk(context);
    String job = Images.jobId(context.jobId(), "sparsify");
    images.job(
        disk,
        job,
        "SDM.sparsify_volume",
        Map.of(
            "job_id",
            job,
            "vol_info",
            Map.of(
                "sd_id", Images.domainOf(disk),
                "img_id", disk.requireId(),
                "vol_id", Objects.requireNonNull(disk.imageId()),
                "generation", 0)),
        context.correlationId());
    Object size = images.info(disk, Objects.requireNonNull(disk.imageId())).get("truesize");
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, disk.requireId())
                  .filter(now -> size != null)
                  .ifPresent(
                      now -> {
                        long bytes = Long.parseLong(String.valueOf(size));
                        transaction.update(
                            now, now.value().copy().actualSize(bytes).totalSize(bytes));
                      });
              return job;
            });
    end(context, "USER_SPARSIFY_IMAGE_FINISH_SUCCESS", Images.domainOf(disk));
    return StepOutcome.done();
  }

  private void unlock(StepContext context) {
    end(context, "USER_SPARSIFY_IMAGE_FINISH_FAILURE", Images.domainOf(disk(context)));
  }

  private void end(StepContext context, String event, String domain) {
    platform
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, context.get(DISK))
                  .filter(disk -> disk.value().status() == DiskStatus.LOCKED)
                  .ifPresent(
                      disk -> {
                        transaction.update(disk, disk.value().copy().status(DiskStatus.OK));
                        report(
                            transaction, event, disk.value(), domain, about(context, disk.value()));
                      });
              return context.jobId();
            });
  }
}
