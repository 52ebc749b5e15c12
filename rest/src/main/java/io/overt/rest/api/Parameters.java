package io.overt.rest.api;

import io.overt.model.ApiEnum;
import io.overt.model.ApiFault;
import io.overt.model.EnumType;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Flag;
import io.overt.rest.http.ParameterMap;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a request outside its body: query before matrix parameters of the last segment
 * before headers.
 */
final class Parameters {
  private static final Map<String, String> HEADERS =
      Map.of("filter", "Filter", "all_content", "All-Content");
  private static final Set<String> SECRET = Set.of("authorization", "cookie", "jsessionid");

  private final ParameterMap query;
  private final ParameterMap matrix;
  private final Function<String, @Nullable String> headers;

  private Parameters(
      ParameterMap query, ParameterMap matrix, Function<String, @Nullable String> headers) {
    this.query = query;
    this.matrix = matrix;
    this.headers = headers;
  }

  static Parameters of(Exchange exchange) {
    return new Parameters(exchange.query(), exchange.path().matrix(), exchange::header);
  }

  /** With parameters that count before all others. */
  Parameters with(Map<String, String> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, String> all = new HashMap<>(query.values());
    all.putAll(more);
    return new Parameters(new ParameterMap(all), matrix, headers);
  }

  /** For an inner request: only what applies to every object of the answer. */
  Parameters inner() {
    Map<String, String> kept = new HashMap<>();
    for (String name : HEADERS.keySet()) {
      String value = text(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    return new Parameters(new ParameterMap(kept), ParameterMap.EMPTY, name -> null);
  }

  /** A parameter that the model declares, or one of the two that may be headers. */
  @Nullable String text(String name) {
    String value = query.get(name);
    if (value == null) {
      value = matrix.get(name);
    }
    String header = HEADERS.get(name);
    return value == null && header != null ? headers.apply(header) : value;
  }

  /** Any parameter or header, but no credentials. */
  @Nullable String raw(String name) {
    String value = text(name);
    return value != null || SECRET.contains(name.toLowerCase(Locale.ROOT))
        ? value
        : headers.apply(name);
  }

  /** True, false, or null when missing or neither. */
  @Nullable Boolean bool(String name) {
    return Flag.parse(text(name));
  }

  /** The number, or null when missing or none. */
  @Nullable Long integer(String name) {
    String value = text(name);
    return value == null ? null : integerOf(value);
  }

  private static @Nullable Long integerOf(String value) {
    try {
      return Long.valueOf(value.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * The value of a declared parameter; null when missing or unreadable.
   *
   * @throws ApiFault when it is outside its enumeration
   */
  @Nullable Object value(ParameterType parameter) {
    String value = text(parameter.name());
    if (value == null) {
      return null;
    }
    if (parameter.list()) {
      List<Object> items = new ArrayList<>();
      for (String item : value.split(",")) {
        Object scalar = scalar(parameter, item);
        if (scalar != null) {
          items.add(scalar);
        }
      }
      return items;
    }
    return scalar(parameter, value);
  }

  private static @Nullable Object scalar(ParameterType parameter, String value) {
    return switch (parameter.kind()) {
      case STRING -> value;
      case BOOLEAN -> Flag.parse(value);
      case INTEGER -> integerOf(value);
      case DECIMAL -> decimal(value);
      case DATE -> date(value);
      case ENUM -> constant(parameter, value);
      case STRUCT -> null;
    };
  }

  private static @Nullable BigDecimal decimal(String value) {
    try {
      return value.length() > 100 ? null : new BigDecimal(value.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Instant date(String value) {
    try {
      return OffsetDateTime.parse(value.strip()).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static ApiEnum constant(ParameterType parameter, String value) {
    String reference = parameter.reference();
    EnumType type = Schema.current().enumType(reference == null ? "" : reference);
    ApiEnum constant = type.find(value.strip());
    if (constant == null) {
      throw ApiFault.invalidValue(
          value + " is not a member of " + type.name() + " " + List.copyOf(type.values()));
    }
    return constant;
  }
}
