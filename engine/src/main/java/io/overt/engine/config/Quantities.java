package io.overt.engine.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers, sizes, durations and choices; a refusal names the setting and its origin. */
final class Quantities {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmg]?)");

  private Quantities() {}

  static int port(EffectiveValue value) {
    try {
      int port = Integer.parseInt(value.value());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw refused(value, "a port number from 0 to 65535");
    }
    throw refused(value, "a port number from 0 to 65535");
  }

  static Duration duration(EffectiveValue value) {
    Matcher matcher = DURATION.matcher(value.value());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw refused(value, "a duration such as 30m, 90s, 12h or 1d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  static long size(EffectiveValue value) {
    Matcher matcher = SIZE.matcher(value.value().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw refused(value, "a size in bytes such as 1048576, 512k, 16m or 1g");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "k" -> Math.multiplyExact(amount, 1L << 10);
      case "m" -> Math.multiplyExact(amount, 1L << 20);
      case "g" -> Math.multiplyExact(amount, 1L << 30);
      default -> amount;
    };
  }

  static String choice(EffectiveValue value, List<String> choices) {
    String lower = value.value().toLowerCase(Locale.ROOT);
    if (!choices.contains(lower)) {
      throw refused(value, "one of " + String.join(", ", choices));
    }
    return lower;
  }

  static InvalidConfiguration refused(EffectiveValue value, String expected) {
    return new InvalidConfiguration(
        "%s is '%s' (%s) but must be %s"
            .formatted(value.key(), value.value(), value.origin(), expected));
  }
}
