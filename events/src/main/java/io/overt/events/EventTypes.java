package io.overt.events;

import io.overt.model.types.LogSeverity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of event types, read on first use. */
public final class EventTypes {
  private static final class Holder {
    static final EventTypes CURRENT = new EventTypes();
  }

  private final Map<String, EventType> byName = new HashMap<>(2_000);
  private final Map<Integer, EventType> byCode = new HashMap<>(2_000);

  private EventTypes() {
    try (InputStream input = EventTypes.class.getResourceAsStream("event-types.csv")) {
      if (input == null) {
        throw new IllegalStateException("event-types.csv is missing from the class path");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The catalogue of this process. */
  public static EventTypes current() {
    return Holder.CURRENT;
  }

  /** The type of that name, which must exist: a wrong name is a mistake in the program. */
  public EventType require(String name) {
    EventType type = byName.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no event type is named " + name);
    }
    return type;
  }

  public Optional<EventType> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<EventType> byCode(int code) {
    return Optional.ofNullable(byCode.get(code));
  }

  public Collection<EventType> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private void add(String line) {
    String[] columns = line.split(",", 7);
    EventType type =
        new EventType(
            Integer.parseInt(columns[0]),
            columns[1],
            LogSeverity.valueOf(columns[2].toUpperCase(Locale.ROOT)),
            Duration.ofSeconds(Long.parseLong(columns[3])),
            optional(columns[4]),
            optional(columns[5]),
            optional(unquote(columns[6])));
    byName.put(type.name(), type);
    byCode.putIfAbsent(type.code(), type);
  }

  private static String unquote(String text) {
    return text.startsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
        : text;
  }

  private static @Nullable String optional(String text) {
    return text.isEmpty() ? null : text;
  }
}
