package io.overt.engine.vms;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.NeverSucceeds;
import io.overt.model.Struct;
import io.overt.model.services.KatelloErrataService;
import io.overt.model.services.KatelloErratumService;
import io.overt.model.services.VmBackupService;
import io.overt.model.services.VmBackupsService;
import io.overt.model.services.VmCheckpointService;
import io.overt.model.services.VmCheckpointsService;
import io.overt.model.services.VmHostDeviceService;
import io.overt.model.services.VmHostDevicesService;
import io.overt.model.types.Backup;
import io.overt.model.types.Checkpoint;
import io.overt.model.types.HostDevice;
import io.overt.model.types.KatelloErratum;
import io.overt.model.types.Vm;
import java.util.List;

/**
 * Collections of a machine that can be read, though nothing adds to them yet, or that stay empty
 * because Overt knows no such provider.
 */
final class EmptyCollections {
  private final Resource<Vm> machines;
  private final Platform platform;
  private final String vmId;

  EmptyCollections(Resource<Vm> machines, Platform platform, String vmId) {
    this.machines = machines;
    this.platform = platform;
    this.vmId = vmId;
  }

  private void requireMachine(Call call) {
    machines.require(call, platform.snapshot(), vmId);
  }

  private <T extends Struct> List<T> owned(Call call, Kind<T> kind) {
    requireMachine(call);
    return platform.snapshot().owned(kind, Kinds.VM.key(vmId)).stream()
        .limit(Resource.limit(call))
        .map(Entity::value)
        .toList();
  }

  private <T extends Struct> T one(Call call, Kind<T> kind, String id) {
    return owned(call, kind).stream()
        .filter(value -> id.equals(value.id()))
        .findFirst()
        .orElseThrow(ApiFault::notFound);
  }

  VmHostDevicesService hostDevices() {
    return new VmHostDevicesService() {
      @Override
      public List<HostDevice> list(VmHostDevicesService.ListRequest request) {
        requireMachine(request.call());
        return List.of();
      }

      @Override
      public VmHostDeviceService device(String id) {
        return new VmHostDeviceService() {
          @Override
          @NeverSucceeds
          public HostDevice get(VmHostDeviceService.GetRequest request) {
            throw ApiFault.notFound();
          }
        };
      }
    };
  }

  VmBackupsService backups() {
    return new VmBackupsService() {
      @Override
      public List<Backup> list(VmBackupsService.ListRequest request) {
        return owned(request.call(), Kinds.BACKUP);
      }

      @Override
      public VmBackupService backup(String id) {
        return new VmBackupService() {
          @Override
          @NeverSucceeds
          public Backup get(VmBackupService.GetRequest request) {
            return one(request.call(), Kinds.BACKUP, id);
          }
        };
      }
    };
  }

  VmCheckpointsService checkpoints() {
    return new VmCheckpointsService() {
      @Override
      public List<Checkpoint> list(VmCheckpointsService.ListRequest request) {
        return owned(request.call(), Kinds.CHECKPOINT);
      }

      @Override
      public VmCheckpointService checkpoint(String id) {
        return new VmCheckpointService() {
          @Override
          @NeverSucceeds
          public Checkpoint get(VmCheckpointService.GetRequest request) {
            return one(request.call(), Kinds.CHECKPOINT, id);
          }
        };
      }
    };
  }

  KatelloErrataService katelloErrata() {
    return new KatelloErrataService() {
      @Override
      public List<KatelloErratum> list(KatelloErrataService.ListRequest request) {
        requireMachine(request.call());
        return List.of();
      }

      @Override
      public KatelloErratumService katelloErratum(String id) {
        return new KatelloErratumService() {
          @Override
          @NeverSucceeds
          public KatelloErratum get(KatelloErratumService.GetRequest request) {
            throw ApiFault.notFound();
          }
        };
      }
    };
  }
}
