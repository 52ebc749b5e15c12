package io.overt.engine.vms.snapshots;

import static io.overt.engine.vms.snapshots.SnapshotJobs.DISKS;
import static io.overt.engine.vms.snapshots.SnapshotJobs.VM;

import io.overt.engine.disks.Images;
import io.overt.engine.resource.PatientCalls;
import io.overt.engine.storage.Work;
import io.overt.events.About;
import io.overt.fleet.HostCallFailed;
import io.overt.fleet.HostUnreachable;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskProfile;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.SnapshotStatus;
import io.overt.model.types.StorageDomain;
import io.overt.operations.JobRequest;
import io.overt.operations.Operation;
import io.overt.operations.StepContext;
import io.overt.operations.StepOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job that moves a disk to another storage domain while its machine runs. A snapshot makes all
 * volumes but the uppermost one unchanging, so that storage can copy them; the machine's host
 * replicates that one until both places hold the same, and lets the machine write to the new place.
 * Then the old image goes, and the snapshot is merged away.
 *
 * <p>From the replication's end on, the volume in the old place is marked as superseded: that tells
 * which of the two is the disk when a machine stops, or a host dies, in the middle.
 */
final class LiveMove {
  static final String NAME = "LiveMoveDisk";

  static final String SOURCE = "source";
  static final String TARGET = "target";

  /** Empty for none. */
  static final String PROFILE = "profile";

  /** Set when what remains to be done after the move cannot be done. */
  private static final String LEFTOVERS = "leftovers";

  /** VDSM: the replication is not complete. */
  private static final int UNAVAILABLE = 40;

  private static final Duration REPLICATION = Duration.ofHours(12);
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Logger LOG = LoggerFactory.getLogger(LiveMove.class);

  private final SnapshotJobs jobs;
  private final CreateSnapshot creating;
  private final RemoveSnapshot removing;
  private final DropVolumes dropping;

  LiveMove(
      SnapshotJobs jobs, CreateSnapshot creating, RemoveSnapshot removing, DropVolumes dropping) {
    this.jobs = jobs;
    this.creating = creating;
    this.removing = removing;
    this.dropping = dropping;
  }

  Operation operation() {
    return new Operation(
        NAME,
        List.of(
            new Work(
                "volumes",
                c -> "Creating snapshots for the disks",
                creating::makeVolumes,
                this::undoSnapshot),
            Work.of("take", c -> "Taking the snapshot of the running machine", creating::take),
            Work.of("record", c -> "Recording the snapshot", creating::record),
            new Work(
                "structure", c -> "Cloning image's structure", this::makeStructure, this::giveUp),
            Work.of("replicate", c -> "Replicating the disk", this::replicate),
            Work.of("copy", c -> "Synchronizing image data", this::copy),
            Work.of("switch", c -> "Switching to the new image", this::moveOver),
            Work.of("erase", c -> "Deleting Image", this::erase),
            Work.of("merge", c -> "Merging snapshots of the disks", this::merge),
            Work.of("remove", c -> "Removing the snapshot", this::remove),
            Work.of("drop", c -> "Finalizing", this::drop)));
  }

  private Disk disk(StepContext context) {
    return jobs.disk(context.get(DISKS)).value();
  }

  private Disk at(StepContext context, String place) {
    return Images.on(disk(context), context.get(place));
  }

  private boolean arrived(StepContext context) {
    return Images.domainOf(disk(context)).equals(context.get(TARGET));
  }

  /** What an earlier move may have left in the target is not the disk of today. */
  private StepOutcome makeStructure(StepContext context) {
    jobs.images().delete(at(context, TARGET), context.correlationId());
    Disk source = at(context, SOURCE);
    jobs.images()
        .task(
            source,
            "Image.cloneStructure",
            Map.of(
                "storagepoolID", jobs.images().pool(source),
                "storagedomainID", context.get(SOURCE),
                "imageID", source.requireId(),
                "dstSdUUID", context.get(TARGET)),
            0,
            context.correlationId());
    return StepOutcome.done();
  }

