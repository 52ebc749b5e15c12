package io.overt.events.notifier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the files say, by key and profile; refusals name key, value and what was expected. */
public final class Settings {
  private static final Set<String> YES = Set.of("1", "t", "true", "y", "yes");
  private static final Set<String> NO = Set.of("0", "f", "false", "n", "no");
  private static final Pattern TIME = Pattern.compile("(\\d{1,7})\\s*(ms|s)?");

  /** Unitless numbers from here on are milliseconds: nobody waits that many seconds. */
  private static final long MOST_SECONDS = 60;

  private final Map<String, Value> values;
  private final Set<String> sensitive;

  Settings(Map<String, Value> values) {
    this.values = Map.copyOf(values);
    this.sensitive = Set.copyOf(list(values, NotifierKey.SENSITIVE_KEYS.name()));
  }

  private static List<String> list(Map<String, Value> values, String key) {
    Value value = values.get(key);
    return value == null ? List.of() : words(value.text(), ",");
  }

  private static List<String> words(String text, String separator) {
    return Arrays.stream(text.split(separator))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Everything in force, defaults included, secrets as {@code ***}. */
  public List<Value> shown() {
    Map<String, Value> all = new LinkedHashMap<>();
    for (NotifierKey key : NotifierKey.values()) {
      all.put(key.name(), find(key, ""));
      for (String profile : profiles(key)) {
        all.putIfAbsent(key.key(profile), find(key, profile));
      }
    }
    values.values().stream()
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .forEach(value -> all.putIfAbsent(value.key(), value));
    return all.values().stream()
        .map(value -> new Value(value.key(), shown(value), value.origin()))
        .toList();
  }

  /** The value, or {@code ***} for one that must not be seen. */
  String shown(Value value) {
    boolean secret =
        sensitive.contains(value.key())
            || NotifierKey.of(value.key()).map(NotifierKey::secret).orElse(false);
    return secret && !value.text().isEmpty() ? "***" : value.text();
  }

  /** Keys that were set and that nobody reads. */
  List<Value> unknown() {
    return values.values().stream()
        .filter(value -> NotifierKey.of(value.key()).isEmpty())
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .toList();
  }

  /** The profiles that set this key to something; the default one is {@code ""}. */
  public Set<String> profiles(NotifierKey key) {
    Set<String> profiles = new LinkedHashSet<>();
    for (Value value : new TreeMap<>(values).values()) {
      String name = value.key();
      boolean suffixed = key.profiles() && name.startsWith(key.name() + "_");
      if ((name.equals(key.name()) || suffixed) && !value.text().isBlank()) {
        profiles.add(suffixed ? name.substring(key.name().length() + 1) : "");
      }
    }
    return profiles;
  }

  /** A profile's own value, else the one for all, else the default. */
  Value find(NotifierKey key, String profile) {
    Value own = values.get(key.key(profile));
    if (own != null && !own.text().isBlank()) {
      return own;
    }
    Value general = values.get(key.name());
    return general != null && !general.text().isBlank()
        ? general
        : new Value(key.key(profile), key.standard(), "default");
  }

  public String text(NotifierKey key, String profile) {
    return find(key, profile).text();
  }

  public String text(NotifierKey key) {
    return text(key, "");
  }

  /** The text, which must not be empty. */
  public String required(NotifierKey key, String profile, String expected) {
    Value value = find(key, profile);
    if (value.text().isBlank()) {
      throw refused(value, expected);
    }
    return value.text();
  }

  public List<String> words(NotifierKey key, String profile, String separator) {
    return words(text(key, profile), separator);
  }

  public int number(NotifierKey key, String profile, int least, int most) {
    Value value = find(key, profile);
    try {
      int number = Integer.parseInt(value.text().strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(value, "a whole number from " + least + " to " + most);
    }
    throw refused(value, "a whole number from " + least + " to " + most);
  }

  public boolean flag(NotifierKey key, String profile) {
    Value value = find(key, profile);
    String text = value.text().strip().toLowerCase(Locale.ROOT);
    if (YES.contains(text) || NO.contains(text)) {
      return YES.contains(text);
    }
    throw refused(value, "true, yes or 1, or false, no or 0");
  }

  /** Seconds, or with a unit; a number above sixty without one is taken for milliseconds. */
  public Duration time(NotifierKey key, String profile) {
    Value value = find(key, profile);
    Matcher matcher = TIME.matcher(value.text().strip());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw refused(value, "seconds from 1 to 60, or with a unit as 500ms");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    boolean seconds = unit == null ? amount <= MOST_SECONDS : unit.equals("s");
    return seconds ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
  }

  /** One of these words, in the way that they are written here. */
  public String choice(NotifierKey key, String profile, List<String> choices) {
    Value value = find(key, profile);
    return choices.stream()
        .filter(choice -> choice.equalsIgnoreCase(value.text().strip()))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    value,
                    "one of "
                        + choices.stream()
                            .filter(choice -> !choice.isEmpty())
                            .collect(Collectors.joining(", "))));
  }

  /** A file that must be there if it is named. */
  public Optional<Path> file(NotifierKey key, String profile) {
    Value value = find(key, profile);
    if (value.text().isBlank()) {
      return Optional.empty();
    }
    Path path = Path.of(value.text().strip());
    if (!Files.isReadable(path)) {
      throw refused(value, "a file that can be read");
    }
    return Optional.of(path);
  }

  /** That a profile's value of a key cannot be used. */
  public InvalidNotifierConfig refused(NotifierKey key, String profile, String expected) {
    return refused(find(key, profile), expected);
  }

  private InvalidNotifierConfig refused(Value value, String expected) {
    return new InvalidNotifierConfig(
        "%s is '%s' (%s) but must be %s"
            .formatted(value.key(), shown(value), value.origin(), expected));
  }
}
