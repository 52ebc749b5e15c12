package io.overt.events.notifier.snmp;

import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a receiver of traps listens. */
record Manager(String host, int port) {
  private static final int STANDARD_PORT = 162;
  private static final int LAST_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9a-fA-F:.%\\w]+)]|(?<host>[^:\\[\\]\\s]+))(?::(?<port>\\d{1,9}))?");

  /** Those of a profile; separated by blanks. */
  static List<Manager> list(Settings settings, String profile) {
    List<Manager> managers = new ArrayList<>();
    for (String word : settings.words(NotifierKey.SNMP_MANAGERS, profile, "\\s+")) {
      Matcher matcher = FORM.matcher(word);
      String port = matcher.matches() ? matcher.group("port") : "-1";
      int number = port == null ? STANDARD_PORT : Integer.parseInt(port);
      if (number < 1 || number > LAST_PORT) {
        throw settings.refused(
            NotifierKey.SNMP_MANAGERS,
            profile,
            "host[:port] or [v6-address][:port] with a port from 1 to 65535, separated by blanks");
      }
      String v6 = matcher.group("v6");
      managers.add(new Manager(v6 == null ? matcher.group("host") : v6, number));
    }
    return managers;
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
