package io.overt.engine.vms.snapshots;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Struct;
import io.overt.model.services.SnapshotCdromService;
import io.overt.model.services.SnapshotCdromsService;
import io.overt.model.services.SnapshotDiskService;
import io.overt.model.services.SnapshotDisksService;
import io.overt.model.services.SnapshotNicService;
import io.overt.model.services.SnapshotNicsService;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskSnapshot;
import io.overt.model.types.Nic;
import io.overt.model.types.Snapshot;
import io.overt.model.types.SnapshotType;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The devices of a machine as one of its snapshots remembers them, or as they are. */
final class SnapshotDevices {
  private final Platform platform;
  private final String vmId;
  private final Function<Call, Snapshot> find;

  SnapshotDevices(Platform platform, String vmId, Function<Call, Snapshot> find) {
    this.platform = platform;
    this.vmId = vmId;
    this.find = find;
  }

  private static boolean active(Snapshot snapshot) {
    return snapshot.snapshotType() == SnapshotType.ACTIVE;
  }

  private List<Disk> disksOf(Snapshot snapshot) {
    io.overt.inventory.Snapshot inventory = platform.snapshot();
    Stream<Disk> disks =
        active(snapshot)
            ? inventory.find(Kinds.VM, vmId).stream()
                .flatMap(vm -> DiskLayers.disks(inventory, vm).stream())
                .map(disk -> disk.value().copy())
            : DiskLayers.ofSnapshot(inventory, snapshot.requireId()).stream()
                .map(SnapshotDevices::disk);
    return disks.map(disk -> disk.snapshot(reference(snapshot))).toList();
  }

  private Snapshot reference(Snapshot snapshot) {
    Snapshot reference = new Snapshot();
    reference.id(snapshot.requireId());
    return reference.vm(new Vm().id(vmId));
  }

  /** As the disk that it was: its id is the disk's, its image the volume that is kept. */
  private static Disk disk(Entity<DiskSnapshot> layer) {
    Disk disk = new Disk();
    DiskSnapshot kept = layer.value().copy();
    for (var member : disk.type().members()) {
      disk.set(member, kept.get(member.name()));
    }
    return disk.id(Objects.requireNonNull(kept.disk()).requireId()).imageId(layer.id());
  }

  private static <T extends Struct> T one(List<T> all, String id, String kind) {
    return all.stream()
        .filter(each -> id.equals(each.id()))
        .findFirst()
        .orElseThrow(() -> ApiFault.missing(kind + ": id=" + id));
  }

  private static <T> List<T> limited(Call call, List<T> all) {
    return all.stream().limit(Resource.limit(call)).toList();
  }

  private List<Nic> nicsOf(Snapshot snapshot) {
    return active(snapshot)
        ? platform.snapshot().owned(Kinds.NIC, Kinds.VM.key(vmId)).stream()
            .map(Entity::value)
            .toList()
        : SnapshotConfiguration.nics(snapshot);
  }

  private List<Cdrom> cdromsOf(Snapshot snapshot) {
    return active(snapshot)
        ? platform.snapshot().owned(Kinds.CDROM, Kinds.VM.key(vmId)).stream()
            .map(Entity::value)
            .toList()
        : SnapshotConfiguration.cdroms(snapshot);
  }

  SnapshotDisksService disks() {
    return new SnapshotDisksService() {
      @Override
      public List<Disk> list(ListRequest request) {
        return limited(request.call(), disksOf(find.apply(request.call())));
      }

      @Override
      public SnapshotDiskService disk(String id) {
        return new SnapshotDiskService() {
          @Override
          public Disk get(GetRequest request) {
            return one(disksOf(find.apply(request.call())), id, "Disk");
          }
        };
      }
    };
  }

  SnapshotNicsService nics() {
    return new SnapshotNicsService() {
      @Override
      public List<Nic> list(ListRequest request) {
        return limited(request.call(), nicsOf(find.apply(request.call())));
      }

      @Override
      public SnapshotNicService nic(String id) {
        return new SnapshotNicService() {
          @Override
          public Nic get(GetRequest request) {
            return one(nicsOf(find.apply(request.call())), id, "Nic");
          }
        };
      }
    };
  }

  SnapshotCdromsService cdroms() {
    return new SnapshotCdromsService() {
      @Override
      public List<Cdrom> list(ListRequest request) {
        return limited(request.call(), cdromsOf(find.apply(request.call())));
      }

      @Override
      public SnapshotCdromService cdrom(String id) {
        return new SnapshotCdromService() {
          @Override
          public Cdrom get(GetRequest request) {
            return one(cdromsOf(find.apply(request.call())), id, "Cdrom");
          }
        };
      }
    };
  }
}
