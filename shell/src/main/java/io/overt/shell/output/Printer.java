package io.overt.shell.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects in one of the {@link Format}s. */
public final class Printer {
  private final Format format;
  private final boolean colours;

  public Printer(Format format, boolean colours) {
    this.format = format;
    this.colours = colours;
  }

  /**
   * A list.
   *
   * @param columns of tables and CSV; with {@code chosen}, of everything
   * @param chosen whether the user named the columns
   */
  public String list(List<Map<String, Object>> objects, List<String> columns, boolean chosen) {
    return switch (format.kind()) {
      case TABLE, WIDE -> Table.rows(objects, columns, colours);
      case JSON -> Json.pretty(chosen ? only(objects, columns) : objects) + "\n";
      case YAML -> Yaml.text(chosen ? only(objects, columns) : objects);
      case CSV -> csv(objects, columns);
      case NAME -> names(objects);
      case TEXT -> text(chosen ? only(objects, columns) : objects);
      case JSONPATH -> paths(objects);
    };
  }

  /** One object. */
  public String one(Map<String, Object> object, List<String> columns, boolean chosen) {
    Map<String, Object> shown = chosen ? only(List.of(object), columns).getFirst() : object;
    return switch (format.kind()) {
      case TABLE, WIDE -> Table.fields(shown, colours);
      case JSON -> Json.pretty(shown) + "\n";
      case YAML -> Yaml.text(shown);
      case TEXT -> text(List.of(shown));
      case CSV, NAME -> list(List.of(object), columns, chosen);
      case JSONPATH -> found(object);
    };
  }

  private static List<Map<String, Object>> only(
      List<Map<String, Object>> objects, List<String> columns) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Map<String, Object> object : objects) {
      Map<String, Object> some = new LinkedHashMap<>();
      for (String column : columns) {
        Object value = Trees.at(object, column);
        if (value != null) {
          some.put(column, value);
        }
      }
      all.add(some);
    }
    return all;
  }

  private static String names(List<Map<String, Object>> objects) {
    StringBuilder out = new StringBuilder();
    for (Map<String, Object> object : objects) {
      out.append(Trees.nameOf(object)).append('\n');
    }
    return out.toString();
  }

  /** RFC 4180, with the line ends of this system. */
  private static String csv(List<Map<String, Object>> objects, List<String> columns) {
    StringBuilder out = new StringBuilder(String.join(",", columns)).append('\n');
    for (Map<String, Object> object : objects) {
      boolean first = true;
      for (String column : columns) {
        String cell = Trees.textAt(object, column);
        boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0;
        out.append(first ? "" : ",")
            .append(plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"");
        first = false;
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** As ovirt-shell does. */
  private static String text(List<Map<String, Object>> objects) {
    StringBuilder out = new StringBuilder(objects.isEmpty() ? "" : "\n");
    for (Map<String, Object> object : objects) {
      List<Map.Entry<String, String>> fields = Fields.flat(asOfOld(object)).entries();
      int width = 0;
      for (Map.Entry<String, String> field : fields) {
        width = Math.max(width, field.getKey().length());
      }
      for (Map.Entry<String, String> field : fields) {
        out.append(field.getKey())
            .repeat(' ', width - field.getKey().length())
            .append(": ")
            .append(field.getValue())
            .append('\n');
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** With the one name that scripts look for and that version 4 has not: a status had a state. */
  private static Map<String, Object> asOfOld(Map<String, Object> object) {
    if (!(object.get("status") instanceof String status)) {
      return object;
    }
    Map<String, Object> old = new LinkedHashMap<>(object);
    old.put("status", Map.of("state", status));
    return old;
  }

  /** A path that begins in the list is looked for in it, any other in each object. */
  private String paths(List<Map<String, Object>> objects) {
    String path = format.path().strip();
    if (path.startsWith("[")
        || path.startsWith("{[")
        || path.startsWith("$[")
        || path.startsWith("{$[")) {
      return found(objects);
    }
    StringBuilder out = new StringBuilder();
    for (Map<String, Object> object : objects) {
      out.append(found(object));
    }
    return out.toString();
  }

  private String found(Object tree) {
    StringBuilder out = new StringBuilder();
    for (Object each : JsonPath.find(tree, format.path())) {
      boolean leaf = !(each instanceof Map<?, ?>) && !(each instanceof List<?>);
      out.append(leaf ? each.toString() : Json.line(each)).append('\n');
    }
    return out.toString();
  }
}
