package io.overt.inventory;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All entities of a kind in order, built when first asked for. After few changes the next list is
 * the former one patched, so that the change of one VM's status does not sort ten thousand.
 */
final class SortedEntities<T extends Struct> {
  private static final int PATCH_LIMIT = 256;

  private record Patch<T extends Struct>(
      @Nullable Entity<T> before, @Nullable Entity<T> after, @Nullable Patch<T> earlier) {}

  private final Kind<T> kind;
  private volatile @Nullable State<T> state;

  private record State<T extends Struct>(
      List<Entity<T>> sorted, @Nullable Patch<T> patches, int count) {}

  SortedEntities(Kind<T> kind) {
    this(kind, null);
  }

  private SortedEntities(Kind<T> kind, @Nullable State<T> state) {
    this.kind = kind;
    this.state = state;
  }

  /** The order after one more change. */
  SortedEntities<T> changed(@Nullable Entity<T> before, @Nullable Entity<T> after) {
    State<T> known = state;
    if (known == null || known.count == PATCH_LIMIT) {
      return new SortedEntities<>(kind);
    }
    return new SortedEntities<>(
        kind,
        new State<>(known.sorted, new Patch<>(before, after, known.patches), known.count + 1));
  }

  /** The list; {@code all} is what it consists of. */
  List<Entity<T>> list(Collection<Entity<T>> all) {
    State<T> known = state;
    if (known != null && known.patches == null) {
      return known.sorted;
    }
    List<Entity<T>> sorted = known == null ? sort(all) : patched(known.sorted, known.patches);
    state = new State<>(sorted, null, 0);
    return sorted;
  }

  private List<Entity<T>> sort(Collection<Entity<T>> all) {
    List<Entity<T>> sorted = new ArrayList<>(all);
    if (!kind.isOrderedById()) {
      Entity.decode(sorted);
    }
    sorted.sort(kind.order());
    return Collections.unmodifiableList(sorted);
  }

  private List<Entity<T>> patched(List<Entity<T>> base, @Nullable Patch<T> newest) {
    List<Patch<T>> patches = new ArrayList<>();
    for (Patch<T> patch = newest; patch != null; patch = patch.earlier()) {
      patches.add(patch);
    }
    List<Entity<T>> sorted = new ArrayList<>(base.size() + patches.size());
    sorted.addAll(base);
    for (Patch<T> patch : patches.reversed()) {
      apply(sorted, patch);
    }
    return Collections.unmodifiableList(sorted);
  }

  private void apply(List<Entity<T>> sorted, Patch<T> patch) {
    Entity<T> before = patch.before();
    Entity<T> after = patch.after();
    int old = before == null ? -1 : Collections.binarySearch(sorted, before, kind.order());
    if (old >= 0 && before != null && after != null && kind.order().compare(before, after) == 0) {
      sorted.set(old, after);
      return;
    }
    if (old >= 0) {
      sorted.remove(old);
    }
    if (after != null) {
      int place = Collections.binarySearch(sorted, after, kind.order());
      sorted.add(place < 0 ? -place - 1 : place, after);
    }
  }
}
