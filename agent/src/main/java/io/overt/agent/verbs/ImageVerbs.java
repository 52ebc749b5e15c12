package io.overt.agent.verbs;

import io.overt.agent.storage.VolumeAddress;
import io.overt.agent.storage.Volumes;
import java.util.Map;
import java.util.UUID;

/** The Image verbs. */
final class ImageVerbs implements Verbs.VerbGroup {

  private final Volumes volumes;

  ImageVerbs(Volumes volumes) {
    this.volumes = volumes;
  }

  @Override
  public void register(Verbs.Registry registry) {
    registry.add("Image.prepare", this::prepare);
    registry.add("Image.teardown", this::teardown);
    registry.add("Image.delete", this::delete);
    registry.add("Image.deleteVolumes", this::deleteVolumes);
    registry.add("Image.getVolumes", this::list);
  }

  private Object prepare(Parameters call) {
    return Map.of(
        "path",
        volumes.path(
            new VolumeAddress(
                call.uuid("storagedomainID"), call.uuid("imageID"), call.uuid("volumeID"))));
  }

  /** Files stay where they are; the engine names the volume leafVolID, the schema volumeID. */
  private Object teardown(Parameters call) {
    volumes.volumes(call.uuid("storagedomainID"), call.uuid("imageID"));
    return true;
  }

  private Object delete(Parameters call) {
    return volumes.removeImage(call.uuid("storagedomainID"), call.uuid("imageID")).toString();
  }

  private Object deleteVolumes(Parameters call) {
    return volumes
        .removeVolumes(call.uuid("storagedomainID"), call.uuid("imageID"), call.uuids("volumeList"))
        .toString();
  }

  private Object list(Parameters call) {
    return volumes.volumes(call.uuid("storagedomainID"), call.uuid("imageID")).stream()
        .map(UUID::toString)
        .toList();
  }
}
