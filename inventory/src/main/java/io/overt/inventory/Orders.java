package io.overt.inventory;

import io.overt.model.Struct;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders of {@link Snapshot#all} other than by name. */
final class Orders {
  private Orders() {}

  /** By the id as a number, largest first. */
  static <T extends Struct> Comparator<Entity<T>> byNumberDescending() {
    return (left, right) -> compareNumbers(right.id(), left.id());
  }

  /** By a time, absent first, then by id. */
  static <T extends Struct> Comparator<Entity<T>> byTime(Function<T, @Nullable Instant> time) {
    Comparator<Entity<T>> first =
        (left, right) -> compareTimes(time.apply(left.value()), time.apply(right.value()));
    return first.thenComparing(Entity::id);
  }

  /** Compares decimal numbers without leading zeros and without parsing them. */
  private static int compareNumbers(String left, String right) {
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  private static int compareTimes(@Nullable Instant left, @Nullable Instant right) {
    if (left == null) {
      return right == null ? 0 : -1;
    }
    if (right == null) {
      return 1;
    }
    return left.compareTo(right);
  }
}
