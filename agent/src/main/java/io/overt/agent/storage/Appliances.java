package io.overt.agent.storage;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.storage.DomainStore.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;

/** Volumes packed into one file of this host, with a description of what they belong to. */
public final class Appliances {

  private final DomainStore store;
  private final Volumes volumes;

  public Appliances(DomainStore store, Volumes volumes) {
    this.store = store;
    this.volumes = volumes;
  }

  /** A disk and the name of its file. */
  public record Source(UUID domain, UUID image, UUID volume, String name) {}

  /**
   * Writes the file; it appears when it is complete.
   *
   * @throws VdsmError code 225
   */
  public void pack(Path file, String document, List<Source> disks, IntConsumer progress) {
    List<Part> parts = new ArrayList<>();
    for (Source disk : disks) {
      if (!disk.name().matches("[A-Za-z0-9._-]{1,99}")) {
        throw new VdsmError(
            ErrorCode.INVALID_PARAMETERS,
            "A file of an appliance cannot be named '%s'".formatted(disk.name()));
      }
      VolumeAddress volume = new VolumeAddress(disk.domain(), disk.image(), disk.volume());
      parts.add(new Part(disk.name(), volume, Volumes.format(volumes.metadata(volume))));
    }
    store.pack(file, document, parts, progress);
  }
}
