package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.DomainStore.VolumeLayout;
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

  /**
   * Makes an image in another domain with volumes like these, each built on the same one, but with
   * nothing in them; volumes that are there stay as they are.
   */
  public void copyStructure(UUID domain, UUID image, UUID target) {
    for (VolumeAddress volume : lowestFirst(present(domain, image))) {
      VolumeAddress copy = new VolumeAddress(target, image, volume.volume());
      if (store.volumeMetadata(copy).isEmpty()) {
        Map<String, String> metadata = new LinkedHashMap<>(volumes.metadata(volume));
        store.createVolume(
            copy,
            new VolumeLayout(
                Volumes.format(metadata),
                false,
                Long.parseLong(metadata.getOrDefault("CAP", "0")),
                volumes.backing(metadata, volume)));
        metadata.put("DOMAIN", target.toString());
        store.writeVolumeMetadata(copy, metadata);
      }
    }
  }

  /** Which volumes of an image are meant; a leaf is one that nothing is built on. */
  public enum Part {
    ALL,
    INTERNAL,
    LEAF
  }

  /** Copies what volumes of an image hold to those that {@link #copyStructure} has made. */
  public void copyContents(UUID domain, UUID image, UUID target, Part part) {
    for (VolumeAddress volume : lowestFirst(present(domain, image))) {
      boolean leaf = volumes.children(domain, image, volume.volume()).isEmpty();
      if (part == Part.ALL || leaf == (part == Part.LEAF)) {
        VolumeAddress copy = new VolumeAddress(target, image, volume.volume());
        Map<String, String> metadata = volumes.metadata(copy);
        store.duplicateVolume(volume, copy);
        store.writeVolumeMetadata(copy, metadata);
      }
    }
  }

  private List<VolumeAddress> lowestFirst(List<VolumeAddress> all) {
    List<VolumeAddress> left = new ArrayList<>(all);
    List<VolumeAddress> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      List<String> waiting = left.stream().map(each -> each.volume().toString()).toList();
      VolumeAddress next =
          left.stream()
              .filter(each -> !waiting.contains(volumes.metadata(each).getOrDefault("PUUID", "")))
              .findFirst()
              .orElse(left.getFirst());
      left.remove(next);
      ordered.add(next);
    }
    return ordered;
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
