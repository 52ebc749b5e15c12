package io.overt.shell.output;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object, in ovirt-shell's order: id, name and description first, the others by
 * their names, which for nested fields are joined with dashes; members of lists repeat the name.
 */
record Fields(List<Map.Entry<String, String>> entries) {
  static Fields flat(Map<String, Object> object) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    object.forEach((name, value) -> collect(name, value, fields));
    fields.sort(
        Comparator.<Map.Entry<String, String>>comparingInt(each -> rank(each.getKey()))
            .thenComparing(Map.Entry::getKey));
    return new Fields(fields);
  }

  private static int rank(String name) {
    return switch (name) {
      case "id" -> 0;
      case "name" -> 1;
      case "description" -> 2;
      default -> 3;
    };
  }

  private static void collect(
      String name, @Nullable Object value, List<Map.Entry<String, String>> fields) {
    switch (value) {
      case Map<?, ?> map -> map.forEach((key, each) -> collect(name + "-" + key, each, fields));
      case List<?> list -> list.forEach(each -> collect(name, each, fields));
      case null -> {}
      default -> {
        if (!name.equals("href") && !name.endsWith("-href") && !value.toString().isEmpty()) {
          fields.add(new SimpleImmutableEntry<>(name, value.toString()));
        }
      }
    }
  }
}
