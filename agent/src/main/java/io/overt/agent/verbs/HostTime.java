package io.overt.agent.verbs;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The host's time of day as statistics carry it. */
final class HostTime {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss 'GMT'", Locale.ROOT);

  private HostTime() {}

  static String now() {
    return LocalDateTime.now(ZoneOffset.UTC).format(FORMAT);
  }
}
