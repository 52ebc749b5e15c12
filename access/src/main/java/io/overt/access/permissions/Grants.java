package io.overt.access.permissions;

import io.overt.access.session.Caller;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.types.Group;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import io.overt.model.types.Vm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Giving and taking permissions, by the rules of oVirt engine 4.5. */
public final class Grants {
  private final Permissions permissions;

  public Grants(Permissions permissions) {
    this.permissions = permissions;
  }

  /** Who gets a permission. */
  public sealed interface Principal {
    /** The engine's id of the user or group. */
    String id();

    record OfUser(String id) implements Principal {}

    record OfGroup(String id) implements Principal {}

    static Principal everyone() {
      return new OfGroup(WellKnown.EVERYONE);
    }
  }

  /**
   * Gives a role on an object; an existing permission is returned as it is. The permit {@code
   * manipulate_permissions} is the operation rules' matter.
   *
   * @param caller who asks
   * @param roleId id or null when {@code roleName} is given
   * @param object null for the system
   */
  public Entity<Permission> grant(
      Transaction transaction,
      Caller caller,
      @Nullable String roleId,
      @Nullable String roleName,
      Principal principal,
      @Nullable Key object) {
    Entity<Role> role = role(transaction, roleId, roleName);
    checkMayHandle(transaction, caller, role, "give");
    if (object != null) {
      Entity<?> target =
          transaction
              .find(object)
              .orElseThrow(
                  () -> ApiFault.bad("There is no " + object.kind() + " with id " + object.id()));
      if (target.value() instanceof Vm vm && vm.vmPool() != null) {
        throw ApiFault.conflict(
            "The VM " + vm.name() + " belongs to a pool: give the permission on the pool instead");
      }
    }
    return put(transaction, role.id(), principal, object);
  }

  /** Takes a permission back. */
  public void revoke(Transaction transaction, Caller caller, Entity<Permission> permission) {
    Permission value = permission.value();
    Role reference = value.role();
    Entity<Role> role = role(transaction, reference == null ? null : reference.id(), null);
    checkMayHandle(transaction, caller, role, "take back");
    if (permission.owner() == null) {
      Group group = value.group();
      if (group != null && WellKnown.EVERYONE.equals(group.id())) {
        throw ApiFault.conflict("A permission of Everyone on the system cannot be removed");
      }
      if (role.id().equals(WellKnown.SUPER_USER) && isLast(transaction, permission)) {
        throw ApiFault.conflict("The last permission of a SuperUser on the system must stay");
      }
    }
    transaction.delete(permission);
  }

  /** The permission of that role, principal and object. */
  public static Optional<Entity<Permission>> find(
      Snapshot snapshot, String roleId, Principal principal, @Nullable Key object) {
    return snapshot.find(Kinds.PERMISSION, id(roleId, principal, object));
  }

  /** The object of a permission; empty for the system. */
  public static Optional<Key> object(Entity<Permission> permission) {
    return Optional.ofNullable(permission.owner());
  }

  /** The direct permissions on an object. */
  public static List<Entity<Permission>> on(Snapshot snapshot, Key object) {
    return snapshot.owned(Kinds.PERMISSION, object);
  }

  /** The permissions on the system. */
  public static List<Entity<Permission>> onSystem(Snapshot snapshot) {
    return snapshot.all(Kinds.PERMISSION).stream().filter(p -> p.owner() == null).toList();
  }

  /** All permissions that hold for an object, inherited ones included, by id. */
  public static List<Entity<Permission>> holdingFor(Snapshot snapshot, Key object) {
    List<Entity<Permission>> all = new java.util.ArrayList<>(onSystem(snapshot));
    for (Key ancestor : Parents.closure(snapshot, object)) {
      all.addAll(on(snapshot, ancestor));
    }
    all.sort(java.util.Comparator.comparing(Entity::id));
    return all;
  }

  /** Writes a permission without a check of who asks: for creation and set-up. */
  static Entity<Permission> put(
      Transaction transaction, String roleId, Principal principal, @Nullable Key object) {
    String id = id(roleId, principal, object);
    Optional<Entity<Permission>> existing = transaction.find(Kinds.PERMISSION, id);
    if (existing.isPresent()) {
      return existing.get();
    }
    Permission permission = new Permission().id(id).role(new Role().id(roleId));
    switch (principal) {
      case Principal.OfUser(String userId) -> {
        requirePrincipal(transaction, Kinds.USER.key(userId));
        permission.user(new User().id(userId));
      }
      case Principal.OfGroup(String groupId) -> {
        requirePrincipal(transaction, Kinds.GROUP.key(groupId));
        permission.group(new Group().id(groupId));
      }
    }
    if (object != null) {
      // Some kinds have no member in a permission: networks, profiles, quotas, MAC pools.
      Member member = Permission.TYPE.find(object.kind());
      if (member != null) {
        Struct reference = member.structType().create();
        reference.set("id", object.id());
        permission.set(member, reference);
      }
    }
    return transaction.insert(Kinds.PERMISSION, permission, object, Map.of());
  }

  /** The id follows from the contents: two nodes that grant the same make one permission. */
  private static String id(String roleId, Principal principal, @Nullable Key object) {
    String text = roleId + "|" + principal.id() + "|" + (object == null ? "system" : object);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static void requirePrincipal(Transaction transaction, Key principal) {
    if (transaction.find(principal).isEmpty()) {
      throw ApiFault.bad("There is no " + principal.kind() + " with id " + principal.id());
    }
  }

  private static Entity<Role> role(
      Transaction transaction, @Nullable String id, @Nullable String name) {
    Optional<Entity<Role>> role =
        id != null
            ? transaction.find(Kinds.ROLE, id)
            : name == null ? Optional.empty() : transaction.current().byName(Kinds.ROLE, "", name);
    return role.orElseThrow(
        () -> ApiFault.bad("There is no role with " + (id == null ? "name " + name : "id " + id)));
  }

  private void checkMayHandle(
      Transaction transaction, Caller caller, Entity<Role> role, String what) {
    if (Roles.administrative(role) && !permissions.superUser(transaction.snapshot(), caller)) {
      throw ApiFault.forbidden(
          "Only a SuperUser of the system may "
              + what
              + " the administrators' role "
              + role.value().name());
    }
  }

  private static boolean isLast(Transaction transaction, Entity<Permission> permission) {
    transaction.requireUnchanged(Kinds.PERMISSION);
    return transaction.current().referrers(Kinds.PERMISSION, "role", WellKnown.SUPER_USER).stream()
        .allMatch(other -> other.owner() != null || other.id().equals(permission.id()));
  }
}
