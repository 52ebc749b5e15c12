package io.overt.shell.output;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees as YAML 1.2. */
public final class Yaml {
  private Yaml() {}

  public static String text(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    if (isLeaf(tree)) {
      out.append(scalar(tree)).append('\n');
    } else {
      block(tree, out, 0);
    }
    return out.toString();
  }

  private static boolean isLeaf(@Nullable Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> map.isEmpty();
      case List<?> list -> list.isEmpty();
      case null, default -> true;
    };
  }

  private static void block(@Nullable Object tree, StringBuilder out, int depth) {
    if (tree instanceof Map<?, ?> map) {
      boolean first = true;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        // The first key of a list's member stands behind the dash.
        indent(out, first && endsWithDash(out) ? 0 : depth);
        first = false;
        out.append(scalar(String.valueOf(entry.getKey()))).append(':');
        Object value = entry.getValue();
        if (isLeaf(value)) {
          out.append(' ').append(scalar(value)).append('\n');
        } else {
          out.append('\n');
          block(value, out, value instanceof List<?> ? depth : depth + 1);
        }
      }
    } else if (tree instanceof List<?> list) {
      for (Object each : list) {
        indent(out, endsWithDash(out) ? 0 : depth);
        out.append("- ");
        if (isLeaf(each)) {
          out.append(scalar(each)).append('\n');
        } else {
          block(each, out, depth + 1);
        }
      }
    }
  }

  private static boolean endsWithDash(StringBuilder out) {
    int length = out.length();
    return length >= 2 && out.charAt(length - 1) == ' ' && out.charAt(length - 2) == '-';
  }

  private static void indent(StringBuilder out, int depth) {
    out.repeat(' ', 2 * depth);
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> _ -> "{}";
      case List<?> _ -> "[]";
      case Boolean _, Number _ -> value.toString();
      default -> string(value.toString());
    };
  }

  private static String string(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    Json.string(text, out);
    return out.toString();
  }

  /** Whether a reader takes the text without quotes for a string, and for this one. */
  private static boolean isPlain(String text) {
    if (text.isEmpty() || text.endsWith(" ") || text.endsWith(":")) {
      return false;
    }
    switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "false", "null", "yes", "no", "on", "off", "~", "y", "n", ".nan", ".inf" -> {
        return false;
      }
      default -> {
        // Looked at below.
      }
    }
    char first = text.charAt(0);
    if (!Character.isLetter(first) && first != '/' && first != '_') {
      return looksLikeId(text);
    }
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each < 0x20 || each == 0x7f || each == '"') {
        return false;
      }
      if ((each == ':' && i + 1 < text.length() && text.charAt(i + 1) == ' ')
          || (each == '#' && text.charAt(i - 1) == ' ')) {
        return false;
      }
    }
    return true;
  }

  /** UUIDs are no numbers, as they have several dashes. */
  private static boolean looksLikeId(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
