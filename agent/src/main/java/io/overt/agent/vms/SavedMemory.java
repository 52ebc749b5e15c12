package io.overt.agent.vms;

import io.overt.agent.vms.DiskPaths.Image;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a guest's memory is saved, and beside it the domain that it belongs to.
 *
 * @param memory VDSM's memory volume
 * @param configuration VDSM's volume with the saved machine's parameters; here its domain XML
 * @param fromSnapshot whether it belongs to a snapshot, and not to a suspended machine
 */
public record SavedMemory(Image memory, Image configuration, boolean fromSnapshot) {

  private static final int PARTS = 6;

  /**
   * Reads VDSM's handle, {@code domain,pool,memoryImage,memoryVolume,confImage,confVolume}.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static SavedMemory read(String handle, boolean fromSnapshot) {
    String[] parts = handle.split(",", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "it has %d parts, not the %d of domain,pool,image,volume,image,volume"
              .formatted(parts.length, PARTS));
    }
    UUID domain = UUID.fromString(parts[0].strip());
    Optional<UUID> pool = Optional.of(UUID.fromString(parts[1].strip()));
    return new SavedMemory(
        new Image(pool, domain, uuid(parts[2]), uuid(parts[3])),
        new Image(pool, domain, uuid(parts[4]), uuid(parts[5])),
        fromSnapshot);
  }

  private static UUID uuid(String text) {
    return UUID.fromString(text.strip());
  }

  /** The saved domain's XML. */
  String domain(DiskPaths images) {
    String xml = images.read(configuration);
    if (xml.isEmpty()) {
      throw new IllegalStateException("No machine was saved to volume " + memory.volume());
    }
    return xml;
  }

  /** What scripts are told besides. */
  Map<String, String> particulars() {
    return Map.of("FROM_SNAPSHOT", fromSnapshot ? "True" : "False");
  }
}
