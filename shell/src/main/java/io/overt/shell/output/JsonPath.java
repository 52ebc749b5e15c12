package io.overt.shell.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paths into trees: {@code .name}, {@code .nics[0].mac.address}, {@code [*].id}, {@code ..id}, and
 * filters such as {@code [?(@.status=="up")]}. They may stand in braces and begin with {@code $}.
 */
public final class JsonPath {
  private final String path;
  private int at;

  private JsonPath(String path) {
    this.path = path;
  }

  /**
   * Everything that a path leads to.
   *
   * @throws IllegalArgumentException when it is no path
   */
  public static List<Object> find(Object tree, String path) {
    String plain = path.strip();
    if (plain.startsWith("{") && plain.endsWith("}")) {
      plain = plain.substring(1, plain.length() - 1).strip();
    }
    if (plain.startsWith("$")) {
      plain = plain.substring(1);
    }
    if (!plain.isEmpty() && plain.charAt(0) != '.' && plain.charAt(0) != '[') {
      plain = "." + plain;
    }
    return new JsonPath(plain).evaluate(List.of(tree));
  }

  private List<Object> evaluate(List<Object> start) {
    List<Object> current = start;
    while (at < path.length()) {
      current = path.charAt(at) == '.' ? dot(current) : bracket(current);
    }
    return current;
  }

  private List<Object> dot(List<Object> current) {
    at++;
    boolean deep = at < path.length() && path.charAt(at) == '.';
    if (deep) {
      at++;
    }
    String name = name();
    if (name.isEmpty()) {
      if (at < path.length() && path.charAt(at) == '[') {
        return deep ? all(current) : current;
      }
      if (at >= path.length() && !deep) {
        return current;
      }
      throw wrong("a name");
    }
    List<Object> found = new ArrayList<>();
    for (Object each : deep ? all(current) : current) {
      step(each, name, found);
    }
    return found;
  }

  private String name() {
    int start = at;
    while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
      at++;
    }
    return path.substring(start, at);
  }

  private static void step(Object value, String name, List<Object> found) {
    switch (value) {
      case Map<?, ?> map when name.equals("*") -> {
        for (Object each : map.values()) {
          add(each, found);
        }
      }
      case Map<?, ?> map -> add(map.get(name), found);
      case List<?> list -> {
        for (Object each : list) {
          step(each, name, found);
        }
      }
      default -> {}
    }
  }

  private static void add(@Nullable Object value, List<Object> found) {
    if (value != null) {
      found.add(value);
    }
  }

  private static List<Object> all(List<Object> roots) {
    List<Object> all = new ArrayList<>();
    for (Object root : roots) {
      all.add(root);
      if (root instanceof Map<?, ?> map) {
        all.addAll(all(new ArrayList<>(map.values())));
      } else if (root instanceof List<?> list) {
        // A name is looked for in the members, not in the list as well.
        all.removeLast();
        all.addAll(all(new ArrayList<>(list)));
      }
    }
    return all;
  }

  private List<Object> bracket(List<Object> current) {
    if (path.charAt(at) != '[') {
      throw wrong(". or [");
    }
    int end = path.indexOf(']', at);
    if (end < 0) {
      throw wrong("]");
    }
    String inner = path.substring(at + 1, end).strip();
    at = end + 1;
    List<Object> found = new ArrayList<>();
    for (Object each : current) {
      if (inner.startsWith("'") || inner.startsWith("\"")) {
        step(each, inner.substring(1, inner.length() - 1), found);
      } else if (each instanceof List<?> list) {
        select(list, inner, found);
      }
    }
    return found;
  }

  private void select(List<?> list, String selector, List<Object> found) {
    if (selector.equals("*")) {
      found.addAll(list);
    } else if (selector.startsWith("?(") && selector.endsWith(")")) {
      for (Object each : list) {
        if (each != null && holds(each, selector.substring(2, selector.length() - 1))) {
          found.add(each);
        }
      }
    } else {
      try {
        int index = Integer.parseInt(selector);
        int from = index < 0 ? list.size() + index : index;
        if (from >= 0 && from < list.size()) {
          found.add(list.get(from));
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "In the path '" + path + "', [" + selector + "] is no index, * or ?(…)", e);
      }
    }
  }

  private static boolean holds(Object object, String condition) {
    for (String operator : List.of("==", "!=")) {
      int at = condition.indexOf(operator);
      if (at > 0) {
        String wanted = condition.substring(at + 2).strip();
        if (wanted.length() > 1 && (wanted.startsWith("\"") || wanted.startsWith("'"))) {
          wanted = wanted.substring(1, wanted.length() - 1);
        }
        String actual = Trees.text(first(object, condition.substring(0, at)));
        return actual.equals(wanted) == operator.equals("==");
      }
    }
    return first(object, condition) != null;
  }

  private static @Nullable Object first(Object object, String path) {
    String plain = path.strip();
    List<Object> found = find(object, plain.startsWith("@") ? plain.substring(1) : plain);
    return found.isEmpty() ? null : found.getFirst();
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "The path '"
            + path
            + "' is wrong at character "
            + (at + 1)
            + ": "
            + expected
            + " is expected");
  }
}
