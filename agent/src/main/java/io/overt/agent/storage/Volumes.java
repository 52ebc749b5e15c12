package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.DomainStore.Backing;
import io.overt.agent.storage.DomainStore.VolumeLayout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Volumes and the images they form. Whatever takes time is a task; what can be refused at once is
 * refused by the call itself. Metadata is written last, so that a volume exists completely or not
 * at all.
 */
public final class Volumes {

  private static final String BLANK = "00000000-0000-0000-0000-000000000000";
  private static final int SECTOR = 512;

  private final DomainStore store;
  private final Tasks tasks;
  private final Set<VolumeAddress> busy = ConcurrentHashMap.newKeySet();

  public Volumes(DomainStore store, Tasks tasks) {
    this.store = store;
    this.tasks = tasks;
  }

  /**
   * A volume to be made.
   *
   * @param parent the volume it shows where it has no data of its own
   * @param role {@code LEAF}, or {@code SHARED} for a template's
   */
  public record NewVolume(
      VolumeAddress address,
      VolumeFormat format,
      boolean preallocated,
      long capacityBytes,
      String diskType,
      String description,
      Optional<Parent> parent,
      String role) {}

  public record Parent(UUID image, UUID volume) {}

  /** Starts a volume's creation. */
  public UUID create(NewVolume volume) {
    requireAbsent(volume.address());
    Optional<Map<String, String>> parent =
        volume
            .parent()
            .map(
                source ->
                    metadata(
                        new VolumeAddress(
                            volume.address().domain(), source.image(), source.volume())));
    if (parent.isPresent() && volume.format() != VolumeFormat.COW) {
      throw new VdsmError(
          ErrorCode.VOLUME_CREATION, "A volume on top of another one must be COW, not RAW");
    }
    long capacity = capacity(volume, parent);
    return exclusively("createVolume", volume.address(), () -> create(volume, parent, capacity));
  }

  private void create(
      NewVolume volume, Optional<Map<String, String>> parentMetadata, long capacity) {
    Optional<Backing> backing =
        volume
            .parent()
            .map(parent -> new Backing(parent.volume(), format(parentMetadata.orElse(Map.of()))));
    try {
      volume.parent().ifPresent(parent -> join(volume.address(), parent));
      store.createVolume(
          volume.address(),
          new VolumeLayout(volume.format(), volume.preallocated(), capacity, backing));
      store.writeVolumeMetadata(volume.address(), describe(volume, capacity, backing));
    } catch (RuntimeException e) {
      store.removeVolume(volume.address());
      throw e;
    }
  }

  /** A parent in another image is shared with this one; in the same image it turns internal. */
  private void join(VolumeAddress child, Parent parent) {
    VolumeAddress source = new VolumeAddress(child.domain(), parent.image(), parent.volume());
    if (parent.image().equals(child.image())) {
      change(source, Map.of("VOLTYPE", "INTERNAL"));
    } else {
      change(source, Map.of("VOLTYPE", "SHARED"));
      store.shareVolume(source, child.image());
    }
  }

  /** Starts a copy of what a volume shows, into a volume without parents. */
  public UUID copy(VolumeAddress from, NewVolume to, boolean overwrite) {
    Map<String, String> source = metadata(from);
    if (!overwrite) {
      requireAbsent(to.address());
    }
    store.domainMetadata(to.address().domain());
    long capacity = Long.parseLong(source.getOrDefault("CAP", "0"));
    return exclusively(
        "copyImage",
        to.address(),
        () -> {
          try {
            store.copyVolume(
                from,
                format(source),
                to.address(),
                new VolumeLayout(to.format(), to.preallocated(), capacity, Optional.empty()));
            store.writeVolumeMetadata(to.address(), describe(to, capacity, Optional.empty()));
          } catch (RuntimeException e) {
            store.removeVolume(to.address());
            throw e;
          }
        });
  }

  /** Starts to enlarge a volume that no guest has open; it never shrinks. */
  public UUID extend(VolumeAddress address, long bytes) {
    Map<String, String> metadata = metadata(address);
    long current = Long.parseLong(metadata.getOrDefault("CAP", "0"));
    if (bytes < current) {
      throw new VdsmError(
          ErrorCode.VOLUME_RESIZE_VALUE,
          "Volume %s has %d bytes and cannot shrink to %d"
              .formatted(address.volume(), current, bytes));
    }
    return exclusively(
        "extendVolumeSize",
        address,
        () -> {
          long rounded = roundUp(bytes);
          store.extendVolume(address, format(metadata), rounded);
          change(address, Map.of("CAP", Long.toString(rounded)));
        });
  }

  /** Starts to remove an image with all its volumes. */
  public UUID removeImage(UUID domain, UUID image) {
    if (store.volumes(domain, image).isEmpty()) {
      throw new VdsmError(
          ErrorCode.IMAGE_NOT_IN_DOMAIN,
          "Image %s is not in storage domain %s".formatted(image, domain));
    }
    return tasks.start("deleteImage", () -> store.removeImage(domain, image));
  }

  /** Starts to remove volumes that no remaining volume builds on. */
  public UUID removeVolumes(UUID domain, UUID image, List<UUID> volumes) {
    for (UUID volume : volumes) {
      metadata(new VolumeAddress(domain, image, volume));
      if (children(domain, image, volume).stream().anyMatch(child -> !volumes.contains(child))) {
        throw new VdsmError(
            ErrorCode.VOLUME_HAS_CHILDREN, "Volume " + volume + " has volumes built on it");
      }
    }
    return tasks.start("deleteVolume", () -> remove(domain, image, volumes));
  }

