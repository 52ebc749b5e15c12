package io.overt.sdk.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through a JSON text (RFC 8259) from front to back. */
final class JsonInput {
  private static final int DEEPEST = 200;

  private final String text;
  private int at;
  private int depth;

  JsonInput(String text) {
    this.text = text;
  }

  MalformedDocument malformed(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new MalformedDocument(
        "JSON: expected %s at offset %d, found %s".formatted(expected, at, found));
  }

  /** The next character that is no blank, or NUL at the end; it stays. */
  char peek() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  void begin(char bracket) {
    if (peek() != bracket) {
      throw malformed("'" + bracket + "'");
    }
    if (++depth > DEEPEST) {
      throw malformed("at most " + DEEPEST + " levels");
    }
    at++;
  }

  /** Whether another entry follows before the closing bracket, which is passed if not. */
  boolean more(char bracket) {
    char next = peek();
    if (next == bracket) {
      at++;
      depth--;
      return false;
    }
    if (next == ',') {
      at++;
      return true;
    }
    return true;
  }

  /** The name of the next member of an object, and the colon after it. */
  String name() {
    String name = string();
    if (peek() != ':') {
      throw malformed("':'");
    }
    at++;
    return name;
  }

  String string() {
    if (peek() != '"') {
      throw malformed("a text");
    }
    int start = ++at;
    int end = start;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\') {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '"') {
      at = end + 1;
      return text.substring(start, end);
    }
    StringBuilder result = new StringBuilder().append(text, start, end);
    at = end;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return result.toString();
      }
      result.append(c == '\\' ? escaped() : c);
    }
    throw malformed("the end of a text");
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at++) : '\0';
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> c;
      case 'u' -> {
        try {
          char code = (char) Integer.parseInt(text, at, at + 4, 16);
          at += 4;
          yield code;
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
          throw malformed("four hexadecimal digits");
        }
      }
      default -> throw malformed("an escape");
    };
  }

  /** A text, a number, true, false or null as it is written; null is null. */
  @Nullable String scalar() {
    if (peek() == '"') {
      return string();
    }
    int start = at;
    while (at < text.length() && "{}[],:\"".indexOf(text.charAt(at)) < 0 && text.charAt(at) > ' ') {
      at++;
    }
    if (at == start) {
      throw malformed("a value");
    }
    String word = text.substring(start, at);
    return word.equals("null") ? null : word;
  }

  void skip() {
    value();
  }

  /** Whatever comes: a map, a list, or a scalar as it is written. */
  @Nullable Object value() {
    return switch (peek()) {
      case '{' -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        begin('{');
        while (more('}')) {
          object.put(name(), value());
        }
        yield object;
      }
      case '[' -> {
        List<@Nullable Object> list = new ArrayList<>();
        begin('[');
        while (more(']')) {
          list.add(value());
        }
        yield list;
      }
      default -> scalar();
    };
  }

  void end() {
    if (peek() != '\0') {
      throw malformed("the end");
    }
  }
}
