package io.overt.agent.network;

import org.jspecify.annotations.Nullable;

/** Flags and numbers as engines send them: as themselves or as text. */
final class Values {
  private Values() {}

  static boolean flag(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.equalsIgnoreCase("true")
        || text.equals("1")
        || text.equalsIgnoreCase("yes")
        || text.equalsIgnoreCase("on");
  }

  /** The text; empty when there is none. */
  static String text(@Nullable Object value) {
    return value == null ? "" : value.toString().strip();
  }
}
