package io.overt.inventory;

import io.overt.model.Struct;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One thing that a transaction asks for. */
sealed interface Request {
  record Insert(Entity<?> entity) implements Request {}

  record Append<T extends Struct>(
      Kind<T> kind, LongFunction<T> valueOf, @Nullable Key owner, Map<String, String> internals)
      implements Request {
    Entity<T> entity(long number, long version) {
      return new Entity<>(
          kind, StoredForm.of(kind, valueOf.apply(number)), owner, internals, version);
    }
  }

  record Update(Entity<?> expected, Entity<?> updated) implements Request {}

  record Delete(Entity<?> entity) implements Request {}

  record EntityUnchanged(Entity<?> entity) implements Request {}

  record KindUnchanged(Kind<?> kind, long changedAt) implements Request {}

  record Holds(String what, Predicate<Snapshot> condition) implements Request {}
}
