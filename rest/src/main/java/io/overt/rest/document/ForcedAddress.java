package io.overt.rest.document;

import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.SnapshotType;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that do not follow from the model's structure, as oVirt engine 4.5 was seen to give
 * them.
 */
final class ForcedAddress {
  private ForcedAddress() {}

  /** Where an object of the answer stands regardless of the request's path. */
  static @Nullable String of(Struct entry) {
    if (entry.type().name().equals("permission")
        && entry.get("user") == null
        && entry.get("group") instanceof Struct group
        && group.id() != null) {
      return "/groups/" + group.id() + "/permissions/" + entry.id();
    }
    return null;
  }

  /** Where an object inside another stands. */
  static @Nullable String of(
      Struct struct, Member member, Struct owner, @Nullable String ownerPath) {
    if (member.name().equals("management_network")
        && owner.type().name().equals("cluster")
        && ownerPath != null) {
      return ownerPath + "/networks/" + struct.id();
    }
    return of(struct);
  }

  /** True for objects whose collections are not shown: the snapshot that a VM runs on. */
  static boolean withoutLinks(Struct struct) {
    return struct.type().name().equals("snapshot")
        && struct.get("snapshot_type") == SnapshotType.ACTIVE;
  }

  /** True for objects that have an id but are not found by it: history statistics. */
  static boolean none(Struct entry) {
    return entry.type().name().equals("statistic")
        && entry.get("name") instanceof String name
        && name.endsWith(".usage.history");
  }
}
