package io.overt.engine.storage;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Kinds;
import io.overt.model.NeverSucceeds;
import io.overt.model.services.ImageTransferService;
import io.overt.model.services.ImageTransfersService;
import io.overt.model.types.ImageTransfer;
import java.util.List;

/** {@code /imagetransfers}: those that are there; none can be started yet. */
public final class ImageTransfers implements ImageTransfersService {
  private final Resource<ImageTransfer> resource;

  public ImageTransfers(Platform platform) {
    this.resource = new Resource<>(platform, Kinds.IMAGE_TRANSFER);
  }

  @Override
  public List<ImageTransfer> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public ImageTransferService imageTransfer(String id) {
    return new ImageTransferService() {
      @Override
      @NeverSucceeds
      public ImageTransfer get(GetRequest request) {
        return resource.get(request.call(), id);
      }
    };
  }
}
