package io.overt.engine.roles;

import io.overt.access.permissions.Permit;
import io.overt.access.permissions.Roles;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.PermitService;
import io.overt.model.services.PermitsService;
import io.overt.model.types.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /roles/{id}/permits}: what a role allows. A permit's id is its number. */
final class RolePermits implements PermitsService {
  private final Platform platform;
  private final Resource<Role> roles;
  private final String roleId;

  RolePermits(Platform platform, String roleId) {
    this.platform = platform;
    this.roles = new Resource<>(platform, Kinds.ROLE);
    this.roleId = roleId;
  }

  /** A role that is not there has none, as in engine 4.5. */
  @Override
  public List<io.overt.model.types.Permit> list(ListRequest request) {
    Optional<Entity<Role>> role = platform.snapshot().find(Kinds.ROLE, roleId);
    return role.map(Roles::permits).orElse(Set.of()).stream()
        .limit(Resource.limit(request.call()))
        .map(this::shown)
        .toList();
  }

  @Override
  public Outcome<io.overt.model.types.Permit> add(AddRequest request) {
    io.overt.model.types.Permit body = platform.body(request.permit());
    Permit permit = Roles.permit(body.id(), body.name());
    platform.write(
        transaction -> {
          Entity<Role> role = roles.require(request.call(), transaction, roleId);
          Roles.attach(transaction, role, permit);
          report(transaction, request.call(), "USER_ATTACHED_ACTION_GROUP_TO_ROLE", role, permit);
          return role;
        });
    return Outcome.done(shown(permit));
  }

  @Override
  public PermitService permit(String id) {
    return new PermitService() {
      // Every permit is found below every role, as in engine 4.5: the list says which it has.
      @Override
      public io.overt.model.types.Permit get(GetRequest request) {
        roles.require(request.call(), platform.snapshot(), roleId);
        return shown(require(id));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<Role> role = roles.require(request.call(), transaction, roleId);
              Permit permit = require(id);
              Roles.detach(transaction, role, permit);
              report(
                  transaction,
                  request.call(),
                  "USER_DETACHED_ACTION_GROUP_FROM_ROLE",
                  role,
                  permit);
              return role;
            });
        return Outcome.removed();
      }
    };
  }

  private static Permit require(String id) {
    Permit permit = Permit.find(id, null);
    if (permit == null) {
      throw ApiFault.notFound();
    }
    return permit;
  }

  private void report(
      Transaction transaction, Call call, String type, Entity<Role> role, Permit permit) {
    platform
        .events()
        .append(
            transaction,
            type,
            platform.about(call, role.value()).with("ActionGroup", permit.wire()));
  }

  private io.overt.model.types.Permit shown(Permit permit) {
    return new io.overt.model.types.Permit()
        .id(String.valueOf(permit.number()))
        .name(permit.wire())
        .administrative(permit.administrative())
        .role(new Role().id(roleId));
  }
}
