package io.overt.inventory.search;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads points in time as users write them: {@code today}, {@code yesterday}, the name of a weekday
 * (the last such day before today), a date with or without a time in one of the locale's styles, or
 * in ISO 8601 order ({@code 2026-11-22}, {@code 2026-11-22 08:30}).
 */
final class Dates {
  private final Clock clock;
  private final List<DateTimeFormatter> formats;

  /** Days begin at midnight in the clock's zone. */
  Dates(Clock clock, Locale locale) {
    this.clock = clock;
    this.formats = formats(locale);
  }

  /** The point in time, for a day its beginning; null when the text is none. */
  @Nullable Instant parse(String text) {
    LocalDate today = LocalDate.now(clock);
    if (text.equalsIgnoreCase("today")) {
      return startOf(today);
    }
    if (text.equalsIgnoreCase("yesterday")) {
      return startOf(today.minusDays(1));
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      if (text.equalsIgnoreCase(day.name())) {
        int daysAgo = Math.floorMod(today.getDayOfWeek().getValue() - day.getValue(), 7);
        return startOf(today.minusDays(daysAgo == 0 ? 7 : daysAgo));
      }
    }
    for (DateTimeFormatter format : formats) {
      Instant instant = parse(text, format);
      if (instant != null) {
        return instant;
      }
    }
    return null;
  }

  private @Nullable Instant parse(String text, DateTimeFormatter format) {
    try {
      return instant(
          format.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private Instant instant(TemporalAccessor parsed) {
    return switch (parsed) {
      case ZonedDateTime zoned -> zoned.toInstant();
      case LocalDateTime local -> local.atZone(clock.getZone()).toInstant();
      case LocalDate date -> startOf(date);
      default -> throw new IllegalStateException("unexpected " + parsed.getClass());
    };
  }

  private Instant startOf(LocalDate date) {
    return date.atStartOfDay(clock.getZone()).toInstant();
  }

  private static List<DateTimeFormatter> formats(Locale locale) {
    List<DateTimeFormatter> formats = new ArrayList<>();
    formats.add(lenient().appendPattern("uuuu-M-d['T'][ ][H:mm[:ss]][XXX]").toFormatter(locale));
    for (FormatStyle style : Arrays.asList(FormatStyle.values())) {
      formats.add(lenient().appendLocalized(style, null).toFormatter(locale));
      formats.add(lenient().appendLocalized(style, style).toFormatter(locale));
    }
    return List.copyOf(formats);
  }

  /** Lenient also in that the short styles take years of four digits as well as of two. */
  private static DateTimeFormatterBuilder lenient() {
    return new DateTimeFormatterBuilder().parseCaseInsensitive().parseLenient();
  }
}
