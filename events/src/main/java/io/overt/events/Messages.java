package io.overt.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the variables of an event's text. */
final class Messages {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w*)}");

  private Messages() {}

  /**
   * The type's text with its variables filled; missing ones read {@code <UNKNOWN>}, as monitoring
   * systems expect of oVirt, except the optional reason, which is left out.
   */
  static String resolve(EventType type, About about) {
    String text = type.message();
    if (text == null) {
      return type.name();
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder(text.length() + 40);
    while (matcher.find()) {
      matcher.appendReplacement(result, Matcher.quoteReplacement(value(matcher.group(1), about)));
    }
    return matcher.appendTail(result).toString();
  }

  private static String value(String variable, About about) {
    String value = about.variableValue(variable);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    return switch (variable) {
      case "OptionalReason", "DueToError" -> "";
      case "Reason" -> "No reason was given.";
      default -> "<UNKNOWN>";
    };
  }
}
