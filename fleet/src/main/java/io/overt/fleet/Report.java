package io.overt.fleet;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a host reported: mostly numbers as text, as VDSM sends them.
 *
 * @param time when the engine received it
 */
public record Report(Map<String, Object> values, Instant time) {
  public static final Report NONE = new Report(Map.of(), Instant.EPOCH);

  public @Nullable String text(String key) {
    Object value = values.get(key);
    return value == null ? null : value.toString();
  }

  /** The value as a whole number; null when it is absent or none. */
  public @Nullable Long number(String key) {
    BigDecimal value = decimal(key);
    return value == null ? null : value.longValue();
  }

  public @Nullable BigDecimal decimal(String key) {
    return decimal(values.get(key));
  }

  /** The value as a number, whether it was sent as text or as a number. */
  public static @Nullable BigDecimal decimal(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return new BigDecimal(value.toString().strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether the value says yes: true, or any number but 0. */
  public boolean flag(String key) {
    String text = text(key);
    BigDecimal number = decimal(key);
    return "true".equalsIgnoreCase(text) || (number != null && number.signum() != 0);
  }

  /** A nested object, empty when absent. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> object(String key) {
    return values.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** A nested object as a report of its own. */
  public Report report(String key) {
    return new Report(object(key), time);
  }

  public List<?> list(String key) {
    return values.get(key) instanceof List<?> list ? list : List.of();
  }
}
