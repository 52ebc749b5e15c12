package io.overt.shell.objects;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of YAML in which people describe objects: mappings and lists by indentation, plain and
 * quoted values, comments. Every value is a text; the model knows better what it is.
 */
final class YamlReader {
  private record Line(int number, int indent, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private int at;

  private YamlReader(String text) {
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = withoutComment(raw).stripTrailing();
      String plain = line.stripLeading();
      if (!plain.isEmpty() && !plain.equals("---") && !plain.equals("...")) {
        lines.add(new Line(number, line.length() - plain.length(), plain));
      }
    }
  }

  /**
   * The tree of a document.
   *
   * @throws IllegalArgumentException that names the line that is wrong
   */
  static Object read(String text) {
    YamlReader reader = new YamlReader(text);
    if (reader.lines.isEmpty()) {
      throw new IllegalArgumentException("it is empty");
    }
    Object tree = reader.block(reader.lines.getFirst().indent());
    if (reader.at < reader.lines.size()) {
      throw reader.wrong("another indentation");
    }
    return tree;
  }

  private static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      if (quote != 0) {
        quote = each == quote ? 0 : quote;
      } else if (each == '"' || each == '\'') {
        quote = i == 0 || line.charAt(i - 1) == ' ' ? each : 0;
      } else if (each == '#' && (i == 0 || line.charAt(i - 1) == ' ')) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private Object block(int indent) {
    return lines.get(at).text().startsWith("-") ? list(indent) : map(indent);
  }

  private List<Object> list(int indent) {
    List<Object> list = new ArrayList<>();
    while (at < lines.size() && lines.get(at).indent() == indent) {
      Line line = lines.get(at);
      if (!line.text().equals("-") && !line.text().startsWith("- ")) {
        break;
      }
      String rest = line.text().substring(1).stripLeading();
      if (rest.isEmpty()) {
        at++;
        list.add(below(indent));
      } else if (separator(rest) > 0) {
        // A mapping whose first line stands behind the dash.
        int inner = indent + line.text().length() - rest.length();
        lines.set(at, new Line(line.number(), inner, rest));
        list.add(map(inner));
      } else {
        at++;
        list.add(scalar(rest));
      }
    }
    return list;
  }

  private Map<String, @Nullable Object> map(int indent) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (at < lines.size() && lines.get(at).indent() == indent) {
      Line line = lines.get(at);
      int colon = separator(line.text());
      if (colon < 1) {
        throw wrong("key: value");
      }
      String key = scalar(line.text().substring(0, colon).strip());
      String value = line.text().substring(colon + 1).strip();
      at++;
      if (!value.isEmpty()) {
        map.put(key, value.equals("null") || value.equals("~") ? null : inline(value));
      } else {
        map.put(key, at < lines.size() && isBelow(indent) ? below(indent) : null);
      }
    }
    return map;
  }

  /** A list may stand at the indentation of its key. */
  private boolean isBelow(int indent) {
    Line next = lines.get(at);
    return next.indent() > indent || (next.indent() == indent && next.text().startsWith("-"));
  }

  private Object below(int indent) {
    if (at >= lines.size() || !isBelow(indent)) {
      throw wrong("something below");
    }
    return block(lines.get(at).indent());
  }

  private static Object inline(String value) {
    if (!value.startsWith("[") || !value.endsWith("]")) {
      return scalar(value);
    }
    List<Object> list = new ArrayList<>();
    for (String each : value.substring(1, value.length() - 1).split(",")) {
      if (!each.isBlank()) {
        list.add(scalar(each.strip()));
      }
    }
    return list;
  }

  private static int separator(String text) {
    if (text.startsWith("\"") || text.startsWith("'")) {
      int end = text.indexOf(text.charAt(0), 1);
      return end > 0 && end + 1 < text.length() && text.charAt(end + 1) == ':' ? end + 1 : -1;
    }
    if (text.endsWith(":")) {
      return text.indexOf(": ") > 0 ? text.indexOf(": ") : text.length() - 1;
    }
    return text.indexOf(": ");
  }

  private static String scalar(String text) {
    if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
      return text.substring(1, text.length() - 1).replace("''", "'");
    }
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      return text.substring(1, text.length() - 1)
          .replace("\\\\", "\0")
          .replace("\\\"", "\"")
          .replace("\\n", "\n")
          .replace("\\t", "\t")
          .replace('\0', '\\');
    }
    return text;
  }

  private IllegalArgumentException wrong(String expected) {
    Line line = lines.get(Math.min(at, lines.size() - 1));
    return new IllegalArgumentException(
        "line %d is '%s', expected %s".formatted(line.number(), line.text(), expected));
  }
}
