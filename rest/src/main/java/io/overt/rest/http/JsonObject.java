package io.overt.rest.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A JSON object in the making, members in the order they were put. */
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a text. */
  public JsonObject put(String name, String value) {
    return raw(
        name, "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"");
  }

  public JsonObject put(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  public JsonObject put(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a finite number. */
  public JsonObject put(String name, double value) {
    return raw(name, Double.toString(value));
  }

  public JsonObject put(String name, JsonObject value) {
    return raw(name, value.toString());
  }

  /** Adds a list of objects. */
  public JsonObject put(String name, List<JsonObject> values) {
    return raw(
        name, values.stream().map(JsonObject::toString).collect(Collectors.joining(",", "[", "]")));
  }

  private JsonObject raw(String name, String value) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append('"').append(name).append("\":").append(value);
    return this;
  }

  /** The whole object. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
