package io.overt.agent.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * Holds storage domains, their metadata and their volumes' data as this host sees them. Methods
 * throw {@link io.overt.agent.errors.VdsmError} with VDSM's storage codes.
 */
public interface DomainStore {

  /** Makes the domains behind a connection visible to this host; repeating it changes nothing. */
  void connect(StorageConnection connection);

  /** Undoes {@link #connect}; unknown connections are ignored. */
  void disconnect(StorageConnection connection);

  /** The domains that are visible now. */
  Set<UUID> domains();

  /** Creates the domain's directories and metadata below a connected path. */
  void createDomain(UUID domain, String remotePath, Map<String, String> metadata);

  /** Removes the domain and everything in it. */
  void removeDomain(UUID domain);

  Map<String, String> domainMetadata(UUID domain);

  void writeDomainMetadata(UUID domain, Map<String, String> metadata);

  Capacity capacity(UUID domain);

  List<UUID> images(UUID domain);

  /** Volumes with metadata; a volume whose creation was cut short has none. */
  List<UUID> volumes(UUID domain, UUID image);

  /** Empty when the volume does not exist. */
  Optional<Map<String, String>> volumeMetadata(VolumeAddress volume);

  void writeVolumeMetadata(VolumeAddress volume, Map<String, String> metadata);

  /** Creates the volume's data; metadata is written afterwards, as the last step. */
  void createVolume(VolumeAddress volume, VolumeLayout layout);

  /** Copies what the source shows a guest, without its backing chain. */
  void copyVolume(VolumeAddress from, VolumeFormat fromFormat, VolumeAddress to, VolumeLayout as);

  /** Makes a template's volume visible in another image of the same domain. */
  void shareVolume(VolumeAddress volume, UUID withImage);

  void extendVolume(VolumeAddress volume, VolumeFormat format, long bytes);

  /** Copies what a volume holds itself into the one that it is built on. */
  void commitVolume(
      VolumeAddress top, VolumeFormat topFormat, VolumeAddress base, VolumeFormat baseFormat);

  /** Builds a volume on another one with the same contents. */
  void rebaseVolume(VolumeAddress volume, VolumeFormat format, Backing backing);

  /** Copies a volume's file as it is to another domain; metadata is written afterwards. */
  void duplicateVolume(VolumeAddress from, VolumeAddress to);

  /** Writes a volume anew without the zeroes in it. */
  void sparsifyVolume(VolumeAddress volume, VolumeFormat format, Optional<Backing> backing);

  /**
   * Packs a description and what volumes show a guest, as QCOW2 files, into one file of the host,
   * which appears when it is complete.
   */
  void pack(Path file, String document, List<Part> parts, IntConsumer progress);

  /** A volume and the name of its file. */
  record Part(String name, VolumeAddress volume, VolumeFormat format) {}

  /** Removes data and metadata; a volume that does not exist is no error. */
  void removeVolume(VolumeAddress volume);

  void removeImage(UUID domain, UUID image);

  VolumeSize size(VolumeAddress volume);

  /** Where a hypervisor of this host opens the volume. */
  String path(VolumeAddress volume);

  /** The text that a RAW volume holds, without the zeroes behind it. */
  String text(VolumeAddress volume);

  /** Makes a RAW volume hold a text. */
  void write(VolumeAddress volume, String text);

  /** Pools this host is connected to; survives an agent restart. */
  Map<UUID, UUID> pools();

  void rememberPool(UUID pool, UUID masterDomain);

  void forgetPool(UUID pool);

  record Capacity(long totalBytes, long freeBytes) {}

  /**
   * @param apparentBytes the file's length
   * @param trueBytes what it occupies
   */
  record VolumeSize(long apparentBytes, long trueBytes) {}

  /**
   * @param capacityBytes what a guest sees
   * @param backing the parent in the same image, with its format
   */
  record VolumeLayout(
      VolumeFormat format, boolean preallocated, long capacityBytes, Optional<Backing> backing) {}

  record Backing(UUID volume, VolumeFormat format) {}
}
