package io.overt.access.permissions;

import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.types.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Roles and their permits, with the rules of oVirt engine 4.5 for changing them. */
public final class Roles {
  private static final String PERMITS = "permits";
  private static final String OPENS_CHILDREN = "opens_children";

  private Roles() {}

  /** The permits of a role, in the order of their numbers. */
  public static Set<Permit> permits(Entity<Role> role) {
    String numbers = role.internal(PERMITS);
    return Collections.unmodifiableSet(numbers == null ? none() : parse(numbers));
  }

  /** Whether a permission with it shows what lies below its object. */
  public static boolean opensChildren(Entity<Role> role) {
    return "true".equals(role.internal(OPENS_CHILDREN));
  }

  /** Whether it is for administrators. */
  public static boolean administrative(Entity<Role> role) {
    return Boolean.TRUE.equals(role.value().administrative());
  }

  /**
   * A new role.
   *
   * @param value with id and name; {@code administrative} fixes its type for good
   */
  public static Entity<Role> add(Transaction transaction, Role value, Set<Permit> permits) {
    Boolean administrative = value.administrative();
    if (administrative == null) {
      throw ApiFault.bad("Invalid role type: administrative must be true or false");
    }
    if (permits.isEmpty()) {
      throw ApiFault.bad("The role " + value.name() + " needs at least one permit");
    }
    permits.forEach(permit -> checkType(administrative, permit));
    return transaction.insert(
        Kinds.ROLE, value.mutable(true), null, internals(permits, opensChildren(permits)));
  }

  /** Changes name and description. */
  public static Entity<Role> update(Transaction transaction, Entity<Role> role, Role changes) {
    checkMutable(role, "changed");
    if (changes.administrative() != null
        && !changes.administrative().equals(role.value().administrative())) {
      throw ApiFault.bad(
          "The type of the role " + role.value().name() + " (administrative) cannot be changed");
    }
    Role updated = role.value().copy();
    if (changes.name() != null) {
      updated.name(changes.name());
    }
    if (changes.description() != null) {
      updated.description(changes.description());
    }
    return transaction.update(role, updated);
  }

  /** Removes a role that no permission uses. */
  public static void remove(Transaction transaction, Entity<Role> role) {
    checkMutable(role, "removed");
    int uses = transaction.current().referrers(Kinds.PERMISSION, "role", role.id()).size();
    if (uses > 0) {
      throw ApiFault.conflict(
          "The role " + role.value().name() + " is used by " + uses + " permission(s)");
    }
    transaction.delete(role);
  }

  /** Puts a permit into a role. */
  public static Entity<Role> attach(Transaction transaction, Entity<Role> role, Permit permit) {
    checkMutable(role, "changed");
    checkType(administrative(role), permit);
    Set<Permit> permits = mutablePermits(role);
    if (!permits.add(permit)) {
      throw ApiFault.conflict(
          "The role " + role.value().name() + " has the permit " + permit.wire() + " already");
    }
    return transaction.update(role, role.value(), internals(permits, opensChildren(permits)));
  }

  /** Takes a permit out of a role. */
  public static Entity<Role> detach(Transaction transaction, Entity<Role> role, Permit permit) {
    checkMutable(role, "changed");
    Set<Permit> permits = mutablePermits(role);
    if (!permits.remove(permit)) {
      throw ApiFault.bad(
          "The role " + role.value().name() + " does not have the permit " + permit.wire());
    }
    return transaction.update(role, role.value(), internals(permits, opensChildren(permits)));
  }

  /** The permit that a body names by id or name. */
  public static Permit permit(@Nullable String id, @Nullable String name) {
    Permit permit = Permit.find(id, name);
    if (permit == null) {
      throw ApiFault.bad("There is no permit with " + (id == null ? "name " + name : "id " + id));
    }
    return permit;
  }

  static Map<String, String> internals(Set<Permit> permits, boolean opensChildren) {
    return Map.of(
        PERMITS,
        permits.stream().map(p -> String.valueOf(p.number())).collect(Collectors.joining(" ")),
        OPENS_CHILDREN,
        String.valueOf(opensChildren));
  }

  static Set<Permit> parse(String numbers) {
    Set<Permit> permits = none();
    for (String number : numbers.split(" ")) {
      Permit permit = Permit.find(number, null);
      if (permit != null) {
        permits.add(permit);
      }
    }
    return permits;
  }

  private static Set<Permit> mutablePermits(Entity<Role> role) {
    Set<Permit> permits = none();
    permits.addAll(permits(role));
    return permits;
  }

  private static Set<Permit> none() {
    return EnumSet.noneOf(Permit.class);
  }

  private static boolean opensChildren(Set<Permit> permits) {
    return permits.stream().anyMatch(Permit::opensChildren);
  }

  private static void checkMutable(Entity<Role> role, String what) {
    if (!Boolean.TRUE.equals(role.value().mutable())) {
      throw ApiFault.conflict(
          "The role " + role.value().name() + " is predefined and cannot be " + what);
    }
  }

  private static void checkType(boolean administrative, Permit permit) {
    if (permit.administrative() && !administrative) {
      throw ApiFault.conflict(
          "The permit "
              + permit.wire()
              + " is for administrators and cannot be in a role that is not administrative");
    }
  }
}
