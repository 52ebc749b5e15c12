package io.overt.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lexical forms that both dialects share. Null stands for "is not one". */
final class Scalars {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  private Scalars() {}

  /** In any case, as engine 4.5 reads it. */
  static @Nullable Boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> Boolean.TRUE;
      case "false", "0" -> Boolean.FALSE;
      default -> null;
    };
  }

  /** The number, however long, or null when the text is not an integer. */
  static @Nullable BigInteger integer(String text) {
    if (text.isEmpty() || text.length() > Limits.NUMBER) {
      return null;
    }
    try {
      return new BigInteger(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** Whether these are plain digits, and so few that any such number fits into 64 bits. */
  static boolean surelyFits(String text) {
    int length = text.length();
    if (length == 0 || length > 18) {
      return false;
    }
    for (int index = 0; index < length; index++) {
      char digit = text.charAt(index);
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }

  static boolean fits(BigInteger number) {
    return number.compareTo(LEAST) >= 0 && number.compareTo(GREATEST) <= 0;
  }

  /** The number, or null when the text is none or would take more than a short line to spell. */
  static @Nullable BigDecimal decimal(String text) {
    if (text.length() > Limits.NUMBER) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > Limits.NUMBER ? null : number;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /**
   * ISO 8601 with date and time, a date alone (its first moment), or milliseconds since the epoch;
   * without an offset it is UTC.
   */
  static @Nullable Instant date(String text) {
    BigInteger millis = integer(text);
    if (millis != null) {
      return fits(millis) ? Instant.ofEpochMilli(millis.longValue()) : null;
    }
    try {
      if (text.length() == "2023-11-14".length()) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, Instant::from, LocalDateTime::from);
      return parsed instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(parsed);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
