package io.overt.shell.connect;

import java.util.LinkedHashMap;
import java.util.Map;

/** Files of sections and {@code key = value}, as Python's ConfigParser reads them. */
final class Ini {
  private Ini() {}

  static Map<String, Map<String, String>> parse(String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = new LinkedHashMap<>();
    String key = "";
    for (String line : text.split("\n", -1)) {
      String plain = line.strip();
      if (plain.isEmpty() || plain.startsWith("#") || plain.startsWith(";")) {
        continue;
      }
      if (plain.startsWith("[") && plain.endsWith("]")) {
        section = new LinkedHashMap<>();
        sections.put(plain.substring(1, plain.length() - 1).strip(), section);
        key = "";
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && !key.isEmpty()) {
        section.merge(key, plain, (before, more) -> before + "\n" + more);
        continue;
      }
      int equals = separator(plain);
      if (equals > 0) {
        key = plain.substring(0, equals).strip().toLowerCase(java.util.Locale.ROOT);
        section.put(key, plain.substring(equals + 1).strip());
      }
    }
    return sections;
  }

  private static int separator(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    return equals < 0 || (colon > 0 && colon < equals) ? colon : equals;
  }
}
