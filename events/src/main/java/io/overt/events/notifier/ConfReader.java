package io.overt.events.notifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads files of {@code KEY=value} lines in the way of a shell, as oVirt's {@code notifier.conf} is
 * written: quotes, backslashes, and {@code ${KEY}} for what was read so far, so that a later file
 * can add to what an earlier one says.
 */
final class ConfReader {
  private static final Pattern BLANK = Pattern.compile("\\s*(#.*)?");
  private static final Pattern LINE = Pattern.compile("\\s*(\\w+)=(.*)", Pattern.DOTALL);

  private final Map<String, Value> values = new LinkedHashMap<>();

  Map<String, Value> values() {
    return values;
  }

  void put(String key, String text, String origin) {
    values.put(key, new Value(key, text, origin));
  }

  /** Reads a file, then the {@code .conf} files of the directory beside it with {@code .d}. */
  void fileAndDirectory(Path file) {
    file(file);
    Path directory = file.resolveSibling(file.getFileName() + ".d");
    if (!Files.isDirectory(directory)) {
      return;
    }
    List<Path> parts = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries.filter(entry -> entry.toString().endsWith(".conf")).forEach(parts::add);
    } catch (IOException e) {
      throw new InvalidNotifierConfig("cannot list " + directory + ": " + e);
    }
    parts.sort((one, other) -> name(one).compareTo(name(other)));
    parts.forEach(this::file);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Reads a file; one that is missing says nothing. */
  void file(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        line(line, file + ":" + ++number);
      }
    } catch (IOException e) {
      throw new InvalidNotifierConfig("cannot read " + file + ": " + e);
    }
  }

  private void line(String line, String origin) {
    if (BLANK.matcher(line).matches()) {
      return;
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new InvalidNotifierConfig(
          origin + ": this line is neither KEY=value, nor blank, nor a comment");
    }
    String key = matcher.group(1);
    put(key, expand(key, matcher.group(2), origin), origin);
  }

  private String expand(String key, String text, String origin) {
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at++);
      switch (next) {
        case '\\' -> {
          if (at == text.length()) {
            throw malformed(key, origin, "the backslash at its end escapes nothing");
          }
          value.append(text.charAt(at++));
        }
        case '"' -> quoted = !quoted;
        case '$' -> {
          int end = text.indexOf('}', at);
          if (at == text.length() || text.charAt(at) != '{' || end < 0) {
            throw malformed(key, origin, "after $ comes {NAME}; write \\$ for the character");
          }
          value.append(valueOf(text.substring(at + 1, end)));
          at = end + 1;
        }
        case ' ', '\t', '#' -> {
          if (!quoted) {
            return value.toString();
          }
          value.append(next);
        }
        default -> value.append(next);
      }
    }
    if (quoted) {
      throw malformed(key, origin, "its quote is not closed");
    }
    return value.toString();
  }

  private String valueOf(String name) {
    Value known = values.get(name);
    return known == null ? Objects.requireNonNullElse(System.getProperty(name), "") : known.text();
  }

  /** The value itself may be secret. */
  private static InvalidNotifierConfig malformed(String key, String origin, String why) {
    return new InvalidNotifierConfig("the value of " + key + " (" + origin + "): " + why);
  }
}
