package io.overt.inventory.search;

import io.overt.inventory.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a field's value comes from. */
@FunctionalInterface
interface Accessor {
  /**
   * The value: a {@link String}, {@link Number}, {@link Boolean}, {@link java.time.Instant} or
   * {@link io.overt.model.ApiEnum}; a {@link List} of them for fields of several values; null when
   * there is none.
   */
  @Nullable Object value(Scope scope, Entity<?> entity);

  /** This one's value, or the other's where this has none. */
  default Accessor or(Accessor other) {
    return (scope, entity) -> {
      Object value = value(scope, entity);
      return value == null ? other.value(scope, entity) : value;
    };
  }

  /** Divided by a constant, rounded down as the engine's columns are; null stays null. */
  default Accessor per(long unit) {
    return (scope, entity) ->
        value(scope, entity) instanceof Number number ? number.longValue() / unit : null;
  }
}
