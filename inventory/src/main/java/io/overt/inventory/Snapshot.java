package io.overt.inventory;

import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole inventory at one position of the change feed. Immutable: hold it as long as one answer
 * takes, and everything read from it belongs together. Lists come in the kind's order: by name,
 * then id; events newest first; jobs and steps by start time.
 */
public final class Snapshot {
  /** Nothing, before any change. */
  public static final Snapshot EMPTY =
      new Snapshot(
          0,
          Kinds.all().stream().map(kind -> Lazy.<Table<?>>made(Table.empty(kind))).toList(),
          () -> false);

  private final long position;
  private final List<Lazy<Table<?>>> tables;
  private final BooleanSupplier broken;

  /**
   * @param tables in the order of the kinds; some may still be on their way
   * @param broken whether one of them will not arrive
   */
  Snapshot(long position, List<Lazy<Table<?>>> tables, BooleanSupplier broken) {
    this.position = position;
    this.tables = tables;
    this.broken = broken;
  }

  /** True when a part could not be loaded: the rest is right, but another one has to be loaded. */
  boolean broken() {
    return broken.getAsBoolean();
  }

  /** Position of the last change that it contains. */
  public long position() {
    return position;
  }

  public <T extends Struct> Optional<Entity<T>> find(Kind<T> kind, String id) {
    return Optional.ofNullable(table(kind).find(id));
  }

  /** The entity with that API id below that owner; for kinds that are scoped by their owner. */
  public <T extends Struct> Optional<Entity<T>> find(Kind<T> kind, Key owner, String id) {
    return find(kind, kind.key(owner, id).id()).filter(entity -> owner.equals(entity.owner()));
  }

  public Optional<Entity<?>> find(Key key) {
    return Optional.ofNullable(get(key));
  }

  @Nullable Entity<?> get(Key key) {
    return table(Kinds.named(key.kind())).find(key.id());
  }

  public <T extends Struct> List<Entity<T>> all(Kind<T> kind) {
    return table(kind).all();
  }

  /** The entities of that kind that live and die with the owner. */
  public <T extends Struct> List<Entity<T>> owned(Kind<T> kind, Key owner) {
    return table(kind).owned(owner);
  }

  /** The entity that bears a unique name; scope {@code ""} where the kind has none. */
  public <T extends Struct> Optional<Entity<T>> byName(Kind<T> kind, String scope, String name) {
    return Optional.ofNullable(table(kind).byName(new UniqueKey(scope, name)));
  }

  /**
   * The entities of that kind that refer to an object.
   *
   * @param member path of model names: {@code cluster}, {@code lease.storage_domain}
   */
  public <T extends Struct> List<Entity<T>> referrers(
      Kind<T> kind, String member, String targetId) {
    if (!kind.indexed()) {
      throw new IllegalArgumentException("references of kind " + kind + " are not indexed");
    }
    return table(kind).referrers(member, new Key(kind.targetOf(member).name(), targetId));
  }

  public int count(Kind<?> kind) {
    return table(kind).size();
  }

  /** How many are in that state, as the API spells it. */
  public long count(Kind<?> kind, String status) {
    return table(kind).count(status);
  }

  /** Makes now what the first readers and writers would otherwise wait for. */
  void prepare() {
    for (Lazy<Table<?>> table : tables) {
      table.get().prepare();
    }
  }

  /**
   * Position of the last change of any entity of that kind; 0 when there was none since loading.
   */
  public long changedAt(Kind<?> kind) {
    return table(kind).changedAt();
  }

  @SuppressWarnings("unchecked")
  <T extends Struct> Table<T> table(Kind<T> kind) {
    return (Table<T>) tables.get(kind.ordinal()).get();
  }

  /** This snapshot with changes; what they call "before" must be what is here. */
  Snapshot with(List<Change> changes, long newPosition) {
    List<Lazy<Table<?>>> changed = new ArrayList<>(tables);
    for (Change change : changes) {
      int ordinal = Kinds.named(change.key().kind()).ordinal();
      changed.set(ordinal, Lazy.made(with(changed.get(ordinal).get(), change, newPosition)));
    }
    return new Snapshot(newPosition, changed, broken);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Struct> Table<T> with(Table<T> table, Change change, long position) {
    return table.with(
        change.key(), (Entity<T>) change.before(), (Entity<T>) change.after(), position);
  }

  @Override
  public String toString() {
    return "Snapshot[" + position + "]";
  }
}
