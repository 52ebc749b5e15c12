package io.overt.engine.catalogue;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Kinds;
import io.overt.model.services.IconService;
import io.overt.model.services.IconsService;
import io.overt.model.types.Icon;
import java.util.List;

/** {@code /icons}: pictures of operating systems, and those that users gave to VMs. */
public final class Icons implements IconsService {
  private final Resource<Icon> resource;

  public Icons(Platform platform) {
    this.resource = new Resource<>(platform, Kinds.ICON);
  }

  @Override
  public List<Icon> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public IconService icon(String id) {
    return new IconService() {
      @Override
      public Icon get(GetRequest request) {
        return resource.get(request.call(), id);
      }
    };
  }
}
