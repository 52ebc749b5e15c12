package io.overt.vdsmrpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java values, parsed and printed by streaming.
 *
 * <table>
 * <caption>Mapping</caption>
 * <tr><td>object</td><td>{@code Map<String, Object>} in document order; of a repeated name the last wins</td></tr>
 * <tr><td>array</td><td>{@code List<Object>}</td></tr>
 * <tr><td>integer</td><td>{@code Long}; {@code BigInteger} when it does not fit</td></tr>
 * <tr><td>other number</td><td>{@code Double}</td></tr>
 * <tr><td>string, true/false, null</td><td>{@code String}, {@code Boolean}, {@code null}</td></tr>
 * </table>
 *
 * Printing accepts the same values, any {@code Number} of the JDK and any {@code Iterable}.
 */
public final class Json {
  private static final int MAX_DEPTH = 200;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  // The frame that carries the text is bounded already; a domain XML or an OVF may
                  // be one long string.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final JsonFactory COMMENTED =
      FACTORY.rebuild().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

  private Json() {}

  /** A text that is not JSON; the message says where, and never repeats the text. */
  public static final class MalformedJsonException extends RuntimeException {
    MalformedJsonException(String message) {
      super(message);
    }
  }

  /**
   * Parses exactly one JSON value in UTF-8.
   *
   * @throws MalformedJsonException when the text is not one JSON value or nests deeper than 200
   */
  public static @Nullable Object parse(byte[] text) {
    return parse(FACTORY, text);
  }

  /**
   * Parses as {@link #parse(byte[])} and passes over comments of Java's kinds, which people put
   * into files that they edit.
   */
  public static @Nullable Object parseCommented(byte[] text) {
    return parse(COMMENTED, text);
  }

  private static @Nullable Object parse(JsonFactory factory, byte[] text) {
    try (JsonParser parser = factory.createParser(text)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new MalformedJsonException("Empty text where a JSON value was expected");
      }
      Object value = value(parser, token);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException("Text after the JSON value " + at(parser));
      }
      return value;
    } catch (JsonProcessingException malformed) {
      var location = malformed.getLocation();
      throw new MalformedJsonException(
          "Not JSON"
              + (location == null
                  ? ""
                  : " at line " + location.getLineNr() + ", column " + location.getColumnNr()));
    } catch (IOException malformed) {
      // Reading from memory: only the decoder can fail, on bytes that are no UTF-8.
      throw new MalformedJsonException("Not UTF-8: " + malformed.getMessage());
    }
  }

  /** Parses exactly one JSON value, as {@link #parse(byte[])}. */
  public static @Nullable Object parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Prints a value on one line, without spaces, in UTF-8.
   *
   * @throws IllegalArgumentException for a value JSON has no form for (another class, NaN,
   *     infinity, a map key that is not a string, more than 200 levels); the message names the path
   *     to it
   */
  public static byte[] print(@Nullable Object value) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(generator, value, new ArrayList<>());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Prints a value as {@link #print(Object)}, as a string. */
  public static String text(@Nullable Object value) {
    return new String(print(value), StandardCharsets.UTF_8);
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new MalformedJsonException("Unexpected " + token + " " + at(parser));
    };
  }

  private static Object integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (next(parser) == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      members.put(name, value(parser, next(parser)));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
      items.add(value(parser, token));
    }
    return items;
  }

  private static JsonToken next(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new MalformedJsonException("The JSON text ends too early");
    }
    return token;
  }

  private static String at(JsonParser parser) {
    var location = parser.currentTokenLocation();
    return "at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static void write(JsonGenerator out, @Nullable Object value, List<Object> path)
      throws IOException {
    if (path.size() > MAX_DEPTH) {
      throw new IllegalArgumentException("A value of more than " + MAX_DEPTH + " levels");
    }
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Number number -> number(out, number, path);
      case Map<?, ?> members -> members(out, members, path);
      case Iterable<?> items -> items(out, items, path);
      default ->
          throw new IllegalArgumentException(
              "No JSON form for " + value.getClass().getName() + " at " + path);
    }
  }

  private static void members(JsonGenerator out, Map<?, ?> members, List<Object> path)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "A member name is a string, found " + member.getKey() + " at " + path);
      }
      out.writeFieldName(name);
      path.add(name);
      write(out, member.getValue(), path);
      path.removeLast();
    }
    out.writeEndObject();
  }

  private static void items(JsonGenerator out, Iterable<?> items, List<Object> path)
      throws IOException {
    out.writeStartArray();
    int index = 0;
    for (Object item : items) {
      path.add(index++);
      write(out, item, path);
      path.removeLast();
    }
    out.writeEndArray();
  }

  private static void number(JsonGenerator out, Number number, List<Object> path)
      throws IOException {
    switch (number) {
      case Integer whole -> out.writeNumber(whole);
      case Long whole -> out.writeNumber(whole);
      case Short whole -> out.writeNumber(whole);
      case Byte whole -> out.writeNumber(whole);
      case BigInteger whole -> out.writeNumber(whole);
      case BigDecimal decimal -> out.writeNumber(decimal);
      case Double real when Double.isFinite(real) -> out.writeNumber(real);
      case Float real when Float.isFinite(real) -> out.writeNumber(real);
      default ->
          throw new IllegalArgumentException(
              "No JSON form for " + number.getClass().getName() + " " + number + " at " + path);
    }
  }
}
