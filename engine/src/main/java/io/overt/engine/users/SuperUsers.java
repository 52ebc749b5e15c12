package io.overt.engine.users;

import io.overt.access.permissions.WellKnown;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import io.overt.model.types.Permission;
import java.util.List;

/** Somebody must be left who may do everything. */
final class SuperUsers {
  private SuperUsers() {}

  /** Refuses the removal of a user or group that alone is SuperUser of the system. */
  static void requireOthers(Transaction transaction, Key principal) {
    transaction.requireUnchanged(Kinds.PERMISSION);
    List<Entity<Permission>> all =
        transaction.current().referrers(Kinds.PERMISSION, "role", WellKnown.SUPER_USER).stream()
            .filter(permission -> permission.owner() == null)
            .toList();
    if (!all.isEmpty() && all.stream().allMatch(permission -> isOf(permission, principal))) {
      throw ApiFault.conflict(
          "The "
              + principal.kind()
              + " "
              + principal.id()
              + " is the last SuperUser of the system and cannot be removed");
    }
  }

  private static boolean isOf(Entity<Permission> permission, Key principal) {
    return permission.value().get(principal.kind()) instanceof Struct holder
        && principal.id().equals(holder.id());
  }
}
