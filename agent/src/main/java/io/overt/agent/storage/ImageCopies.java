package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Copies of whole images, each volume as it is, and images that give back what they do not need.
 */
public final class ImageCopies {

  private final DomainStore store;
  private final Volumes volumes;
  private final Set<UUID> busy = ConcurrentHashMap.newKeySet();

  public ImageCopies(DomainStore store, Volumes volumes) {
    this.store = store;
    this.volumes = volumes;
  }

  /**
   * Only one copy of an image is made at a time.
   *
   * @throws VdsmError code 40 when somebody else is at it
   */
  public void begin(UUID image) {
    if (!busy.add(image)) {
      throw new VdsmError(
          ErrorCode.RESOURCE_UNAVAILABLE, "Another task copies image " + image + "; wait for it");
    }
  }

  public void end(UUID image) {
    busy.remove(image);
  }

  /** Copies an image to another domain; volumes that are there completely are not copied again. */
  public void copy(UUID domain, UUID image, UUID target) {
    for (VolumeAddress volume : present(domain, image)) {
      VolumeAddress copy = new VolumeAddress(target, image, volume.volume());
      if (store.volumeMetadata(copy).isEmpty()) {
        Map<String, String> metadata = new LinkedHashMap<>(volumes.metadata(volume));
        store.duplicateVolume(volume, copy);
        metadata.put("DOMAIN", target.toString());
        store.writeVolumeMetadata(copy, metadata);
      }
    }
  }

  /** Removes an image. */
  public void remove(UUID domain, UUID image) {
    store.removeImage(domain, image);
  }

  private List<VolumeAddress> present(UUID domain, UUID image) {
    List<VolumeAddress> all = new ArrayList<>();
    store
        .volumes(domain, image)
        .forEach(volume -> all.add(new VolumeAddress(domain, image, volume)));
    if (all.isEmpty()) {
      throw new VdsmError(
          ErrorCode.IMAGE_NOT_IN_DOMAIN,
          "Image %s is not in storage domain %s".formatted(image, domain));
    }
    return all;
  }

  /** Writes a volume anew without the zeroes in it; nobody may use it. */
  public void sparsify(VolumeAddress volume) {
    Map<String, String> metadata = volumes.metadata(volume);
    if (!volumes.children(volume.domain(), volume.image(), volume.volume()).isEmpty()
        || "SHARED".equals(metadata.get("VOLTYPE"))) {
      throw new VdsmError(
          ErrorCode.VOLUME_HAS_CHILDREN, "Volume " + volume.volume() + " has volumes built on it");
    }
    store.sparsifyVolume(volume, Volumes.format(metadata), volumes.backing(metadata, volume));
  }
}
