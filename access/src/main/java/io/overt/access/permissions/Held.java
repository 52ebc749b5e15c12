package io.overt.access.permissions;

import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Permission;
import io.overt.model.types.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that a set of principals holds, ready to be asked. */
final class Held {

  /**
   * A permission of one of them.
   *
   * @param object null for the system
   */
  record Grant(@Nullable Key object, Entity<Role> role) {}

  private final List<Grant> grants = new ArrayList<>();
  private final Set<Permit> onSystem = EnumSet.noneOf(Permit.class);
  private final Set<Permit> anywhere = EnumSet.noneOf(Permit.class);
  private final Map<Key, Set<Permit>> onObjects = new HashMap<>();
  private boolean administrator;
  private boolean systemAdministrator;
  private boolean superUser;

  static Held by(Snapshot snapshot, Set<String> principalIds) {
    Held held = new Held();
    for (String id : principalIds) {
      for (String member : List.of("user", "group")) {
        for (Entity<Permission> permission : snapshot.referrers(Kinds.PERMISSION, member, id)) {
          role(snapshot, permission).ifPresent(role -> held.add(permission.owner(), role));
        }
      }
    }
    return held;
  }

  private static Optional<Entity<Role>> role(Snapshot snapshot, Entity<Permission> permission) {
    Role role = permission.value().role();
    return role == null ? Optional.empty() : snapshot.find(Kinds.ROLE, role.requireId());
  }

  private void add(@Nullable Key object, Entity<Role> role) {
    grants.add(new Grant(object, role));
    Set<Permit> permits = Roles.permits(role);
    anywhere.addAll(permits);
    boolean administrative = Roles.administrative(role);
    administrator |= administrative;
    if (object == null) {
      onSystem.addAll(permits);
      systemAdministrator |= administrative;
      superUser |= role.id().equals(WellKnown.SUPER_USER);
    } else {
      onObjects.computeIfAbsent(object, key -> EnumSet.noneOf(Permit.class)).addAll(permits);
      systemAdministrator |= role.id().equals(WellKnown.READ_ONLY_ADMIN);
    }
  }

  List<Grant> grants() {
    return grants;
  }

  boolean onSystem(Permit permit) {
    return onSystem.contains(permit);
  }

  boolean anywhere(Permit permit) {
    return anywhere.contains(permit);
  }

  boolean on(Key object, Permit permit) {
    Set<Permit> permits = onObjects.get(object);
    return permits != null && permits.contains(permit);
  }

  boolean onObjects() {
    return !onObjects.isEmpty();
  }

  /** Holds any role for administrators. */
  boolean administrator() {
    return administrator;
  }

  /** Holds a role for administrators on the system, or reads everything. */
  boolean systemAdministrator() {
    return systemAdministrator;
  }

  /** Holds SuperUser on the system. */
  boolean superUser() {
    return superUser;
  }
}
