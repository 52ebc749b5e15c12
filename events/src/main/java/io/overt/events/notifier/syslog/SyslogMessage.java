package io.overt.events.notifier.syslog;

import io.overt.events.notifier.Notice;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** An event in the words of RFC 5424. */
final class SyslogMessage {
  private static final String APPLICATION = "overt";

  /** The enterprise number that RFC 5612 keeps for documents: we have none of our own. */
  private static final String STRUCTURE = "event@32473";

  private static final int LONGEST_ID = 32;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SyslogMessage() {}

  static byte[] of(Notice notice, int facility, String host) {
    StringBuilder text = new StringBuilder();
    text.append('<').append(facility * 8 + severity(notice)).append(">1 ");
    text.append(TIME.format(notice.time())).append(' ');
    text.append(host.isEmpty() ? "-" : host).append(' ').append(APPLICATION).append(' ');
    text.append(ProcessHandle.current().pid()).append(' ');
    String id = notice.name();
    text.append(id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id).append(' ');
    structure(text, notice);
    // The mark says that what follows is UTF-8; a message is one line.
    text.append(" \uFEFF").append(notice.message().replaceAll("[\\r\\n]+", " "));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int severity(Notice notice) {
    return switch (notice.severity()) {
      case NORMAL -> 6;
      case WARNING -> 4;
      case ERROR -> 3;
      case ALERT -> 1;
    };
  }

  private static void structure(StringBuilder text, Notice notice) {
    text.append('[').append(STRUCTURE);
    parameter(text, "index", Long.toString(notice.index()));
    parameter(text, "code", Integer.toString(notice.code()));
    parameter(text, "name", notice.name());
    parameter(text, "severity", notice.severity().name().toLowerCase(Locale.ROOT));
    parameter(text, "status", notice.status());
    for (Map.Entry<String, Notice.Subject> subject : notice.about().entrySet()) {
      parameter(text, subject.getKey(), subject.getValue().name());
    }
    parameter(text, "correlation_id", notice.correlationId());
    text.append(']');
  }

  private static void parameter(StringBuilder text, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    text.append(' ').append(name).append("=\"");
    for (int at = 0; at < value.length(); at++) {
      char next = value.charAt(at);
      if (next == '"' || next == '\\' || next == ']') {
        text.append('\\');
      }
      text.append(next < ' ' ? ' ' : next);
    }
    text.append('"');
  }
}
