package io.overt.rest.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Query, matrix or form parameters; of a repeated name the first value counts. */
public record ParameterMap(Map<String, String> values) {
  private static final int MOST = 1_000;

  public static final ParameterMap EMPTY = new ParameterMap(Map.of());

  /**
   * @param separator {@code &} or {@code ;}
   * @throws HttpProblem 400 when the encoding is broken or there are more than 1,000
   */
  public static ParameterMap parse(@Nullable String text, char separator) {
    if (text == null || text.isEmpty()) {
      return EMPTY;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split(String.valueOf(separator), -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), separator == '&');
      values.putIfAbsent(name, value);
      if (values.size() > MOST) {
        throw new HttpProblem(400, "more than " + MOST + " parameters");
      }
    }
    return new ParameterMap(values);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }
}
