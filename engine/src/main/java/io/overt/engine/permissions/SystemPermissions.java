package io.overt.engine.permissions;

import io.overt.access.permissions.Grants;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.PermissionService;
import io.overt.model.services.SystemPermissionsService;
import io.overt.model.types.Permission;
import java.util.Comparator;
import java.util.List;

/**
 * {@code /permissions}: a list of those on the system; a single one is found here whatever its
 * object is.
 */
public final class SystemPermissions implements SystemPermissionsService {
  private final Platform platform;
  private final PermissionDesk desk;
  private final Resource<Permission> resource;

  public SystemPermissions(Platform platform) {
    this.platform = platform;
    this.desk = new PermissionDesk(platform);
    this.resource =
        new Resource<>(
            platform,
            Kinds.PERMISSION,
            (permission, snapshot, call) -> PermissionDesk.shown(permission));
  }

  @Override
  public List<Permission> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    List<Entity<Permission>> rows =
        Grants.onSystem(snapshot).stream().sorted(Comparator.comparing(Entity::id)).toList();
    return resource.list(request.call(), snapshot, rows);
  }

  @Override
  public Outcome<Permission> add(AddRequest request) {
    PermissionBody body = PermissionBody.of(platform.body(request.permission()));
    body.requireRoleAndPrincipal();
    return Outcome.done(desk.give(request.call(), body, body.principal(), null));
  }

  @Override
  public PermissionService permission(String id) {
    return new PermissionService() {
      @Override
      public Permission get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        return desk.take(request.call(), id, (transaction, permission) -> {});
      }
    };
  }
}