  private void remove(UUID domain, UUID image, List<UUID> volumes) {
    for (UUID volume : volumes) {
      VolumeAddress address = new VolumeAddress(domain, image, volume);
      Optional<UUID> parent =
          store
              .volumeMetadata(address)
              .flatMap(Volumes::parent)
              .filter(id -> !volumes.contains(id));
      store.removeVolume(address);
      parent
          .map(id -> new VolumeAddress(domain, image, id))
          .filter(id -> store.volumeMetadata(id).map(Volumes::internal).orElse(false))
          .filter(id -> children(domain, image, id.volume()).isEmpty())
          .ifPresent(id -> change(id, Map.of("VOLTYPE", "LEAF")));
    }
    if (store.volumes(domain, image).isEmpty()) {
      store.removeImage(domain, image);
    }
  }

  /**
   * The volume's metadata, keys as on disk.
   *
   * @throws VdsmError code 201 when it does not exist, 358 for its domain
   */
  public Map<String, String> metadata(VolumeAddress address) {
    return store
        .volumeMetadata(address)
        .orElseThrow(
            () ->
                new VdsmError(
                    ErrorCode.VOLUME_DOES_NOT_EXIST,
                    "Volume %s of image %s does not exist in storage domain %s"
                        .formatted(address.volume(), address.image(), address.domain())));
  }

  public void change(VolumeAddress address, Map<String, String> changes) {
    Map<String, String> metadata = new LinkedHashMap<>(metadata(address));
    metadata.putAll(changes);
    store.writeVolumeMetadata(address, metadata);
  }

  /** What a volume is built on, if it is built on another one. */
  Optional<Backing> backing(Map<String, String> metadata, VolumeAddress volume) {
    return parent(metadata)
        .map(
            id ->
                new Backing(
                    id, format(metadata(new VolumeAddress(volume.domain(), volume.image(), id)))));
  }

  /** Volumes of the image that build directly on this one. */
  public List<UUID> children(UUID domain, UUID image, UUID volume) {
    return store.volumes(domain, image).stream()
        .filter(
            other ->
                store
                    .volumeMetadata(new VolumeAddress(domain, image, other))
                    .flatMap(Volumes::parent)
                    .filter(volume::equals)
                    .isPresent())
        .toList();
  }

  public DomainStore.VolumeSize size(VolumeAddress address) {
    metadata(address);
    return store.size(address);
  }

  /** Where the hypervisor opens the volume. */
  public String path(VolumeAddress address) {
    metadata(address);
    return store.path(address);
  }

  /** The text that a volume holds from its beginning; the zeroes behind it are no part of it. */
  public String text(VolumeAddress address) {
    metadata(address);
    return store.text(address);
  }

  /** Replaces what a volume holds. */
  public void write(VolumeAddress address, String text) {
    metadata(address);
    store.write(address, text);
  }

  public List<UUID> images(UUID domain) {
    return store.images(domain);
  }

  public List<UUID> volumes(UUID domain, UUID image) {
    return store.volumes(domain, image);
  }

  /** One task at a time for each volume. */
  private UUID exclusively(String verb, VolumeAddress address, Runnable work) {
    if (!busy.add(address)) {
      throw new VdsmError(
          ErrorCode.RESOURCE_UNAVAILABLE,
          "Another task works on volume " + address.volume() + "; wait for it to finish");
    }
    return tasks.start(
        verb,
        () -> {
          try {
            work.run();
          } finally {
            busy.remove(address);
          }
        });
  }

  private void requireAbsent(VolumeAddress address) {
    if (store.volumeMetadata(address).isPresent()) {
      throw new VdsmError(
          ErrorCode.VOLUME_ALREADY_EXISTS,
          "Volume %s of image %s already exists".formatted(address.volume(), address.image()));
    }
  }

  private static long capacity(NewVolume volume, Optional<Map<String, String>> parent) {
    long capacity = roundUp(volume.capacityBytes());
    long least =
        parent.map(metadata -> Long.parseLong(metadata.getOrDefault("CAP", "0"))).orElse(0L);
    if (capacity <= 0 && least == 0) {
      throw new VdsmError(
          ErrorCode.VOLUME_SIZE,
          "Volume size is %d bytes but must be positive".formatted(volume.capacityBytes()));
    }
    return Math.max(capacity, least);
  }

  private static Map<String, String> describe(
      NewVolume volume, long capacity, Optional<Backing> backing) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("CAP", Long.toString(capacity));
    metadata.put("CTIME", Long.toString(Instant.now().getEpochSecond()));
    metadata.put("DESCRIPTION", volume.description());
    metadata.put("DISKTYPE", volume.diskType());
    metadata.put("DOMAIN", volume.address().domain().toString());
    metadata.put("FORMAT", volume.format().name());
    metadata.put("GEN", "0");
    metadata.put("IMAGE", volume.address().image().toString());
    metadata.put("LEGALITY", "LEGAL");
    metadata.put("PUUID", backing.map(parent -> parent.volume().toString()).orElse(BLANK));
    metadata.put("TYPE", volume.preallocated() ? "PREALLOCATED" : "SPARSE");
    metadata.put("VOLTYPE", volume.role());
    return metadata;
  }

  private static Optional<UUID> parent(Map<String, String> metadata) {
    return Optional.ofNullable(metadata.get("PUUID"))
        .filter(id -> !id.equals(BLANK))
        .map(UUID::fromString);
  }

  private static boolean internal(Map<String, String> metadata) {
    return "INTERNAL".equals(metadata.get("VOLTYPE"));
  }

  static VolumeFormat format(Map<String, String> metadata) {
    return VolumeFormat.parse(metadata.getOrDefault("FORMAT", "RAW")).orElse(VolumeFormat.RAW);
  }

  private static long roundUp(long bytes) {
    return (bytes + SECTOR - 1) / SECTOR * SECTOR;
  }
}
