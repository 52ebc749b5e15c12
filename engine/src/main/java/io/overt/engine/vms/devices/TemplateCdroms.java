package io.overt.engine.vms.devices;

import io.overt.engine.resource.Platform;
import io.overt.inventory.Kinds;
import io.overt.model.services.TemplateCdromService;
import io.overt.model.services.TemplateCdromsService;
import io.overt.model.types.Cdrom;
import io.overt.model.types.Template;
import java.util.List;

/** {@code /templates/{id}/cdroms}. */
public final class TemplateCdroms implements TemplateCdromsService {
  private final Devices<Template, Cdrom> cdroms;

  public TemplateCdroms(Platform platform, String templateId) {
    this.cdroms = new Devices<>(platform, Kinds.TEMPLATE, templateId, Kinds.CDROM);
  }

  @Override
  public List<Cdrom> list(ListRequest request) {
    return cdroms.list(request.call());
  }

  @Override
  public TemplateCdromService cdrom(String id) {
    return new TemplateCdromService() {
      @Override
      public Cdrom get(GetRequest request) {
        return cdroms.get(request.call(), id);
      }
    };
  }
}
