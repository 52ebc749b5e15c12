package io.overt.engine.roles;

import io.overt.access.permissions.Permit;
import io.overt.access.permissions.Roles;
import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.PermitsService;
import io.overt.model.services.RoleService;
import io.overt.model.services.RolesService;
import io.overt.model.types.Role;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /roles}: the predefined ones, which stay as they are, and those made by clients. */
public final class AllRoles implements RolesService {
  private static final int NAME_LIMIT = 126;
  private static final int DESCRIPTION_LIMIT = 4000;

  private final Platform platform;
  private final Resource<Role> resource;

  public AllRoles(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.ROLE);
  }

  /** The predefined roles come first: by id. */
  @Override
  public List<Role> list(ListRequest request) {
    Snapshot snapshot = platform.snapshot();
    List<Entity<Role>> rows =
        snapshot.all(Kinds.ROLE).stream().sorted(Comparator.comparing(Entity::id)).toList();
    return resource.list(request.call(), snapshot, rows);
  }

  @Override
  public Outcome<Role> add(AddRequest request) {
    Role body = platform.body(request.role());
    Names.required(body.name(), "Role", "add");
    Role role =
        checked(body.name(), body.description())
            .administrative(body.administrative())
            .comment(body.comment());
    Set<Permit> permits = permits(body);
    Entity<Role> added =
        platform.write(
            transaction -> {
              Entity<Role> entity = Roles.add(transaction, role.id(platform.newId()), permits);
              platform.report(
                  transaction, "USER_ADD_ROLE_WITH_ACTION_GROUP", request.call(), entity.value());
              return entity;
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  private static Set<Permit> permits(Role body) {
    Set<Permit> permits = EnumSet.noneOf(Permit.class);
    List<io.overt.model.types.Permit> named = body.permits();
    if (named != null) {
      named.forEach(permit -> permits.add(Roles.permit(permit.id(), permit.name())));
    }
    return permits;
  }

  @Override
  public RoleService role(String id) {
    return new RoleService() {
      @Override
      public Role get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<Role> update(UpdateRequest request) {
        Role body = platform.body(request.role());
        Role changes =
            checked(body.name(), body.description()).administrative(body.administrative());
        Entity<Role> updated =
            platform.write(
                transaction -> {
                  Entity<Role> current = resource.require(request.call(), transaction, id);
                  refuseOtherId(body, id);
                  Entity<Role> entity = Roles.update(transaction, current, changes);
                  platform.report(transaction, "USER_UPDATE_ROLE", request.call(), entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(request.call(), updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<Role> current = resource.require(request.call(), transaction, id);
              Roles.remove(transaction, current);
              platform.report(transaction, "USER_REMOVE_ROLE", request.call(), current.value());
              return id;
            });
        return Outcome.removed();
      }

      @Override
      public PermitsService permits() {
        return new RolePermits(platform, id);
      }
    };
  }

  private static void refuseOtherId(Role body, String id) {
    String other = body.id();
    if (other != null && !other.equalsIgnoreCase(id)) {
      throw new ApiFault(
          ApiFault.Category.CONFLICT,
          "Broken immutability constraint",
          "Attempt to set immutable field: id");
    }
  }

  /** A role with these two, as far as they are given and within their limits. */
  private static Role checked(@Nullable String name, @Nullable String description) {
    if (name != null) {
      Names.plain(name, "role.name", NAME_LIMIT);
    }
    if (description != null && description.length() > DESCRIPTION_LIMIT) {
      Names.length(description, "role.description", DESCRIPTION_LIMIT);
    }
    return new Role().name(name).description(description);
  }
}
