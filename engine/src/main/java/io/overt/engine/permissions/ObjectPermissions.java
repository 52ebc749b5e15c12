package io.overt.engine.permissions;

import io.overt.access.permissions.Grants;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.PermissionService;
import io.overt.model.types.Permission;
import java.util.List;

/**
 * {@code /vms/{id}/permissions} and the like: who may do what with one object, by permissions on it
 * and on what lies above it. All of them refer to that object, as engine 4.5 shows them; an
 * inherited one refers to the object it comes from as well.
 */
public final class ObjectPermissions implements AssignedPermissionsService {
  private final Platform platform;
  private final PermissionDesk desk;
  private final Resource<Permission> resource;
  private final Key object;

  public ObjectPermissions(Platform platform, Kind<?> kind, String id) {
    this(platform, kind.key(id));
  }

  public ObjectPermissions(Platform platform, Key object) {
    this.platform = platform;
    this.object = object;
    this.desk = new PermissionDesk(platform);
    this.resource =
        new Resource<>(
            platform,
            Kinds.PERMISSION,
            (permission, snapshot, call) -> PermissionDesk.shownAt(permission, object));
  }

  @Override
  public List<Permission> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    requireObject(request.call(), snapshot);
    return resource.list(request.call(), snapshot, Grants.holdingFor(snapshot, object));
  }

  @Override
  public Outcome<Permission> add(AddRequest request) {
    Call call = request.call();
    PermissionBody body = PermissionBody.of(platform.body(request.permission()));
    body.requireRoleAndPrincipal();
    requireObject(call, platform.snapshot());
    return Outcome.done(desk.give(call, body, body.principal(), object));
  }

  @Override
  public PermissionService permission(String id) {
    return new PermissionService() {
      @Override
      public Permission get(GetRequest request) {
        Snapshot snapshot = platform.snapshot();
        requireObject(request.call(), snapshot);
        Entity<Permission> permission = resource.require(request.call(), snapshot, id);
        requireHolds(snapshot, permission);
        return PermissionDesk.shownAt(permission, object);
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        requireObject(request.call(), platform.snapshot());
        return desk.take(
            request.call(),
            id,
            (transaction, permission) -> requireHolds(transaction.current(), permission));
      }
    };
  }

  private void requireHolds(Snapshot snapshot, Entity<Permission> permission) {
    if (!Grants.holdingFor(snapshot, object).contains(permission)) {
      throw ApiFault.notFound();
    }
  }

  private void requireObject(Call call, Snapshot snapshot) {
    Entity<?> entity = snapshot.find(object).orElseThrow(ApiFault::notFound);
    if (!platform.visibility().visible(snapshot, platform.caller(call), entity)) {
      throw ApiFault.notFound();
    }
  }
}
