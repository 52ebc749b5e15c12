package io.overt.shell.output;

import java.util.List;

/**
 * A form of output.
 *
 * @param path of {@code jsonpath=}, else empty
 */
public record Format(Kind kind, String path) {
  /** The forms. */
  public enum Kind {
    TABLE,
    WIDE,
    JSON,
    YAML,
    CSV,
    NAME,
    TEXT,
    JSONPATH
  }

  public static final Format TABLE = new Format(Kind.TABLE, "");
  public static final Format TEXT = new Format(Kind.TEXT, "");

  /** What {@code -o} takes. */
  public static final List<String> NAMES =
      List.of("table", "wide", "json", "yaml", "csv", "name", "text", "jsonpath=");

  /**
   * The form that a value of {@code -o} names.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Format of(String text) {
    if (text.startsWith("jsonpath=")) {
      return new Format(Kind.JSONPATH, text.substring("jsonpath=".length()));
    }
    for (Kind kind : Kind.values()) {
      if (kind != Kind.JSONPATH && kind.name().equalsIgnoreCase(text)) {
        return new Format(kind, "");
      }
    }
    throw new IllegalArgumentException(
        "-o is '"
            + text
            + "', expected one of table, wide, json, yaml, csv, name, text, jsonpath=PATH");
  }

  /** Whether programs read it, so that nothing but data may be printed. */
  public boolean isForPrograms() {
    return kind != Kind.TABLE && kind != Kind.WIDE && kind != Kind.TEXT;
  }
}
