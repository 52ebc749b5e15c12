package io.overt.access.permissions;

import io.overt.access.session.Caller;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller may do something with an object: one of the caller's principals has a role with
 * the permit on the object, on something above it, or on the system.
 *
 * <p>What principals hold is remembered until a permission or role changes. One instance serves one
 * inventory.
 */
public final class Permissions {
  private static final int MOST_REMEMBERED = 2_000;

  private record Generation(long permissions, long roles) {}

  private record Memory(Generation generation, Map<Set<String>, Held> held) {}

  private volatile Memory memory = new Memory(new Generation(-1, -1), new ConcurrentHashMap<>());

  /**
   * Whether the caller has the permit on the object.
   *
   * @param object null for the system as a whole
   */
  public boolean allows(Snapshot snapshot, Caller caller, Permit permit, @Nullable Key object) {
    Held held = held(snapshot, caller.principalIds());
    if (held.onSystem(permit)) {
      return true;
    }
    if (object == null || !held.onObjects() || !held.anywhere(permit)) {
      return false;
    }
    return Parents.closure(snapshot, object).stream().anyMatch(key -> held.on(key, permit));
  }

  /** Whether principals have the permit on any object at all. */
  public boolean allowsAnywhere(Snapshot snapshot, Set<String> principalIds, Permit permit) {
    return held(snapshot, principalIds).anywhere(permit);
  }

  /** Whether principals hold a role for administrators on any object. */
  public boolean administrator(Snapshot snapshot, Set<String> principalIds) {
    return held(snapshot, principalIds).administrator();
  }

  /** Whether the caller holds SuperUser on the system. */
  public boolean superUser(Snapshot snapshot, Caller caller) {
    return held(snapshot, caller.principalIds()).superUser();
  }

  /** The object and all objects above it whose permissions hold for it, nearest first. */
  public static Set<Key> ancestors(Snapshot snapshot, Key object) {
    return Parents.closure(snapshot, object);
  }

  Held held(Snapshot snapshot, Set<String> principalIds) {
    Generation generation =
        new Generation(snapshot.changedAt(Kinds.PERMISSION), snapshot.changedAt(Kinds.ROLE));
    if (generation.permissions() < 0 || generation.roles() < 0) {
      // A transaction's own writes: seen by it alone.
      return Held.by(snapshot, principalIds);
    }
    Memory known = memory;
    if (!known.generation().equals(generation)) {
      known = new Memory(generation, new ConcurrentHashMap<>());
      memory = known;
    }
    Held held = known.held().get(principalIds);
    if (held == null) {
      held = Held.by(snapshot, principalIds);
      if (known.held().size() < MOST_REMEMBERED) {
        known.held().put(principalIds, held);
      }
    }
    return held;
  }
}
