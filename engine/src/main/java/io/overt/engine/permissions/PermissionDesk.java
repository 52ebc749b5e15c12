package io.overt.engine.permissions;

import io.overt.access.permissions.Grants;
import io.overt.access.permissions.Grants.Principal;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.events.About;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.Call;
import io.overt.model.Member;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.types.Group;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.Template;
import io.overt.model.types.User;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Gives and takes permissions for the collections that show them, and reports it. */
final class PermissionDesk {
  private final Platform platform;
  private final Grants grants;
  private final Resource<Permission> resource;

  PermissionDesk(Platform platform) {
    this.platform = platform;
    this.grants = new Grants(platform.permissions());
    this.resource = new Resource<>(platform, Kinds.PERMISSION);
  }

  /**
   * Gives the body's role.
   *
   * @param object null for the system
   */
  Permission give(Call call, PermissionBody body, Principal principal, @Nullable Key object) {
    Entity<Permission> given =
        platform.write(
            transaction -> {
              Entity<Permission> permission =
                  grants.grant(
                      transaction,
                      platform.caller(call),
                      body.roleId(),
                      body.roleName(),
                      principal,
                      object);
              if (permission.version() == Entity.PENDING) {
                report(transaction, call, "ADD", permission);
              }
              return permission;
            });
    return answer(given, principal);
  }

  /** Takes a permission back, after a check that it may be taken where it was addressed. */
  Outcome<Struct> take(
      Call call, String id, BiConsumer<Transaction, Entity<Permission>> addressed) {
    platform.write(
        transaction -> {
          Entity<Permission> permission = resource.require(call, transaction, id);
          addressed.accept(transaction, permission);
          report(transaction, call, "REMOVE", permission);
          grants.revoke(transaction, platform.caller(call), permission);
          return id;
        });
    return Outcome.removed();
  }

  /**
   * What the giver is told. Engine 4.5 names a group as {@code user} here; clients may read either.
   */
  private static Permission answer(Entity<Permission> given, Principal principal) {
    Permission shown = shown(given);
    switch (principal) {
      case Principal.OfUser(String id) -> shown.href("/users/" + id + "/permissions/" + given.id());
      case Principal.OfGroup(String id) -> {
        shown.user(new User().id(id));
        shown.href("/groups/" + id + "/permissions/" + given.id());
      }
    }
    return shown;
  }

  /** The permission with a reference to its own object. */
  static Permission shown(Entity<Permission> permission) {
    Key object = permission.owner();
    return object == null ? permission.value().copy() : shownAt(permission, object);
  }

  /** The permission with a reference to an object that it holds for. */
  static Permission shownAt(Entity<Permission> permission, Key object) {
    Permission shown = permission.value().copy();
    if (object.kind().equals(Kinds.INSTANCE_TYPE.name())) {
      return shown.template(new Template().id(object.id()));
    }
    Member member = Permission.TYPE.find(object.kind());
    if (member != null) {
      Struct reference = member.structType().create();
      reference.set("id", object.id());
      shown.set(member, reference);
    }
    return shown;
  }

  private void report(
      Transaction transaction, Call call, String what, Entity<Permission> permission) {
    Permission value = permission.value();
    Key object = permission.owner();
    Entity<?> on = object == null ? null : transaction.find(object).orElse(null);
    About about =
        on == null ? platform.about(call, value) : platform.about(call, value).and(on.value());
    Role role = value.role();
    User user = value.user();
    Group group = value.group();
    about
        .with("RoleName", name(transaction, Kinds.ROLE, role, "name"))
        .with(
            "SubjectName",
            user != null
                ? name(transaction, Kinds.USER, user, "user_name")
                : name(transaction, Kinds.GROUP, group, "name"));
    if (on == null) {
      platform.events().append(transaction, "USER_" + what + "_SYSTEM_PERMISSION", about);
      return;
    }
    about
        .with("VdcObjectType", on.kind().name().replace('_', ' '))
        .with("VdcObjectName", on.value().get("name"));
    platform.events().append(transaction, "USER_" + what + "_PERMISSION", about);
  }

  private static @Nullable Object name(
      Transaction transaction, Kind<?> kind, @Nullable Struct reference, String member) {
    return reference == null
        ? null
        : transaction
            .find(kind, reference.requireId())
            .map(entity -> entity.value().get(member))
            .orElse(reference.id());
  }
}
