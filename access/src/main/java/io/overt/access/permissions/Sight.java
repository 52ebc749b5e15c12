package io.overt.access.permissions;

import static io.overt.access.permissions.VisibilityRule.SYSTEM;
import static io.overt.access.permissions.VisibilityRule.always;
import static io.overt.access.permissions.VisibilityRule.only;
import static io.overt.access.permissions.VisibilityRule.open;

import io.overt.access.session.Caller;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one caller sees of one snapshot. */
final class Sight {
  /** Rules by kind. A kind without one is visible as its owner is, or closed to users. */
  private static final Map<String, VisibilityRule> RULES =
      Map.ofEntries(
          Map.entry("data_center", always(SYSTEM)),
          Map.entry("cluster", always("data_center", SYSTEM)),
          Map.entry("host", always("cluster", "data_center", SYSTEM)),
          Map.entry("storage_domain", always("data_center", SYSTEM)),
          Map.entry("vm", open("cluster", "data_center", SYSTEM)),
          Map.entry("vm_pool", open("cluster", "data_center", SYSTEM)),
          Map.entry("template", open("cluster", "data_center", SYSTEM)),
          Map.entry("instance_type", open(SYSTEM)),
          Map.entry(
              "disk", open("storage_domain", "data_center", SYSTEM).or(Sight::showsUserOfDisk)),
          Map.entry(
              "vnic_profile",
              open("network", "data_center", SYSTEM).or(Sight::opensClusterOfNetwork)),
          Map.entry("network", only(Sight::showsProfileOfNetwork)),
          Map.entry("disk_profile", open("storage_domain", "data_center", SYSTEM)),
          Map.entry("cpu_profile", open("cluster", "data_center", SYSTEM)),
          Map.entry("quota", open("data_center", SYSTEM)),
          Map.entry("mac_pool", open(SYSTEM)),
          Map.entry("affinity_group", open("cluster", "data_center", SYSTEM)),
          Map.entry("permission", only(Sight::showsPermission)),
          Map.entry("user", only((sight, user) -> user.id().equals(sight.caller.userId()))),
          Map.entry("group", only((sight, group) -> sight.isPrincipal(group.id()))),
          Map.entry("job", only((sight, job) -> sight.refersToCaller(job, "owner"))),
          Map.entry("event", only(Sight::showsSubjectOfEvent)),
          Map.entry("disk_snapshot", only((sight, row) -> sight.showsLink(row, "disk"))),
          Map.entry("image_transfer", only((sight, row) -> sight.showsLink(row, "disk"))),
          Map.entry("cluster_network", only(Sight::showsNetworkOfAssociation)),
          Map.entry("attached_storage_domain", only(Sight::showsDomainOfAssociation)),
          Map.entry("role", only((sight, role) -> true)),
          Map.entry("icon", only((sight, icon) -> true)),
          Map.entry("network_filter", only((sight, filter) -> true)),
          Map.entry("operating_system_info", only((sight, system) -> true)));

  /** Kinds that only administrators may list: nothing makes a single one visible to a user. */
  static boolean closed(String kind) {
    return switch (kind) {
      case "tag",
          "bookmark",
          "scheduling_policy",
          "scheduling_policy_unit",
          "qos",
          "iscsi_bond",
          "affinity_label",
          "storage_connection",
          "external_host_provider",
          "open_stack_network_provider",
          "open_stack_image_provider",
          "open_stack_volume_provider" ->
          true;
      default -> false;
    };
  }

  private static final List<String> EVENT_SUBJECTS =
      List.of("vm", "template", "host", "cluster", "storage_domain", "data_center");

  /** Events name what is around their subject; that alone does not make them visible. */
  private static final Map<String, List<String>> NEARER =
      Map.of(
          "template", List.of("vm"),
          "cluster", List.of("vm", "host", "template"),
          "data_center", List.of("vm", "host", "template", "cluster", "storage_domain"));

  private final Snapshot snapshot;
  private final Caller caller;
  private final Held held;
  private final Reach reach;
  private final boolean administrator;

  /**
   * What permissions reach.
   *
   * @param administrator whether what has no place in the tree of permissions is visible
   */
  Sight(Snapshot snapshot, Caller caller, Held held, Reach reach, boolean administrator) {
    this.snapshot = snapshot;
    this.caller = caller;
    this.held = held;
    this.reach = reach;
    this.administrator = administrator;
  }

