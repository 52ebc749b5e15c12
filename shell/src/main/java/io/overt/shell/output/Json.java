package io.overt.shell.output;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees as JSON. */
public final class Json {
  private static final String HEX = "0123456789abcdef";

  private Json() {}

  /** In lines, indented. */
  public static String pretty(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out, 0);
    return out.toString();
  }

  /** In one line. */
  public static String line(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out, -1);
    return out.toString();
  }

  private static void write(@Nullable Object tree, StringBuilder out, int depth) {
    switch (tree) {
      case null -> out.append("null");
      case Map<?, ?> map -> object(map, out, depth);
      case List<?> list -> array(list, out, depth);
      case Boolean _, Number _ -> out.append(tree);
      default -> string(tree.toString(), out);
    }
  }

  private static void object(Map<?, ?> map, StringBuilder out, int depth) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      lineBreak(out, depth, 1);
      string(String.valueOf(entry.getKey()), out);
      out.append(depth < 0 ? ":" : ": ");
      write(entry.getValue(), out, depth < 0 ? depth : depth + 1);
    }
    lineBreak(out, depth, 0);
    out.append('}');
  }

  private static void array(List<?> list, StringBuilder out, int depth) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    boolean first = true;
    for (Object each : list) {
      if (!first) {
        out.append(',');
      }
      first = false;
      lineBreak(out, depth, 1);
      write(each, out, depth < 0 ? depth : depth + 1);
    }
    lineBreak(out, depth, 0);
    out.append(']');
  }

  private static void lineBreak(StringBuilder out, int depth, int more) {
    if (depth >= 0) {
      out.append('\n').repeat(' ', 2 * (depth + more));
    }
  }

  static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (each < 0x20 || each == 0x7f) {
            out.append("\\u00").append(HEX.charAt(each >> 4)).append(HEX.charAt(each & 15));
          } else {
            out.append(each);
          }
        }
      }
    }
    out.append('"');
  }
}
