package io.overt.engine.resource.properties;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties that devices may have, by the type of the device. */
public final class DeviceProperties {
  /** vNICs, whose properties come from their profile. */
  public static final String INTERFACE = "interface";

  /** That of engine 4.5: the security groups of a vNIC. */
  public static final String STANDARD =
      "{type=interface;prop={SecurityGroups=^(?:(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}"
          + "[0-9a-fA-F]{12}, *)*[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|)$}}";

  /** VDSM's device types. */
  private static final List<String> TYPES =
      List.of(
          "disk",
          INTERFACE,
          "video",
          "graphics",
          "sound",
          "controller",
          "balloon",
          "channel",
          "redir",
          "console",
          "rng",
          "smartcard",
          "tpm",
          "watchdog",
          "hostdev",
          "memory");

  private static final String SYNTAX = "{type=TYPE;prop={name=regex;name=regex}};{type=…}";
  private static final Pattern HEAD = Pattern.compile("\\{type=([a-z]+);prop=\\{");

  private final String text;
  private final Map<String, PropertySet> byType;

  private DeviceProperties(String text, Map<String, PropertySet> byType) {
    this.text = text;
    this.byType = byType;
  }

  /**
   * Reads declarations. A regex may hold braces; a declaration ends where they are balanced.
   *
   * @throws IllegalArgumentException which says what is expected instead
   */
  public static DeviceProperties of(String text) {
    Map<String, PropertySet> byType = new HashMap<>();
    int position = 0;
    while (position < text.length()) {
      Matcher head = HEAD.matcher(text).region(position, text.length());
      if (!head.lookingAt()) {
        throw new IllegalArgumentException(SYNTAX + ", not '" + text.substring(position) + "'");
      }
      String type = head.group(1);
      if (!TYPES.contains(type)) {
        throw new IllegalArgumentException(
            SYNTAX + " with a type of " + TYPES + ", not '" + type + "'");
      }
      int end = closing(text, head.end());
      if (byType.put(type, PropertySet.devices(text.substring(head.end(), end))) != null) {
        throw new IllegalArgumentException(SYNTAX + " with each type once, not '" + type + "'");
      }
      position = end + 2;
      if (position < text.length() && text.charAt(position) != ';') {
        throw new IllegalArgumentException(
            SYNTAX + " with ; between, not '" + text.substring(position) + "'");
      }
      position++;
    }
    return new DeviceProperties(text, byType);
  }

  /** Where the brace is closed that was opened before {@code start}, followed by another one. */
  private static int closing(String text, int start) {
    int depth = 1;
    for (int index = start; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '\\') {
        index++;
      } else if (character == '{') {
        depth++;
      } else if (character == '}' && --depth == 0) {
        if (index + 1 < text.length() && text.charAt(index + 1) == '}') {
          return index;
        }
        break;
      }
    }
    throw new IllegalArgumentException(SYNTAX + "; a }} is missing in '" + text + "'");
  }

  /** As {@code CustomDeviceProperties} shows them. */
  public String text() {
    return text;
  }

  /** Those of one type; empty when none is declared. */
  public PropertySet type(String type) {
    return byType.getOrDefault(type, PropertySet.devices(""));
  }
}
