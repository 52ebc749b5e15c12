package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.VolumeAddress;
import io.overt.agent.storage.Volumes;
import io.overt.agent.vms.LiveDisks;
import java.util.Map;
import java.util.UUID;

/** The Image verbs. */
final class ImageVerbs implements Verbs.VerbGroup {

  private final Volumes volumes;
  private final LiveDisks liveDisks;

  ImageVerbs(Volumes volumes, LiveDisks liveDisks) {
    this.volumes = volumes;
    this.liveDisks = liveDisks;
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

  /** What a guest of this host has open stays, whatever the engine believes. */
  private Object deleteVolumes(Parameters call) {
    for (UUID volume : call.uuids("volumeList")) {
      if (liveDisks.uses(call.uuid("imageID"), volume)) {
        throw new VdsmError(
            ErrorCode.RESOURCE_UNAVAILABLE,
            "Volume " + volume + " is below a disk of a machine that runs here");
      }
    }
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
