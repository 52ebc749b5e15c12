package io.overt.shell.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ways into trees. */
public final class Trees {
  private Trees() {}

  /** What a path such as {@code host.name} leads to; in lists, to as many values as there are. */
  public static @Nullable Object at(@Nullable Object tree, String path) {
    if (path.isEmpty() || tree == null) {
      return tree;
    }
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    if (tree instanceof List<?> list) {
      if (isNumber(first)) {
        int index = Integer.parseInt(first);
        return index < list.size() ? at(list.get(index), rest) : null;
      }
      List<Object> found = new ArrayList<>();
      for (Object each : list) {
        Object value = at(each, path);
        if (value instanceof List<?> several) {
          found.addAll(several);
        } else if (value != null) {
          found.add(value);
        }
      }
      return found.isEmpty() ? null : found;
    }
    return tree instanceof Map<?, ?> map ? at(map.get(first), rest) : null;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return text.length() < 9;
  }

  /** A value in one line: a list with commas, an object by its name or id. */
  public static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> object(map);
      case List<?> list -> {
        StringBuilder all = new StringBuilder();
        for (Object each : list) {
          all.append(all.isEmpty() ? "" : ",").append(text(each));
        }
        yield all.toString();
      }
      default -> value.toString();
    };
  }

  private static String object(Map<?, ?> map) {
    for (String key : List.of("name", "address", "id")) {
      if (map.get(key) != null) {
        return text(map.get(key));
      }
    }
    StringBuilder pairs = new StringBuilder();
    map.forEach(
        (key, each) ->
            pairs.append(pairs.isEmpty() ? "" : ",").append(key).append('=').append(text(each)));
    return pairs.toString();
  }

  /** The text of what a path leads to. */
  public static String textAt(@Nullable Object tree, String path) {
    return text(at(tree, path));
  }

  /** What a name or, where there is none, the id says. */
  public static String nameOf(Map<String, ?> tree) {
    Object name = tree.get("name");
    return name == null || name.toString().isEmpty() ? text(tree.get("id")) : name.toString();
  }
}
