package io.overt.engine.disks;

import io.overt.engine.storage.DomainUsers;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Snapshot;
import io.overt.model.types.DiskAttachment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose disks are copied: as they are now, or as a snapshot keeps them.
 *
 * @param kept the attachments that a snapshot remembers; null for the present ones
 * @param volumes the snapshot's volume of each disk, by the disk's id
 */
public record DiskSource(
    Key owner, @Nullable List<DiskAttachment> kept, Map<String, String> volumes) {

  /** The disks as they are. */
  public static DiskSource now(Key owner) {
    return new DiskSource(owner, null, Map.of());
  }

  List<DiskAttachment> attachments(Snapshot inventory) {
    List<DiskAttachment> remembered = kept;
    return remembered == null
        ? DomainUsers.attachments(inventory, owner).stream().map(Entity::value).toList()
        : remembered.stream()
            .filter(attachment -> volumes.containsKey(attachment.requireId()))
            .toList();
  }

  /** The volume that is copied; empty for the disk's present one. */
  String volume(String disk) {
    return volumes.getOrDefault(disk, "");
  }
}
