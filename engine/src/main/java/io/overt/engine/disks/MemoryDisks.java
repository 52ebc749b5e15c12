package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.storage.DomainUsers;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskContentType;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskStatus;
import io.overt.model.types.StorageDomainType;
import io.overt.model.types.Vm;
import io.overt.operations.JobRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two disks that hold a guest's memory while the guest does not run: the memory, and beside it
 * what the host notes about the machine.
 */
public final class MemoryDisks {
  /** Private attribute of machines and snapshots: the disks that hold their memory. */
  public static final String OWNERS = "memory";

  private static final long MIB = 1L << 20;

  /** QEMU's own state, and the video memory (oVirt: {@code Vm.getMemoryDiskSize}: 200 + 64). */
  private static final long BESIDES = 264 * MIB;

  private MemoryDisks() {}

  /**
   * Inserts the disks, locked until they are made on storage.
   *
   * @param alias that of the first ends with {@code _memory}, that of the other with {@code
   *     _metadata}
   * @return their ids, joined by a comma
   * @throws ApiFault 409 when no data domain of the machine's data center is active
   */
  public static String add(
      Platform platform, Transaction transaction, Entity<Vm> vm, String alias) {
    String domain =
        domain(transaction.snapshot(), vm)
            .orElseThrow(
                () ->
                    ApiFault.conflict(
                        "Cannot save the memory of VM "
                            + vm.value().name()
                            + ": its data center has no active data storage domain."));
    long memory = Objects.requireNonNullElse(vm.value().memory(), 1024 * MIB);
    String first =
        insert(
            platform,
            transaction,
            alias + "_memory",
            DiskContentType.MEMORY_DUMP_VOLUME,
            memory + BESIDES,
            domain);
    String second =
        insert(
            platform,
            transaction,
            alias + "_metadata",
            DiskContentType.MEMORY_METADATA_VOLUME,
            MIB,
            domain);
    return first + "," + second;
  }

  private static String insert(
      Platform platform,
      Transaction transaction,
      String alias,
      DiskContentType type,
      long size,
      String domain) {
    Disk form =
        new Disk().alias(alias).contentType(type).format(DiskFormat.RAW).provisionedSize(size);
    Disk disk = DiskRules.complete(form, platform.newId(), platform.newId(), domain, alias);
    disk.diskProfile(DiskRules.profile(transaction.snapshot(), form, domain));
    return transaction.insert(Kinds.DISK, disk).id();
  }

  /** The domain of the machine's first disk, or else any data domain that is active. */
  private static Optional<String> domain(Snapshot snapshot, Entity<Vm> vm) {
    String dataCenter =
        Optional.ofNullable(vm.value().cluster())
            .flatMap(cluster -> snapshot.find(Kinds.CLUSTER, cluster.requireId()))
            .map(Entity::value)
            .map(Cluster::dataCenter)
            .map(DataCenter::requireId)
            .orElse("");
    Stream<String> own =
        DomainUsers.attachments(snapshot, vm.key()).stream()
            .flatMap(attachment -> snapshot.find(Kinds.DISK, attachment.id()).stream())
            .map(disk -> DiskRules.domainOf(disk.value()));
    Stream<String> any =
        snapshot.all(Kinds.STORAGE_DOMAIN).stream()
            .filter(domain -> domain.value().type_() == StorageDomainType.DATA)
            .map(Entity::id);
    return Stream.concat(own, any)
        .filter(
            domain -> DiskRules.activeIn(snapshot, domain).filter(dataCenter::equals).isPresent())
        .findFirst();
  }

  static boolean isOne(Disk disk) {
    return disk.contentType() == DiskContentType.MEMORY_DUMP_VOLUME
        || disk.contentType() == DiskContentType.MEMORY_METADATA_VOLUME;
  }

  /** A machine or a snapshot whose memory it holds must not lose it. */
  static void requireUnused(Snapshot snapshot, Entity<Disk> disk) {
    if (!isOne(disk.value())) {
      return;
    }
    boolean used =
        Stream.<Entity<?>>concat(
                snapshot.all(Kinds.VM).stream(), snapshot.all(Kinds.SNAPSHOT).stream())
            .map(owner -> Objects.requireNonNullElse(owner.internal(OWNERS), ""))
            .anyMatch(ids -> ids.contains(disk.id()));
    if (used) {
      throw ApiFault.conflict(
          "Cannot remove disk '%s': it holds the memory of a machine or of a snapshot."
              .formatted(disk.value().alias()));
    }
  }

  /** VDSM's handle: {@code domain,pool,image,volume,image,volume}. */
  public static String handle(Snapshot snapshot, String ids) {
    List<Disk> disks =
        Stream.of(ids.split(","))
            .map(
                id ->
                    snapshot
                        .find(Kinds.DISK, id)
                        .map(Entity::value)
                        .orElseThrow(
                            () -> new IllegalStateException("Memory disk " + id + " is gone")))
            .toList();
    String domain = DiskRules.domainOf(disks.getFirst());
    String pool =
        DiskRules.activeIn(snapshot, domain)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The storage domain of disk '"
                            + disks.getFirst().alias()
                            + "' is not active"));
    return String.join(
        ",",
        domain,
        pool,
        disks.getFirst().requireId(),
        Objects.requireNonNull(disks.getFirst().imageId()),
        disks.getLast().requireId(),
        Objects.requireNonNull(disks.getLast().imageId()));
  }

  /** Locks the disks, which the job is to remove; empty when they are gone. */
  public static Optional<JobRequest> removal(
      Transaction transaction, String ids, @Nullable String user, @Nullable String correlation) {
    List<String> left =
        Stream.of(ids.split(","))
            .filter(id -> transaction.find(Kinds.DISK, id).isPresent())
            .toList();
    for (String id : left) {
      transaction
          .find(Kinds.DISK, id)
          .ifPresent(
              disk -> transaction.update(disk, disk.value().copy().status(DiskStatus.LOCKED)));
    }
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new JobRequest(
                DiskWork.REMOVE,
                "Removing memory volumes",
                user,
                correlation,
                Map.of(DiskWork.DISKS, String.join(",", left))));
  }
}
