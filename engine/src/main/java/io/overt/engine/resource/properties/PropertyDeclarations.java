package io.overt.engine.resource.properties;

import io.overt.vdsmrpc.properties.PropertyNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code name=regex;name=regex}; without a regex any value will do. */
final class PropertyDeclarations {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String ANY = ".*";

  private PropertyDeclarations() {}

  /**
   * The pattern of each name.
   *
   * @throws IllegalArgumentException which says what is expected instead
   */
  static Map<String, Pattern> parse(String text) {
    Map<String, Pattern> declared = new LinkedHashMap<>();
    for (String declaration : text.split(";")) {
      if (!declaration.isBlank()) {
        int equals = declaration.indexOf('=');
        String name = (equals < 0 ? declaration : declaration.substring(0, equals)).strip();
        if (declared.put(name, pattern(name, equals < 0 ? ANY : declaration.substring(equals + 1)))
            != null) {
          throw new IllegalArgumentException(
              "name=regex;… with each name once, not '" + name + "'");
        }
      }
    }
    return declared;
  }

  private static Pattern pattern(String name, String regex) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name=regex;… with names of letters, digits and _ that begin with no digit, not '"
              + name
              + "'");
    }
    if (PropertyNames.refused(name)) {
      throw new IllegalArgumentException(
          "without the name '" + name + "', which would change how scripts run");
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "name=regex;… with valid regexes; that of '" + name + "': " + e.getDescription(), e);
    }
  }
}
