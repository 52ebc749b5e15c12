package io.overt.engine.permissions;

import io.overt.access.permissions.Grants.Principal;
import io.overt.engine.resource.References;
import io.overt.inventory.Key;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.types.Group;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import io.overt.model.types.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client sends to give a permission. */
record PermissionBody(Permission value) {
  private static final String ROLE = "role.id|name";
  private static final String PRINCIPAL = "user|group.id";
  private static final String OBJECT =
      "dataCenter|cluster|host|storageDomain|vm|vmPool|template.id";
  private static final List<Kind<?>> OBJECTS =
      List.of(
          Kinds.DATA_CENTER,
          Kinds.CLUSTER,
          Kinds.HOST,
          Kinds.STORAGE_DOMAIN,
          Kinds.VM,
          Kinds.VM_POOL,
          Kinds.TEMPLATE,
          Kinds.DISK);

  static PermissionBody of(Permission value) {
    return new PermissionBody(value);
  }

  /** For a permission on what the URL names. */
  void requireRoleAndPrincipal() {
    List<String> missing = new ArrayList<>();
    if (!hasRole()) {
      missing.add(ROLE);
    }
    if (!has(value.user()) && !has(value.group())) {
      missing.add(PRINCIPAL);
    }
    refuse(missing);
  }

  /** For a permission of whom the URL names. */
  void requireRoleAndObject() {
    List<String> missing = new ArrayList<>();
    if (!hasRole()) {
      missing.add(ROLE);
    }
    if (OBJECTS.stream().noneMatch(kind -> has(referred(kind)))) {
      missing.add(OBJECT);
    }
    refuse(missing);
  }

  private static void refuse(List<String> missing) {
    if (!missing.isEmpty()) {
      throw ApiFault.incomplete("Permission", String.join(", ", missing), "add");
    }
  }

  @Nullable String roleId() {
    Role role = value.role();
    String id = role == null ? null : role.id();
    return id == null ? null : References.uuid(id);
  }

  @Nullable String roleName() {
    Role role = value.role();
    return role == null ? null : role.name();
  }

  Principal principal() {
    User user = value.user();
    Group group = value.group();
    if (user != null && user.id() != null) {
      return new Principal.OfUser(References.uuid(user.requireId()));
    }
    if (group == null) {
      throw ApiFault.incomplete("Permission", PRINCIPAL, "add");
    }
    return new Principal.OfGroup(References.uuid(group.requireId()));
  }

  /** The one object that the body names. */
  Key object() {
    List<Key> objects = new ArrayList<>();
    for (Kind<?> kind : OBJECTS) {
      Struct reference = referred(kind);
      if (reference != null && reference.id() != null) {
        objects.add(kind.key(References.uuid(reference.requireId())));
      }
    }
    if (objects.size() != 1) {
      throw ApiFault.bad("A permission is on exactly one object; the body names " + objects.size());
    }
    return objects.getFirst();
  }

  private boolean hasRole() {
    return has(value.role()) || roleName() != null;
  }

  private @Nullable Struct referred(Kind<?> kind) {
    return value.get(kind.name()) instanceof Struct struct ? struct : null;
  }

  private static boolean has(@Nullable Struct reference) {
    return reference != null && reference.id() != null;
  }
}
