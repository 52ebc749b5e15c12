package io.overt.inventory;

import io.overt.model.Struct;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of the inventory as it was at one position of the change feed.
 *
 * @param value frozen, its id set, references by id only
 * @param owner the entity that this one lives and dies with: the VM of a network interface
 * @param internals private attributes that never go through the API
 * @param version position of the change that wrote it; {@link #PENDING} within the transaction that
 *     writes it
 */
public record Entity<T extends Struct>(
    Kind<T> kind, T value, @Nullable Key owner, Map<String, String> internals, long version) {
  /** Version of an entity that is not committed yet. */
  public static final long PENDING = -1;

  public String id() {
    return value.requireId();
  }

  public Key key() {
    return kind.key(owner, value.requireId());
  }

  /** The private attribute of that name, or null. */
  public @Nullable String internal(String name) {
    return internals.get(name);
  }

  Entity<T> withVersion(long newVersion) {
    return version == newVersion ? this : new Entity<>(kind, value, owner, internals, newVersion);
  }

  /** Kind, id and version only: the contents may be secret. */
  @Override
  public String toString() {
    return key() + "@" + version;
  }
}
