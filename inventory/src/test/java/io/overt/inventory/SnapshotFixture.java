package io.overt.inventory;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds snapshots from structs, without a database and without its checks. */
public final class SnapshotFixture {
  private final List<Change> changes = new ArrayList<>();

  public <T extends Struct> SnapshotFixture add(Kind<T> kind, T value) {
    return add(kind, value, null, Map.of());
  }

  public <T extends Struct> SnapshotFixture add(Kind<T> kind, T value, Key owner) {
    return add(kind, value, owner, Map.of());
  }

  @SuppressWarnings("unchecked")
  public <T extends Struct> SnapshotFixture add(
      Kind<T> kind, T value, @Nullable Key owner, Map<String, String> internals) {
    Entity<T> entity = new Entity<>(kind, (T) value.freeze(), owner, internals, 1);
    changes.add(new Change(entity.key(), null, entity));
    return this;
  }

  public Snapshot build() {
    return Snapshot.EMPTY.with(changes, 1);
  }

  /** A later snapshot in which one object is another. */
  public static <T extends Struct> Snapshot replaced(Snapshot snapshot, Entity<T> before, T after) {
    Entity<T> entity = new Entity<>(before.kind(), after, before.owner(), before.internals(), 2);
    return snapshot.with(List.of(new Change(before.key(), before, entity)), 2);
  }
}