  private Map<String, Object> replication(StepContext context, String from, String to) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("vmID", context.get(VM));
    parameters.put("srcDisk", drive(at(context, from)));
    parameters.put("dstDisk", drive(at(context, to)));
    return parameters;
  }

  private Map<String, Object> drive(Disk disk) {
    return Map.of(
        "poolID", jobs.images().pool(disk),
        "domainID", Images.domainOf(disk),
        "imageID", disk.requireId(),
        "volumeID", DiskLayers.volume(disk),
        "device", "disk");
  }

  private StepOutcome replicate(StepContext context) {
    Optional<PatientCalls> host = jobs.host(context);
    if (host.isEmpty()) {
      return stopped();
    }
    Map<String, Object> parameters = replication(context, SOURCE, TARGET);
    parameters.put("needExtend", true);
    host.get().call("VM.diskReplicateStart", parameters);
    return StepOutcome.done();
  }

  private static StepOutcome stopped() {
    return StepOutcome.failed("The machine stopped before its disk had moved");
  }

  private StepOutcome copy(StepContext context) {
    Disk source = at(context, SOURCE);
    jobs.images()
        .task(
            source,
            "Image.syncData",
            Map.of(
                "storagepoolID", jobs.images().pool(source),
                "storagedomainID", context.get(SOURCE),
                "imageID", source.requireId(),
                "dstSdUUID", context.get(TARGET),
                "syncType", "INTERNAL"),
            0,
            context.correlationId());
    return StepOutcome.done();
  }

  private StepOutcome moveOver(StepContext context) {
    if (!arrived(context) && !switchedByHost(context) && !superseded(context)) {
      return stopped();
    }
    arrive(context);
    return StepOutcome.done();
  }

  /** False when no host runs the machine, or none any more. */
  private boolean switchedByHost(StepContext context) {
    long end = System.nanoTime() + REPLICATION.toNanos();
    while (true) {
      Optional<PatientCalls> host = jobs.host(context);
      if (host.isEmpty()) {
        return false;
      }
      try {
        host.get().call("VM.diskReplicateFinish", replication(context, SOURCE, TARGET));
        return true;
      } catch (HostCallFailed e) {
        if (SnapshotJobs.gone(e)) {
          return false;
        }
        if (e.code() != UNAVAILABLE || System.nanoTime() > end) {
          throw e;
        }
      }
      PatientCalls.pause(LOOK);
    }
  }

  /** Whether the volume in the old place has been left by its machine. */
  private boolean superseded(StepContext context) {
    Disk source = at(context, SOURCE);
    return "ILLEGAL".equals(jobs.images().info(source, DiskLayers.volume(source)).get("legality"));
  }

  private void arrive(StepContext context) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              transaction
                  .find(Kinds.DISK, context.get(DISKS))
                  .ifPresent(disk -> arrive(transaction, disk, context));
              return context.jobId();
            });
  }

  private static void arrive(Transaction transaction, Entity<Disk> disk, StepContext context) {
    String profile = context.get(PROFILE);
    transaction.update(
        disk,
        Images.on(disk.value(), context.get(TARGET))
            .diskProfile(profile.isEmpty() ? null : new DiskProfile().id(profile)));
    for (Entity<DiskSnapshot> layer : DiskLayers.of(transaction.current(), disk.id())) {
      DiskSnapshot kept = layer.value().copy();
      kept.storageDomains(List.of(new StorageDomain().id(context.get(TARGET))));
      transaction.update(layer, kept);
    }
  }

  /** The disk has moved; what cannot be removed now is left behind, and said. */
  private StepOutcome erase(StepContext context) {
    try {
      jobs.images().delete(at(context, SOURCE), context.correlationId());
    } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
      LOG.warn("disk {} has moved but may be left behind: {}", context.get(DISKS), e.getMessage());
      report(context, "USER_MOVED_DISK_FINISHED_WITH_LEFTOVERS", SOURCE);
    }
    return StepOutcome.done();
  }

  /** The snapshot stays, and can be removed by hand, when its merge fails. */
  private StepOutcome merge(StepContext context) {
    try {
      return removing.merge(context);
    } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
      LOG.warn("disk {} has moved but its snapshot stays: {}", context.get(DISKS), e.getMessage());
      report(context, "USER_MOVED_DISK_FINISHED_WITH_LEFTOVERS", TARGET);
      context.put(LEFTOVERS, "true");
      return StepOutcome.done();
    }
  }

  private StepOutcome remove(StepContext context) {
    return context.find(LEFTOVERS) == null ? removing.remove(context) : StepOutcome.done();
  }

  private StepOutcome drop(StepContext context) {
    StepOutcome end = dropping.drop(context);
    report(context, "USER_MOVED_DISK_FINISHED_SUCCESS", TARGET);
    return end;
  }

  /** The disk stays where its machine writes to. */
  private void giveUp(StepContext context) {
    if (arrived(context)) {
      return;
    }
    try {
      stay(context);
      if (superseded(context)) {
        // The answer was lost, not the order.
        arrive(context);
        erase(context);
        return;
      }
      jobs.images().delete(at(context, TARGET), context.correlationId());
    } catch (HostCallFailed | HostUnreachable | IllegalStateException e) {
      LOG.warn("a copy of disk {} may be left: {}", context.get(DISKS), e.getMessage());
    }
    report(context, "USER_MOVED_DISK_FINISHED_FAILURE", TARGET);
  }

  /** A host that replicates nothing, or runs the machine no more, refuses what is so already. */
  private void stay(StepContext context) {
    try {
      jobs.host(context)
          .ifPresent(
              host -> host.call("VM.diskReplicateFinish", replication(context, SOURCE, SOURCE)));
    } catch (HostCallFailed e) {
      LOG.info("disk {} is not replicated any more: {}", context.get(DISKS), e.getMessage());
    }
  }

  /** A snapshot that was taken is merged away, by a job of its own. */
  private void undoSnapshot(StepContext context) {
    String snapshotId = context.get(SnapshotJobs.SNAPSHOT);
    if (DiskLayers.of(jobs.platform().snapshot(), context.get(DISKS), snapshotId).isEmpty()) {
      creating.giveUp(context);
      report(context, "USER_MOVED_DISK_FINISHED_FAILURE", TARGET);
      return;
    }
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              jobs.snapshot(transaction, context)
                  .filter(snapshot -> snapshot.value().snapshotStatus() == SnapshotStatus.OK)
                  .ifPresent(snapshot -> mergeAway(transaction, snapshot, context));
              return context.jobId();
            });
  }

  private void mergeAway(
      Transaction transaction,
      Entity<io.overt.model.types.Snapshot> snapshot,
      StepContext context) {
    var locked = (io.overt.model.types.Snapshot) snapshot.value().shallowCopy();
    transaction.update(snapshot, locked.snapshotStatus(SnapshotStatus.LOCKED));
    transaction
        .find(Kinds.DISK, context.get(DISKS))
        .ifPresent(disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED)));
    String vm =
        transaction
            .find(Kinds.VM, context.get(VM))
            .map(found -> String.valueOf(found.value().name()))
            .orElse("");
    Map<String, String> data = new HashMap<>();
    for (String key :
        List.of(
            VM,
            SnapshotJobs.SNAPSHOT,
            DISKS,
            SnapshotJobs.LAYERS,
            SnapshotJobs.USER,
            SnapshotJobs.USER_NAME)) {
      data.put(key, context.get(key));
    }
    jobs.operations()
        .get()
        .start(
            transaction,
            new JobRequest(
                RemoveSnapshot.NAME,
                "Removing Snapshot %s of VM %s".formatted(locked.description(), vm),
                context.get(SnapshotJobs.USER),
                context.correlationId(),
                data));
  }

  private void report(StepContext context, String type, String place) {
    jobs.platform()
        .inventory()
        .writeRetrying(
            transaction -> {
              Disk disk = disk(context);
              StorageDomain domain =
                  transaction
                      .find(Kinds.STORAGE_DOMAIN, context.get(place))
                      .map(Entity::value)
                      .orElse(null);
              jobs.platform()
                  .events()
                  .append(
                      transaction,
                      type,
                      About.object(disk)
                          .and(domain)
                          .by(context.get(SnapshotJobs.USER), context.get(SnapshotJobs.USER_NAME))
                          .with("DiskAlias", disk.alias())
                          .correlated(context.correlationId()));
              return type;
            });
  }
}
