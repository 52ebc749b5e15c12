package io.overt.events.notifier.syslog;

import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Settings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where messages go.
 *
 * @param facility as in RFC 5424: 3 for daemon
 */
record SyslogServer(String host, int port, boolean tcp, int facility) {
  private static final int STANDARD_PORT = 514;
  private static final int LAST_PORT = 65_535;
  private static final int FIRST_LOCAL = 16;
  private static final Pattern FORM =
      Pattern.compile("(?:\\[(?<v6>[^\\]\\s]+)]|(?<host>[^:\\[\\]\\s]+))(?::(?<port>\\d{1,9}))?");
  private static final List<String> FACILITIES =
      List.of(
          "kern", "user", "mail", "daemon", "auth", "syslog", "local0", "local1", "local2",
          "local3", "local4", "local5", "local6", "local7");
  private static final int NAMED = 6;

  static SyslogServer of(Settings settings, String profile) {
    Matcher matcher = FORM.matcher(settings.text(NotifierKey.SYSLOG_SERVER, profile).strip());
    String port = matcher.matches() ? matcher.group("port") : "-1";
    int number = port == null ? STANDARD_PORT : Integer.parseInt(port);
    if (number < 1 || number > LAST_PORT) {
      throw settings.refused(
          NotifierKey.SYSLOG_SERVER, profile, "host[:port] with a port from 1 to 65535");
    }
    String v6 = matcher.group("v6");
    int facility =
        FACILITIES.indexOf(settings.choice(NotifierKey.SYSLOG_FACILITY, profile, FACILITIES));
    return new SyslogServer(
        v6 == null ? matcher.group("host") : v6,
        number,
        settings.choice(NotifierKey.SYSLOG_PROTOCOL, profile, List.of("udp", "tcp")).equals("tcp"),
        facility < NAMED ? facility : facility - NAMED + FIRST_LOCAL);
  }
}
