package io.overt.access.permissions;

import io.overt.access.permissions.Grants.Principal;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.types.Group;
import io.overt.model.types.Role;
import java.util.List;

/**
 * What a new installation has: the predefined roles, the group Everyone and its permissions. May
 * run at every start; what exists stays.
 */
public final class InitialAccess {
  private InitialAccess() {}

  /** Roles, Everyone, and what Everyone may on the system. */
  public static void create(Transaction transaction) {
    for (PredefinedRoles.Predefined role : PredefinedRoles.all()) {
      if (transaction.find(Kinds.ROLE, role.id()).isEmpty()) {
        transaction.insert(
            Kinds.ROLE,
            new Role()
                .id(role.id())
                .name(role.name())
                .description(role.description())
                .administrative(role.administrative())
                .mutable(false),
            null,
            Roles.internals(role.permits(), role.opensChildren()));
      }
    }
    if (transaction.find(Kinds.GROUP, WellKnown.EVERYONE).isEmpty()) {
      transaction.insert(
          Kinds.GROUP, new Group().id(WellKnown.EVERYONE).name("Everyone").namespace("*"));
    }
    Grants.put(transaction, WellKnown.USER_PROFILE_EDITOR, Principal.everyone(), null);
  }

  /**
   * What Everyone may with the default objects, as far as these exist: the Blank template, the
   * instance types and the default MAC pool.
   */
  public static void openDefaults(Transaction transaction) {
    allow(
        transaction,
        WellKnown.USER_TEMPLATE_BASED_VM,
        Kinds.TEMPLATE.key(WellKnown.BLANK_TEMPLATE));
    for (Entity<?> instanceType : transaction.current().all(Kinds.INSTANCE_TYPE)) {
      allow(transaction, WellKnown.USER_TEMPLATE_BASED_VM, instanceType.key());
    }
    allow(transaction, WellKnown.MAC_POOL_USER, Kinds.MAC_POOL.key(WellKnown.DEFAULT_MAC_POOL));
  }

  /** What Everyone may with a default vNIC profile. */
  public static void openVnicProfile(Transaction transaction, String id) {
    allow(transaction, WellKnown.VNIC_PROFILE_USER, Kinds.VNIC_PROFILE.key(id));
  }

  /** What Everyone may with a default CPU profile. */
  public static void openCpuProfile(Transaction transaction, String id) {
    allow(transaction, WellKnown.CPU_PROFILE_OPERATOR, Kinds.CPU_PROFILE.key(id));
  }

  /** Makes users SuperUsers of the system: the first administrator. */
  public static void superUsers(Transaction transaction, List<String> userIds) {
    for (String id : userIds) {
      Grants.put(transaction, WellKnown.SUPER_USER, new Principal.OfUser(id), null);
    }
  }

  private static void allow(Transaction transaction, String role, Key object) {
    if (transaction.find(object).isPresent()) {
      Grants.put(transaction, role, Principal.everyone(), object);
    }
  }
}
