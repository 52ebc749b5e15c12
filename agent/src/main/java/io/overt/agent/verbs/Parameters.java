package io.overt.agent.verbs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verb's named parameters. VDSM's clients are loose about kinds (a size may be {@code 10} or
 * {@code "10"}, a boolean {@code true} or {@code "true"}), so both are accepted; what cannot be
 * read answers −32602 and names the field, the value and what was expected.
 */
final class Parameters {

  private final Map<String, ?> values;

  Parameters(Map<String, ?> values) {
    this.values = values;
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  String text(String name) {
    return scalar(name, required(name), "text");
  }

  Optional<String> optionalText(String name) {
    return value(name).map(value -> scalar(name, value, "text"));
  }

  String text(String name, String otherwise) {
    return optionalText(name).orElse(otherwise);
  }

  UUID uuid(String name) {
    return toUuid(name, text(name));
  }

  /** Absent, empty and VDSM's blank UUID all mean that there is none. */
  Optional<UUID> optionalUuid(String name) {
    return optionalText(name)
        .filter(text -> !text.isEmpty())
        .map(text -> toUuid(name, text))
        .filter(id -> id.getMostSignificantBits() != 0 || id.getLeastSignificantBits() != 0);
  }

  long number(String name) {
    return toNumber(name, required(name));
  }

  long number(String name, long otherwise) {
    return value(name).map(value -> toNumber(name, value)).orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return value(name).map(value -> toFlag(name, value)).orElse(otherwise);
  }

  Parameters object(String name) {
    if (required(name) instanceof Map<?, ?> map) {
      return new Parameters(named(map));
    }
    throw wrong(name, required(name), "an object");
  }

  List<?> list(String name) {
    if (required(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, required(name), "a list");
  }

  /** The UUIDs of a list; an absent list is empty. */
  List<UUID> uuids(String name) {
    if (!has(name)) {
      return List.of();
    }
    return list(name).stream().map(item -> toUuid(name, scalar(name, item, "a UUID"))).toList();
  }

  List<Parameters> objects(String name) {
    return list(name).stream()
        .map(
            item -> {
              if (item instanceof Map<?, ?> map) {
                return new Parameters(named(map));
              }
              throw wrong(name, item, "a list of objects");
            })
        .toList();
  }

  Map<String, ?> values() {
    return values;
  }

  private Optional<Object> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new VdsmError(
          ErrorCode.INVALID_PARAMETERS, "Parameter '" + name + "' is missing but required");
    }
    return value;
  }

  private static Map<String, ?> named(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        throw new VdsmError(ErrorCode.INVALID_PARAMETERS, "Object with a key that is no text");
      }
    }
    @SuppressWarnings("unchecked") // every key was just seen to be a String
    Map<String, ?> named = (Map<String, ?>) map;
    return named;
  }

  private static String scalar(String name, @Nullable Object value, String expected) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw wrong(name, value, expected);
  }

  private static UUID toUuid(String name, String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text.toLowerCase(Locale.ROOT));
      }
    } catch (IllegalArgumentException e) {
      throw wrong(name, text, "a UUID");
    }
    throw wrong(name, text, "a UUID");
  }

  private static long toNumber(String name, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
      return number.longValue();
    }
    if (value instanceof String text) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException e) {
        throw wrong(name, value, "a whole number");
      }
    }
    throw wrong(name, value, "a whole number");
  }

  private static boolean toFlag(String name, Object value) {
    return switch (value.toString().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(name, value, "true or false");
    };
  }

  static VdsmError wrong(String name, @Nullable Object value, String expected) {
    String shown = String.valueOf(value);
    return new VdsmError(
        ErrorCode.INVALID_PARAMETERS,
        "Parameter '%s' is '%s' but must be %s"
            .formatted(name, shown.length() > 80 ? shown.substring(0, 80) + "…" : shown, expected));
  }
}
