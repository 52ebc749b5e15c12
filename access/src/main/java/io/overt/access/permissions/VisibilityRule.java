package io.overt.access.permissions;

import io.overt.inventory.Entity;
import java.util.Set;

/**
 * What makes the objects of one kind visible, besides a permission on the object itself and what
 * permissions on its parts reveal.
 *
 * @param always kinds of ancestors on which any counting role shows the object
 * @param open kinds of ancestors on which a role has to open its children
 * @param through further ways
 */
record VisibilityRule(Set<String> always, Set<String> open, Through through) {
  /** Stands for the system among the kinds of ancestors. */
  static final String SYSTEM = "system";

  /** A way to an object that the tree of permissions does not have. */
  interface Through {
    boolean shows(Sight sight, Entity<?> entity);
  }

  static VisibilityRule always(String... kinds) {
    return new VisibilityRule(Set.of(kinds), Set.of(), (sight, entity) -> false);
  }

  static VisibilityRule open(String... kinds) {
    return new VisibilityRule(Set.of(), Set.of(kinds), (sight, entity) -> false);
  }

  static VisibilityRule only(Through through) {
    return new VisibilityRule(Set.of(), Set.of(), through);
  }

  VisibilityRule or(Through other) {
    return new VisibilityRule(always, open, other);
  }
}
