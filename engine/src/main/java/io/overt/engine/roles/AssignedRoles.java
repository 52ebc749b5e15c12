package io.overt.engine.roles;

import io.overt.access.permissions.Grants.Principal;
import io.overt.engine.permissions.PrincipalPermissions;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.services.AssignedRolesService;
import io.overt.model.services.PermitsService;
import io.overt.model.services.RoleService;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /users/{id}/roles} and {@code /groups/{id}/roles}: what a principal holds on the system, a
 * user also through groups. Read only: permissions give and take roles.
 */
public final class AssignedRoles implements AssignedRolesService {
  private final Platform platform;
  private final Resource<Role> roles;
  private final Principal principal;

  public AssignedRoles(Platform platform, Principal principal) {
    this.platform = platform;
    this.roles = new Resource<>(platform, Kinds.ROLE);
    this.principal = principal;
  }

  @Override
  public List<Role> list(ListRequest request) {
    Call call = request.call();
    Snapshot snapshot = platform.snapshot();
    requirePrincipal(call, snapshot);
    List<Entity<Role>> rows =
        held(snapshot).stream()
            .map(id -> snapshot.find(Kinds.ROLE, id))
            .flatMap(Optional::stream)
            .toList();
    return roles.list(call, snapshot, rows).stream().map(this::shown).toList();
  }

  @Override
  public RoleService role(String id) {
    return new RoleService() {
      @Override
      public Role get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        requirePrincipal(request.call(), snapshot);
        if (!held(snapshot).contains(id)) {
          throw ApiFault.notFound();
        }
        return shown(roles.get(request.call(), id));
      }

      @Override
      public PermitsService permits() {
        return new RolePermits(platform, id);
      }
    };
  }

  private Set<String> held(Snapshot snapshot) {
    Set<String> ids = new LinkedHashSet<>();
    for (Entity<Permission> permission : PrincipalPermissions.of(snapshot, principal)) {
      Role role = permission.value().role();
      if (permission.owner() == null && role != null) {
        ids.add(role.requireId());
      }
    }
    return ids;
  }

  /** Name and whose it is, as engine 4.5 shows it. */
  private Role shown(Role role) {
    Role shown = new Role().id(role.id()).name(role.name());
    return principal instanceof Principal.OfUser(String id) ? shown.user(new User().id(id)) : shown;
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
