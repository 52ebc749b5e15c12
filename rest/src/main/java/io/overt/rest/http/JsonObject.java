package io.overt.rest.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A JSON object in the making, members in the order they were put. */
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a text. */
  public JsonObject put(String name, String value) {
    return json(name, quoted(value));
  }

  public JsonObject put(String name, boolean value) {
    return json(name, Boolean.toString(value));
  }

  public JsonObject put(String name, long value) {
    return json(name, Long.toString(value));
  }

  /** Adds a finite number. */
  public JsonObject put(String name, double value) {
    return json(name, Double.toString(value));
  }

  public JsonObject put(String name, JsonObject value) {
    return json(name, value.toString());
  }

  /** Adds a list of objects. */
  public JsonObject put(String name, List<JsonObject> values) {
    return json(
        name, values.stream().map(JsonObject::toString).collect(Collectors.joining(",", "[", "]")));
  }

  /** Adds a list of texts. */
  public JsonObject putTexts(String name, Collection<String> values) {
    return json(
        name, values.stream().map(JsonObject::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  /** Adds what is JSON already. */
  public JsonObject json(String name, String value) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append('"').append(name).append("\":").append(value);
    return this;
  }

  /** A text as JSON. */
  public static String quoted(String value) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
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
