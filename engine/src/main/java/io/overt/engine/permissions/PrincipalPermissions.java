package io.overt.engine.permissions;

import io.overt.access.permissions.Grants.Principal;
import io.overt.access.permissions.WellKnown;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.PermissionService;
import io.overt.model.types.Group;
import io.overt.model.types.Permission;
import io.overt.model.types.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code /users/{id}/permissions} and {@code /groups/{id}/permissions}: what a principal may do; a
 * user also through groups and Everyone. Permissions on the system are given at the API's root.
 */
public final class PrincipalPermissions implements AssignedPermissionsService {
  private final Platform platform;
  private final PermissionDesk desk;
  private final Resource<Permission> resource;
  private final Principal principal;

  public PrincipalPermissions(Platform platform, Principal principal) {
    this.platform = platform;
    this.principal = principal;
    this.desk = new PermissionDesk(platform);
    this.resource =
        new Resource<>(
            platform,
            Kinds.PERMISSION,
            (permission, snapshot, call) -> PermissionDesk.shown(permission));
  }

  /** All permissions of a principal, a user's groups and Everyone included, by id. */
  public static List<Entity<Permission>> of(Snapshot snapshot, Principal principal) {
    List<Entity<Permission>> all = new ArrayList<>();
    switch (principal) {
      case Principal.OfUser(String id) -> {
        all.addAll(snapshot.referrers(Kinds.PERMISSION, "user", id));
        for (String group : groupsOf(snapshot, id)) {
          all.addAll(snapshot.referrers(Kinds.PERMISSION, "group", group));
        }
      }
      case Principal.OfGroup(String id) ->
          all.addAll(snapshot.referrers(Kinds.PERMISSION, "group", id));
    }
    all.sort(Comparator.comparing(Entity::id));
    return all;
  }

  private static Set<String> groupsOf(Snapshot snapshot, String userId) {
    Set<String> ids = new LinkedHashSet<>();
    List<Group> groups =
        snapshot.find(Kinds.USER, userId).map(u -> u.value().groups()).orElse(null);
    if (groups != null) {
      groups.forEach(group -> ids.add(group.requireId()));
    }
    ids.add(WellKnown.EVERYONE);
    return ids;
  }

  @Override
  public List<Permission> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    requirePrincipal(request.call(), snapshot);
    return resource.list(request.call(), snapshot, of(snapshot, principal));
  }

  @Override
  public Outcome<Permission> add(AddRequest request) {
    Call call = request.call();
    PermissionBody body = PermissionBody.of(platform.body(request.permission()));
    body.requireRoleAndObject();
    requirePrincipal(call, platform.snapshot());
    return Outcome.done(desk.give(call, body, principal, body.object()));
  }

  @Override
  public PermissionService permission(String id) {
    return new PermissionService() {
      @Override
      public Permission get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        requirePrincipal(request.call(), snapshot);
        Entity<Permission> permission = resource.require(request.call(), snapshot, id);
        requireHeld(snapshot, permission);
        return PermissionDesk.shown(permission);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        requirePrincipal(request.call(), platform.snapshot());
        return desk.take(
            request.call(),
            id,
            (transaction, permission) -> {
              requireHeld(transaction.current(), permission);
              requireOwn(permission);
            });
      }
    };
  }

  private void requireHeld(Snapshot snapshot, Entity<Permission> permission) {
    if (!of(snapshot, principal).contains(permission)) {
      throw ApiFault.notFound();
    }
  }

  /** What a user has through a group is taken from the group. */
  private void requireOwn(Entity<Permission> permission) {
    User user = permission.value().user();
    Group group = permission.value().group();
    boolean own =
        switch (principal) {
          case Principal.OfUser(String id) -> user != null && id.equals(user.id());
          case Principal.OfGroup(String id) -> group != null && id.equals(group.id());
        };
    if (!own && group != null) {
      throw ApiFault.conflict(
          "The permission is inherited from the group "
              + group.id()
              + " and can only be removed from it");
    }
  }

  private void requirePrincipal(Call call, Snapshot snapshot) {
    switch (principal) {
      case Principal.OfUser(String id) ->
          new Resource<>(platform, Kinds.USER).require(call, snapshot, id);
      case Principal.OfGroup(String id) ->
          new Resource<>(platform, Kinds.GROUP).require(call, snapshot, id);
    }
  }
}
