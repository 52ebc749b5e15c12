package io.overt.engine.disks;

import io.overt.access.permissions.CreationGrants;
import io.overt.engine.resource.Platform;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.types.Disk;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds disks, and changes them: the same from all the collections that show them. */
final class NewDisks {
  private final Platform platform;
  private final DiskWork work;

  NewDisks(Platform platform, DiskWork work) {
    this.platform = platform;
    this.work = work;
  }

  /** A disk that a job is making. */
  record Started(Entity<Disk> disk, String job) {}

  /**
   * Adds a disk and the job that makes it.
   *
   * @param dataCenter where it must be, null for anywhere
   * @param alias when the body names none
   */
  Started add(
      Transaction transaction, Call call, Disk body, @Nullable String dataCenter, String alias) {
    return add(transaction, call, body, dataCenter, alias, Map.of());
  }

  /**
   * The same.
   *
   * @param more of the job's data
   */
  Started add(
      Transaction transaction,
      Call call,
      Disk body,
      @Nullable String dataCenter,
      String alias,
      Map<String, String> more) {
    DiskRules.requireComplete(body);
    String domain = DiskRules.domain(transaction.snapshot(), body, dataCenter);
    Disk disk = DiskRules.complete(body, platform.newId(), platform.newId(), domain, alias);
    disk.diskProfile(DiskRules.profile(transaction.snapshot(), body, domain));
    Entity<Disk> added = transaction.insert(Kinds.DISK, disk);
    CreationGrants.created(
        transaction, platform.caller(call), added.key(), CreationGrants.Audience.CREATOR);
    platform.report(transaction, "USER_ADD_DISK", call, added.value());
    Map<String, String> data = new HashMap<>(more);
    data.put(DiskWork.DISKS, added.id());
    String job =
        work.start(
            transaction, work.request(call, DiskWork.ADD, "Adding Disk " + disk.alias(), data));
    return new Started(added, job);
  }
}
