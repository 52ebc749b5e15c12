package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import java.time.Duration;

/** Times as people write them: {@code 90}, {@code 90s}, {@code 5m}, {@code 1h}, {@code 500ms}. */
final class Durations {
  private Durations() {}

  static Duration parse(String option, String text) {
    int digits = 0;
    while (digits < text.length()
        && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
      digits++;
    }
    double factor =
        switch (text.substring(digits)) {
          case "ms" -> 1;
          case "", "s" -> 1000;
          case "m", "min" -> 60_000;
          case "h" -> 3_600_000;
          default -> 0;
        };
    try {
      if (factor > 0) {
        return Duration.ofMillis(
            Math.round(Double.parseDouble(text.substring(0, digits)) * factor));
      }
    } catch (NumberFormatException e) {
      // Said below.
      factor = 0;
    }
    throw ShellFailure.syntax(
        "--" + option + " is '" + text + "', expected a time such as 30s, 5m or 1h");
  }
}
