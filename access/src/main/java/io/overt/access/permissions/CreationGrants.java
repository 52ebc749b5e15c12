package io.overt.access.permissions;

import static io.overt.access.permissions.WellKnown.CPU_PROFILE_CREATOR;
import static io.overt.access.permissions.WellKnown.CPU_PROFILE_OPERATOR;
import static io.overt.access.permissions.WellKnown.DISK_OPERATOR;
import static io.overt.access.permissions.WellKnown.DISK_PROFILE_USER;
import static io.overt.access.permissions.WellKnown.MAC_POOL_ADMIN;
import static io.overt.access.permissions.WellKnown.NETWORK_ADMIN;
import static io.overt.access.permissions.WellKnown.TEMPLATE_OWNER;
import static io.overt.access.permissions.WellKnown.USER_ROLE;
import static io.overt.access.permissions.WellKnown.USER_TEMPLATE_BASED_VM;
import static io.overt.access.permissions.WellKnown.USER_VM_MANAGER;
import static io.overt.access.permissions.WellKnown.VNIC_PROFILE_USER;

import io.overt.access.permissions.Grants.Principal;
import io.overt.access.session.Caller;
import io.overt.inventory.Key;
import io.overt.inventory.Transaction;

/** The permissions that come with a new object, as in oVirt engine 4.5. */
public final class CreationGrants {

  /** Who may use a new template or vNIC profile. */
  public enum Audience {
    CREATOR,
    EVERYONE
  }

  private CreationGrants() {}

  /**
   * Gives what the creation of that object gives, in the transaction that creates it.
   *
   * @param object of the kinds {@code vm}, {@code disk}, {@code template}, {@code network}, {@code
   *     vnic_profile}, {@code mac_pool}, {@code cpu_profile} and {@code disk_profile}; other kinds
   *     give nothing
   */
  public static void created(
      Transaction transaction, Caller caller, Key object, Audience audience) {
    Principal creator = new Principal.OfUser(caller.userId());
    Principal everyone = Principal.everyone();
    boolean open = audience == Audience.EVERYONE;
    switch (object.kind()) {
      case "vm" -> {
        if (!mayShare(transaction, caller, object)) {
          Grants.put(transaction, USER_VM_MANAGER, creator, object);
        }
      }
      case "disk" -> Grants.put(transaction, DISK_OPERATOR, creator, object);
      case "template" -> {
        Grants.put(transaction, TEMPLATE_OWNER, creator, object);
        if (open) {
          Grants.put(transaction, USER_TEMPLATE_BASED_VM, everyone, object);
        }
      }
      case "network" -> Grants.put(transaction, NETWORK_ADMIN, creator, object);
      case "vnic_profile" -> {
        Grants.put(transaction, NETWORK_ADMIN, creator, object);
        if (open) {
          Grants.put(transaction, VNIC_PROFILE_USER, everyone, object);
        }
      }
      case "mac_pool" -> Grants.put(transaction, MAC_POOL_ADMIN, creator, object);
      case "cpu_profile" -> {
        Grants.put(transaction, CPU_PROFILE_OPERATOR, everyone, object);
        Grants.put(transaction, CPU_PROFILE_CREATOR, creator, object);
      }
      case "disk_profile" -> Grants.put(transaction, DISK_PROFILE_USER, everyone, object);
      default -> {}
    }
  }

  /** Who may give permissions on the new object anyway needs none of their own. */
  private static boolean mayShare(Transaction transaction, Caller caller, Key object) {
    return new Permissions()
        .allows(transaction.current(), caller, Permit.MANIPULATE_PERMISSIONS, object);
  }

  /** A user took this VM out of its pool. */
  public static void takenFromPool(Transaction transaction, String userId, Key vm) {
    Grants.put(transaction, USER_ROLE, new Principal.OfUser(userId), vm);
  }
}
