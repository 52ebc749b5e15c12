package io.overt.engine.resource;

import io.overt.inventory.Entity;
import io.overt.inventory.Kind;
import io.overt.inventory.Transaction;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what a body refers to by id or by name. */
public final class References {
  private References() {}

  /**
   * The object that a reference means.
   *
   * @throws ApiFault 400 when the id is no UUID, 404 when there is no such object
   */
  public static <T extends Struct> Entity<T> resolve(
      Transaction transaction, Kind<T> kind, Struct reference) {
    String id = reference.id();
    if (id != null) {
      return transaction
          .find(kind, uuid(id))
          .orElseThrow(() -> ApiFault.missing(spoken(kind) + ": id=" + id));
    }
    String name = name(reference);
    if (name == null) {
      throw ApiFault.incomplete(spoken(kind), "id|name", "reference");
    }
    return byName(transaction, kind, name)
        .orElseThrow(() -> ApiFault.missing(spoken(kind) + ": name=" + name));
  }

  /**
   * As {@link #resolve}, where a reference to what does not exist breaks a rule of the object that
   * refers: engine 4.5 looks some references up before it decides and then misses them (404), and
   * checks others with its rules (400).
   *
   * @throws ApiFault 400 when there is no such object
   */
  public static <T extends Struct> Entity<T> resolveByRule(
      Transaction transaction, Kind<T> kind, Struct reference) {
    try {
      return resolve(transaction, kind, reference);
    } catch (ApiFault fault) {
      if (fault.category() != ApiFault.Category.NOT_FOUND) {
        throw fault;
      }
      throw ApiFault.bad(
          "There is no "
              + kind.name().replace('_', ' ')
              + " "
              + (reference.id() == null ? "'" + reference.get("name") + "'" : reference.id()));
    }
  }

  /** As {@link #resolve}, empty when the body does not refer to anything. */
  public static <T extends Struct> Optional<Entity<T>> optional(
      Transaction transaction, Kind<T> kind, @Nullable Struct reference) {
    return reference == null || (reference.id() == null && name(reference) == null)
        ? Optional.empty()
        : Optional.of(resolve(transaction, kind, reference));
  }

  /** The first object of that name, in the kind's order. */
  public static <T extends Struct> Optional<Entity<T>> byName(
      Transaction transaction, Kind<T> kind, String name) {
    List<Entity<T>> all = transaction.snapshot().all(kind);
    return all.stream().filter(entity -> name.equals(entity.value().get("name"))).findFirst();
  }

  /**
   * A UUID in its canonical spelling.
   *
   * @throws ApiFault 400 {@code Operation failed}, as engine 4.5 answers a malformed id in a body
   */
  public static String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw new ApiFault(
          ApiFault.Category.BAD_PARAMETER, "Operation failed", "Invalid UUID string: " + text);
    }
  }

  /**
   * The object of a URL that others are to live in must be there.
   *
   * @throws ApiFault 404 when it is not
   */
  public static void requirePresent(Transaction transaction, Kind<?> kind, String id) {
    if (transaction.find(kind, id).isEmpty()) {
      throw ApiFault.notFound();
    }
  }

  /**
   * An id from a URL, where a malformed one is as good as unknown.
   *
   * @throws ApiFault 404 when it is no UUID in its canonical spelling
   */
  public static String pathId(String text) {
    try {
      if (UUID.fromString(text).toString().equalsIgnoreCase(text)) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw ApiFault.notFound();
    }
    throw ApiFault.notFound();
  }

  private static @Nullable String name(Struct reference) {
    return reference.get("name") instanceof String name && !name.isEmpty() ? name : null;
  }

  private static String spoken(Kind<?> kind) {
    String[] words = kind.name().split("_");
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return text.toString();
  }
}
