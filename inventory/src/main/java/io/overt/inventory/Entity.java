package io.overt.inventory;

import io.overt.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One object of the inventory as it was at one position of the change feed. Immutable; what came
 * from the database is decoded when it is first looked at.
 */
public final class Entity<T extends Struct> {
  /** Version of an entity that is not committed yet. */
  public static final long PENDING = -1;

  private final Kind<T> kind;
  private final Key key;
  private final @Nullable Key owner;
  private final long version;

  /** Null once {@link #value} and {@link #internals} are there. */
  private volatile @Nullable StoredEntity stored;

  private @Nullable T value;
  private Map<String, String> internals = Map.of();

  /**
   * @param value frozen, its id set, references by id only
   * @param owner the entity that this one lives and dies with: the VM of a network interface
   * @param internals private attributes that never go through the API
   * @param version position of the change that wrote it; {@link #PENDING} within the transaction
   *     that writes it
   */
  public Entity(
      Kind<T> kind, T value, @Nullable Key owner, Map<String, String> internals, long version) {
    this.kind = kind;
    this.key = kind.key(owner, value.requireId());
    this.value = value;
    this.owner = owner;
    this.internals = internals;
    this.version = version;
  }

  /**
   * @param id as in its {@link Key}
   */
  Entity(Kind<T> kind, String id, @Nullable Key owner, StoredEntity stored, long version) {
    this.kind = kind;
    this.key = new Key(kind.name(), id);
    this.owner = owner;
    this.stored = stored;
    this.version = version;
  }

  public Kind<T> kind() {
    return kind;
  }

  public Key key() {
    return key;
  }

  /** The object's id in the API. */
  public String id() {
    return kind.isScopedByOwner() ? value().requireId() : key.id();
  }

  public @Nullable Key owner() {
    return owner;
  }

  public long version() {
    return version;
  }

  /** The value's status as the API spells it, null for none; cheaper than the value. */
  public @Nullable String status() {
    StoredEntity form = stored;
    String known = form == null ? null : form.status();
    return known == null ? kind.statusOf(value()) : known;
  }

  public T value() {
    decode();
    return Objects.requireNonNull(value);
  }

  public Map<String, String> internals() {
    decode();
    return internals;
  }

  /** The private attribute of that name, or null. */
  public @Nullable String internal(String name) {
    return internals().get(name);
  }

  /** Decodes them with all cores: somebody waits. */
  static void decode(List<? extends Entity<?>> entities) {
    entities.parallelStream().forEach(Entity::decode);
  }

  private void decode() {
    if (stored == null) {
      return;
    }
    synchronized (this) {
      StoredEntity form = stored;
      if (form != null) {
        value = form.value(kind, key);
        internals = form.internals();
        stored = null;
      }
    }
  }

  Entity<T> withVersion(long newVersion) {
    return version == newVersion
        ? this
        : new Entity<>(kind, value(), owner, internals(), newVersion);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Entity<?> that
        && key.equals(that.key)
        && version == that.version
        && Objects.equals(owner, that.owner)
        && value().equals(that.value())
        && internals().equals(that.internals());
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, version);
  }

  /** Kind, id and version only: the contents may be secret. */
  @Override
  public String toString() {
    return key + "@" + version;
  }
}
