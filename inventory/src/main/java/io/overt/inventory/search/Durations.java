package io.overt.inventory.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads durations as users write them: {@code [days.]hours:minutes[:seconds]}, a bare number of
 * days, or numbers with units such as {@code 1d12h} or {@code 90m}.
 */
final class Durations {
  private static final Pattern CLOCK =
      Pattern.compile("(?:(\\d{1,6})\\.)?(\\d{1,6}):(\\d{1,2})(?::(\\d{1,2}))?");
  private static final Pattern DAYS = Pattern.compile("\\d{1,6}");
  private static final Pattern UNITS =
      Pattern.compile(
          "(?=\\d)(?:(\\d{1,6})d)?\\s*(?:(\\d{1,6})h)?\\s*(?:(\\d{1,6})m)?\\s*(?:(\\d{1,9})s)?",
          Pattern.CASE_INSENSITIVE);

  private Durations() {}

  /** Seconds, or null when the text is no duration. */
  static @Nullable Long seconds(String text) {
    if (DAYS.matcher(text).matches()) {
      return Long.parseLong(text) * 86_400;
    }
    for (Pattern pattern : new Pattern[] {CLOCK, UNITS}) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        return number(matcher.group(1)) * 86_400
            + number(matcher.group(2)) * 3_600
            + number(matcher.group(3)) * 60
            + number(matcher.group(4));
      }
    }
    return null;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
