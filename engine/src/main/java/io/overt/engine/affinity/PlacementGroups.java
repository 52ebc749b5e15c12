package io.overt.engine.affinity;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityRule;
import io.overt.model.types.Cluster;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cluster's affinity groups as placement sees them: members by label are members. */
public final class PlacementGroups {
  private PlacementGroups() {}

  public static List<io.overt.scheduling.state.AffinityGroup> of(
      Snapshot snapshot, Cluster cluster) {
    return snapshot.owned(Kinds.AFFINITY_GROUP, Kinds.CLUSTER.key(cluster.requireId())).stream()
        .map(group -> of(snapshot, group))
        .toList();
  }

  private static io.overt.scheduling.state.AffinityGroup of(
      Snapshot snapshot, Entity<AffinityGroup> group) {
    AffinityGroup value = group.value();
    return new io.overt.scheduling.state.AffinityGroup(
        group.id(),
        Objects.requireNonNullElse(value.name(), group.id()),
        value.priority() == null ? 1 : value.priority().doubleValue(),
        members(snapshot, value, "vms", "vm_labels"),
        members(snapshot, value, "hosts", "host_labels"),
        rule(value.vmsRule()),
        rule(value.hostsRule()));
  }

  /** Ids of a group's members, those of its labels included. */
  static Set<String> members(
      Snapshot snapshot, AffinityGroup group, String members, String labels) {
    Set<String> ids = new HashSet<>(ids(Membership.references(group, members)));
    for (String label : ids(Membership.references(group, labels))) {
      snapshot
          .find(Kinds.AFFINITY_LABEL, label)
          .ifPresent(found -> ids.addAll(ids(Membership.references(found.value(), members))));
    }
    return ids;
  }

  private static List<String> ids(List<? extends Struct> references) {
    return references.stream().map(Struct::requireId).toList();
  }

  private static io.overt.scheduling.state.AffinityGroup.Rule rule(@Nullable AffinityRule rule) {
    return rule == null
        ? io.overt.scheduling.state.AffinityGroup.Rule.DISABLED
        : new io.overt.scheduling.state.AffinityGroup.Rule(
            Boolean.TRUE.equals(rule.enabled()),
            Boolean.TRUE.equals(rule.positive()),
            Boolean.TRUE.equals(rule.enforcing()));
  }
}
