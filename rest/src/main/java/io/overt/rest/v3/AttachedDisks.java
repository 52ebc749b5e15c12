package io.overt.rest.v3;

import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskInterface;
import io.overt.rest.api.Inner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disks of a machine or template as one thing: the disk and how it is attached. */
final class AttachedDisks {
  private static final List<String> OF_ATTACHMENT =
      List.of("active", "bootable", "interface", "logical_name", "uses_scsi_reservation");

  private AttachedDisks() {}

  /**
   * The disks below {@code owner}.
   *
   * @param owner path of a machine or template
   * @throws ApiFault not found when that does not exist
   */
  static List<Struct> of(Inner inner, String owner) {
    if (!(inner.get(owner + "/diskattachments") instanceof List<?> attachments)) {
      throw new IllegalStateException("a list operation returned no list");
    }
    List<Struct> disks = new ArrayList<>();
    for (Object attachment : attachments) {
      Struct disk = attachment instanceof DiskAttachment found ? merged(inner, found) : null;
      if (disk != null) {
        disks.add(disk);
      }
    }
    return disks;
  }

  /** The same, to stand inline under their addresses. */
  static List<Struct> inline(Inner inner, String owner) {
    List<Struct> disks = of(inner, owner);
    for (Struct disk : disks) {
      disk.href(owner + "/disks/" + disk.id());
      disk.expand();
    }
    return disks;
  }

  /**
   * One disk of a machine.
   *
   * @throws ApiFault not found when it is not attached
   */
  static Struct one(Inner inner, String owner, String id) {
    Struct disk =
        inner.get(owner + "/diskattachments/" + id) instanceof DiskAttachment found
            ? merged(inner, found)
            : null;
    if (disk == null) {
      throw ApiFault.notFound();
    }
    return disk;
  }

  /** Null when the disk is gone meanwhile, or not for the caller's eyes. */
  static @Nullable Struct merged(Inner inner, DiskAttachment attachment) {
    Disk reference = attachment.disk();
    String id = reference == null || reference.id() == null ? attachment.id() : reference.id();
    Struct disk = inner.find("/disks/" + id);
    if (disk == null) {
      return null;
    }
    Struct merged = disk.shallowCopy();
    merged.href(null);
    for (String member : OF_ATTACHMENT) {
      Object value = attachment.get(member);
      if (value != null) {
        merged.set(member, value);
      }
    }
    return merged;
  }

  /** How a disk that was sent is to be attached; what it says of the disk itself stays there. */
  static DiskAttachment attachment(Struct sent, boolean isNew) {
    Struct disk = sent.shallowCopy();
    DiskAttachment attachment = new DiskAttachment();
    for (String member : OF_ATTACHMENT) {
      Object value = disk.get(member);
      if (value != null && !member.equals("logical_name")) {
        attachment.set(member, value);
      }
      disk.set(member, null);
    }
    if (isNew && attachment.interface_() == null) {
      attachment.interface_(DiskInterface.VIRTIO);
    }
    attachment.set("disk", disk);
    return attachment;
  }
}