  boolean sees(Entity<?> entity) {
    Key key = entity.key();
    if (reach.has(key) || reach.reveals(key)) {
      return true;
    }
    VisibilityRule rule = RULES.get(entity.kind().name());
    if (rule != null) {
      return byAncestors(rule, key)
          || rule.through().shows(this, entity)
          || (administrator && byAdministration(entity));
    }
    Key owner = entity.owner();
    return owner == null ? administrator : sees(owner);
  }

  private boolean sees(Key key) {
    return snapshot.find(key).map(this::sees).orElse(false);
  }

  private boolean byAncestors(VisibilityRule rule, Key key) {
    if ((reach.onSystem() && rule.always().contains(SYSTEM))
        || (reach.systemOpen() && rule.open().contains(SYSTEM))) {
      return true;
    }
    if (!reach.hasRoots() || (rule.always().isEmpty() && rule.open().isEmpty())) {
      return false;
    }
    for (Key ancestor : Parents.closure(snapshot, key)) {
      if ((rule.always().contains(ancestor.kind()) && reach.has(ancestor))
          || (rule.open().contains(ancestor.kind()) && reach.opens(ancestor))) {
        return true;
      }
    }
    return false;
  }

  /** An administrator of some objects sees all below them, and who has permissions there. */
  private boolean byAdministration(Entity<?> entity) {
    return switch (entity.kind().name()) {
      case "user", "group", "mac_pool", "instance_type" -> true;
      case "permission" -> entity.owner() == null || sees(entity.owner());
      case "event" -> EVENT_SUBJECTS.stream().anyMatch(member -> showsSubject(entity, member));
      default -> Parents.closure(snapshot, entity.key()).stream().anyMatch(reach::opens);
    };
  }

  private boolean showsSubjectOfEvent(Entity<?> event) {
    return refersToCaller(event, "user")
        || showsSubject(event, "vm")
        || showsSubject(event, "template");
  }

  private boolean showsSubject(Entity<?> event, String member) {
    return NEARER.getOrDefault(member, List.of()).stream()
            .allMatch(nearer -> event.value().get(nearer) == null)
        && showsLink(event, member);
  }

  private boolean showsUserOfDisk(Entity<?> disk) {
    return Parents.usersOfDisk(snapshot, disk.id()).stream().anyMatch(this::sees);
  }

  private boolean opensClusterOfNetwork(Entity<?> profile) {
    List<Key> networks = new ArrayList<>();
    Parents.addLink(networks, profile, "network");
    return networks.stream()
        .flatMap(network -> snapshot.referrers(Kinds.CLUSTER_NETWORK, "id", network.id()).stream())
        .anyMatch(
            assigned -> {
              Key cluster = assigned.owner();
              return cluster != null && reach.opens(cluster);
            });
  }

  private boolean showsProfileOfNetwork(Entity<?> network) {
    return snapshot.referrers(Kinds.VNIC_PROFILE, "network", network.id()).stream()
        .anyMatch(this::sees);
  }

  /** The caller's own, and those that the caller may take back. */
  private boolean showsPermission(Entity<?> permission) {
    Permit permit = Permit.MANIPULATE_PERMISSIONS;
    return isPermissionOfCaller(permission)
        || held.onSystem(permit)
        || (held.anywhere(permit)
            && Parents.closure(snapshot, permission.key()).stream()
                .anyMatch(key -> held.on(key, permit)));
  }

  private boolean isPermissionOfCaller(Entity<?> permission) {
    for (String member : List.of("user", "group")) {
      if (permission.value().get(member) instanceof Struct principal
          && principal.id() != null
          && isPrincipal(principal.requireId())) {
        return true;
      }
    }
    return false;
  }

  private boolean showsNetworkOfAssociation(Entity<?> association) {
    return sees(Kinds.NETWORK.key(association.id()));
  }

  private boolean showsDomainOfAssociation(Entity<?> association) {
    return sees(Kinds.STORAGE_DOMAIN.key(association.id()));
  }

  private boolean isPrincipal(String id) {
    return caller.principalIds().contains(id);
  }

  private boolean refersToCaller(Entity<?> entity, String member) {
    return entity.value().get(member) instanceof Struct user && caller.userId().equals(user.id());
  }

  private boolean showsLink(Entity<?> entity, String member) {
    List<Key> targets = new ArrayList<>();
    Parents.addLink(targets, entity, member);
    return targets.stream().anyMatch(this::sees);
  }
}
