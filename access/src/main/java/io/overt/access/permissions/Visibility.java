package io.overt.access.permissions;

import io.overt.access.session.Caller;
import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Snapshot;
import io.overt.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sees. With the filter on, only roles of users count; without it an administrator of
 * some objects sees what is below them and around them, and one with a role for administrators on
 * the system, or with ReadOnlyAdmin, sees everything.
 */
public final class Visibility {

  /** How far an administrator of some objects sees without the filter. */
  public enum Administrators {
    /** As far as their permissions reach. */
    SCOPED,
    /** Everything, as in oVirt engine 4.5. */
    SEE_EVERYTHING
  }

  private static final int MOST_REMEMBERED = 500;

  private record Who(Set<String> principalIds, Reach.Counting counting) {}

  private record Memory(@Nullable Snapshot snapshot, Map<Who, Reach> reaches) {}

  private final Permissions permissions;
  private final Administrators administrators;
  private volatile Memory memory = new Memory(null, new ConcurrentHashMap<>());

  public Visibility(Permissions permissions) {
    this(permissions, Administrators.SCOPED);
  }

  public Visibility(Permissions permissions, Administrators administrators) {
    this.permissions = permissions;
    this.administrators = administrators;
  }

  /** Whether the caller sees the object. */
  public boolean visible(Snapshot snapshot, Caller caller, Entity<?> entity) {
    return seesEverything(snapshot, caller) || sight(snapshot, caller).sees(entity);
  }

  /** Those that the caller sees, in the same order. */
  public <T extends Struct> List<Entity<T>> filter(
      Snapshot snapshot, Caller caller, List<Entity<T>> entities) {
    if (seesEverything(snapshot, caller)) {
      return entities;
    }
    Sight sight = sight(snapshot, caller);
    return entities.stream().filter(sight::sees).toList();
  }

  /**
   * Whether objects of that kind are for administrators only, so that a filtered query for them is
   * refused, not answered with an empty list.
   */
  public static boolean closedToUsers(Kind<?> kind) {
    return Sight.closed(kind.name());
  }

  private boolean seesEverything(Snapshot snapshot, Caller caller) {
    if (caller.filter()) {
      return false;
    }
    Held held = permissions.held(snapshot, caller.principalIds());
    return held.systemAdministrator()
        || (administrators == Administrators.SEE_EVERYTHING && held.administrator());
  }

  private Sight sight(Snapshot snapshot, Caller caller) {
    // Who is no administrator gets the users' view, whatever the flag says.
    boolean unfiltered =
        !caller.filter() && permissions.administrator(snapshot, caller.principalIds());
    Reach.Counting counting = unfiltered ? Reach.Counting.ALL_ROLES : Reach.Counting.USER_ROLES;
    return new Sight(
        snapshot,
        caller,
        permissions.held(snapshot, caller.principalIds()),
        reach(snapshot, new Who(caller.principalIds(), counting)),
        unfiltered);
  }

  private Reach reach(Snapshot snapshot, Who who) {
    Memory known = memory;
    if (known.snapshot() != snapshot) {
      known = new Memory(snapshot, new ConcurrentHashMap<>());
      memory = known;
    }
    Reach reach = known.reaches().get(who);
    if (reach == null) {
      reach = Reach.of(snapshot, permissions.held(snapshot, who.principalIds()), who.counting());
      if (known.reaches().size() < MOST_REMEMBERED) {
        known.reaches().put(who, reach);
      }
    }
    return reach;
  }
}
