package io.overt.engine.disks;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.fleet.Fleet;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.DiskService;
import io.overt.model.services.DisksService;
import io.overt.model.types.Disk;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /disks}. */
public final class Disks implements DisksService {
  private final Platform platform;
  private final Supplier<Fleet> fleet;
  private final DiskWork work;
  private final NewDisks newDisks;
  private final Function<Key, AssignedPermissionsService> permissions;
  private final Resource<Disk> resource;

  public Disks(
      Platform platform,
      Supplier<Fleet> fleet,
      DiskWork work,
      Function<Key, AssignedPermissionsService> permissions) {
    this.platform = platform;
    this.fleet = fleet;
    this.work = work;
    this.newDisks = new NewDisks(platform, work);
    this.permissions = permissions;
    this.resource = new Resource<>(platform, Kinds.DISK);
  }

  @Override
  public List<Disk> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<Disk> add(AddRequest request) {
    Disk body = platform.body(request.disk());
    NewDisks.Started started =
        platform.write(
            transaction -> newDisks.add(transaction, request.call(), body, null, "disk"));
    return Outcome.started(resource.present(request.call(), started.disk()), started.job());
  }

  @Override
  public DiskService disk(String id) {
    return new OneDisk(platform, fleet, work, permissions, resource, id);
  }
}
