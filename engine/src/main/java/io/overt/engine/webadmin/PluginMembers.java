package io.overt.engine.webadmin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overt.vdsmrpc.Json;
import io.overt.vdsmrpc.Json.MalformedJsonException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON file with comments, each asked for with its type.
 *
 * @param file for messages
 */
record PluginMembers(Path file, Map<?, ?> members) {

  /** Of no file: nothing is set. */
  static PluginMembers none(Path file) {
    return new PluginMembers(file, Map.of());
  }

  /**
   * @throws InvalidPlugin when the text is no JSON object
   */
  static PluginMembers parse(Path file, String text) {
    try {
      if (Json.parseCommented(text.getBytes(UTF_8)) instanceof Map<?, ?> members) {
        return new PluginMembers(file, members);
      }
      throw new InvalidPlugin(file + ": expected a JSON object");
    } catch (MalformedJsonException e) {
      throw new InvalidPlugin(file + ": " + e.getMessage());
    }
  }

  Optional<String> text(String name) {
    Object value = members.get(name);
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    if (members.containsKey(name)) {
      throw wrong(name, value, "a text that is not blank");
    }
    return Optional.empty();
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> wrong(name, null, "a text that is not blank"));
  }

  boolean flag(String name, boolean standard) {
    Object value = members.get(name);
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (members.containsKey(name)) {
      throw wrong(name, value, "true or false");
    }
    return standard;
  }

  /** Refuses any other value than this one. */
  void oneOf(String name, String only) {
    Object value = members.get(name);
    if (members.containsKey(name) && !only.equals(value)) {
      throw wrong(name, value, "\"" + only + "\"");
    }
  }

  int integer(String name, int standard) {
    Object value = members.get(name);
    if (value instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    if (members.containsKey(name)) {
      throw wrong(name, value, "an integer");
    }
    return standard;
  }

  Map<String, @Nullable Object> object(String name) {
    Object value = members.get(name);
    if (value instanceof Map<?, ?> object) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      object.forEach((key, member) -> copy.put(String.valueOf(key), member));
      return copy;
    }
    if (members.containsKey(name)) {
      throw wrong(name, value, "an object");
    }
    return Map.of();
  }

  /** Those of the members that are there, whatever they are. */
  Map<String, Object> extras(String... names) {
    Map<String, Object> extras = new LinkedHashMap<>();
    for (String name : names) {
      Object value = members.get(name);
      if (value != null) {
        extras.put(name, value);
      }
    }
    return extras;
  }

  /** A value may be a secret of the plugin: what it is says its type alone. */
  private InvalidPlugin wrong(String name, @Nullable Object value, String expected) {
    String found = value == null ? "nothing" : value.getClass().getSimpleName();
    return new InvalidPlugin("%s: %s must be %s, found %s".formatted(file, name, expected, found));
  }
}
