package io.overt.inventory.search;

import io.overt.model.Schema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of an enumerated field under the names users know. Those are the engine's own names
 * ({@code PoweringUp}); the API spells the same value {@code powering_up}. Case and underscores do
 * not count; where the names differ in more, an alias leads from the one to the other.
 */
final class Choices {
  private final Map<String, String> valuesByName;

  private Choices(Map<String, String> valuesByName) {
    this.valuesByName = valuesByName;
  }

  /** The values of an enumerated type of the API model. */
  static Choices of(String enumType) {
    return of(Schema.current().enumType(enumType).values());
  }

  /** Values that the API model has no type for. */
  static Choices of(Iterable<String> values) {
    Map<String, String> names = new LinkedHashMap<>();
    values.forEach(value -> names.put(plain(value), plain(value)));
    return new Choices(names);
  }

  /** These and another name for one of them. */
  Choices alias(String name, String value) {
    if (!valuesByName.containsValue(plain(value))) {
      throw new IllegalArgumentException("no value " + value + " for the alias " + name);
    }
    Map<String, String> names = new LinkedHashMap<>(valuesByName);
    names.put(plain(name), plain(value));
    return new Choices(names);
  }

  /** These and a value that users may name though the API never shows it. */
  Choices with(String value) {
    Map<String, String> names = new LinkedHashMap<>(valuesByName);
    names.put(plain(value), plain(value));
    return new Choices(names);
  }

  /** The value of that name in the form {@link #plain} gives, or null when there is none. */
  @Nullable String find(String name) {
    return valuesByName.get(plain(name));
  }

  /** All names, in the model's order. */
  Set<String> names() {
    return valuesByName.keySet();
  }

  /** Whether a spelling of the API means this value, without building strings. */
  static boolean same(String wire, String plain) {
    int matched = 0;
    for (int index = 0; index < wire.length(); index++) {
      char character = wire.charAt(index);
      if (character != '_') {
        if (matched == plain.length()
            || Character.toLowerCase(character) != plain.charAt(matched++)) {
          return false;
        }
      }
    }
    return matched == plain.length();
  }

  static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
