package io.overt.units;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The properties that a unit declares: {@code key=regex;key2=regex2}, as oVirt's custom properties.
 *
 * @param byName name to regular expression, in the order of the declaration; empty with a problem
 */
record PropertiesValidation(Map<String, String> byName, Optional<String> problem) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_]+");

  static PropertiesValidation parse(String text) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(";")) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String regex = equals < 0 ? ".*" : part.substring(equals + 1);
      if (!NAME.matcher(name).matches()) {
        return wrong(
            "has the name '%s'; a name is of letters, digits and '_', as in key=regex;key2=regex2"
                .formatted(name));
      }
      try {
        Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        return wrong("has no regular expression for %s: %s".formatted(name, e.getDescription()));
      }
      byName.put(name, regex);
    }
    return new PropertiesValidation(byName, Optional.empty());
  }

  private static PropertiesValidation wrong(String what) {
    return new PropertiesValidation(Map.of(), Optional.of("properties_validation " + what));
  }
}
