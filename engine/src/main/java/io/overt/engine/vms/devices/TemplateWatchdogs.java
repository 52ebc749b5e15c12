package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Kinds;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.TemplateWatchdogService;
import io.overt.model.services.TemplateWatchdogsService;
import io.overt.model.types.Template;
import io.overt.model.types.Watchdog;
import java.util.List;

/** {@code /templates/{id}/watchdogs}. */
public final class TemplateWatchdogs implements TemplateWatchdogsService {
  private final Platform platform;
  private final Devices<Template, Watchdog> watchdogs;

  public TemplateWatchdogs(Platform platform, String ownerId) {
    this.platform = platform;
    this.watchdogs = new Devices<>(platform, Kinds.TEMPLATE, ownerId, Kinds.WATCHDOG);
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
  public TemplateWatchdogService watchdog(String id) {
    return new TemplateWatchdogService() {
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
