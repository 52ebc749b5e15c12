package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.VmWatchdogService;
import io.overt.model.services.VmWatchdogsService;
import io.overt.model.types.Vm;
import io.overt.model.types.Watchdog;
import java.util.List;

/** {@code /vms/{id}/watchdogs}. */
public final class VmWatchdogs implements VmWatchdogsService {
  private final Platform platform;
  private final Devices<Vm, Watchdog> watchdogs;

  public VmWatchdogs(Platform platform, String ownerId) {
    this.platform = platform;
    this.watchdogs = new Devices<>(platform, Kinds.VM, ownerId, Kinds.WATCHDOG);
  }

  @Override
  public List<Watchdog> list(ListRequest request) {
    return watchdogs.listLeniently(request.call());
  }

  @Override
  public Outcome<Watchdog> add(AddRequest request) {
    return Watchdogs.add(watchdogs, request.call(), platform.body(request.watchdog()));
  }

  @Override
  public VmWatchdogService watchdog(String id) {
    return new VmWatchdogService() {
      @Override
      public Watchdog get(GetRequest request) {
        return watchdogs.get(request.call(), id);
      }

      @Override
      public Outcome<Watchdog> update(UpdateRequest request) {
        Watchdog body = platform.body(request.watchdog());
        return Watchdogs.update(watchdogs, request.call(), id, body);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return watchdogs.remove(request.call(), id);
      }
    };
  }
}
