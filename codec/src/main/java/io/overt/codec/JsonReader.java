package io.overt.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.overt.codec.WireEdit.Form;
import io.overt.model.ApiEnum;
import io.overt.model.ApiFault;
import io.overt.model.Kind;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one document. */
final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.DEPTH)
                  .maxStringLength(Limits.TEXT)
                  .maxNameLength(Limits.NAME)
                  .maxNumberLength(Limits.NUMBER)
                  .build())
          .build();

  private final WireTable table;
  private final JsonParser input;
  private final Extras extras;

  /**
   * True for what this program stored: names and constants of other schema versions are skipped.
   */
  private final boolean tolerant;

  private final Path path = new Path();

  private JsonReader(WireTable table, JsonParser input, Extras extras, boolean tolerant) {
    this.table = table;
    this.input = input;
    this.extras = extras;
    this.tolerant = tolerant;
  }

  static Struct read(WireTable table, StructType expectedRoot, InputStream stream, Extras extras)
      throws IOException {
    try (JsonParser input = FACTORY.createParser(stream)) {
      return new JsonReader(table, input, extras, false).document(expectedRoot);
    } catch (JsonProcessingException e) {
      throw malformed(e.getLocation());
    } catch (CharConversionException _) {
      throw malformed(null);
    }
  }

  static Struct readStored(StructType type, byte[] text) {
    try (JsonParser input = FACTORY.createParser(text)) {
      return new JsonReader(WireTable.of(ApiVersion.V4), input, new Extras(), true).document(type);
    } catch (JsonProcessingException e) {
      throw malformed(e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static ApiFault malformed(@Nullable JsonLocation location) {
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return BodyFault.syntax("The body is not well-formed JSON" + place + ".");
  }

  private Struct document(StructType expectedRoot) throws IOException {
    path.enter(expectedRoot.tag());
    input.nextToken();
    Struct root = struct(table.of(expectedRoot));
    if (input.nextToken() != null) {
      throw BodyFault.syntax("The body goes on after the end of the " + expectedRoot.tag() + ".");
    }
    return root;
  }

  /** The parser stands on the object's first token and leaves on its last. */
  private Struct struct(WireType wire) throws IOException {
    Struct struct = wire.type.create();
    fill(wire.reading, wire.extras, struct);
    return struct;
  }

  /** Reads the object that the parser stands at into a struct, or a part of it. */
  private void fill(Map<String, WireMember> reading, Set<String> kept, Struct struct)
      throws IOException {
    require(JsonToken.START_OBJECT, "an object");
    for (String name = input.nextFieldName(); name != null; name = input.nextFieldName()) {
      JsonToken token = input.nextToken();
      WireMember member = reading.get(name);
      if (!kept.isEmpty() && kept.contains(name)) {
        extra(name, element -> extras.add(struct, element));
      } else if (member != null) {
        if (token != JsonToken.VALUE_NULL) {
          path.enter(name);
          member(member, struct);
          path.leave();
        }
      } else if (name.equals("href")) {
        struct.href(input.getValueAsString());
      } else if (tolerant || table.old || ReadOnly.isReadOnly(name)) {
        input.skipChildren();
      } else {
        throw unknown(name, "");
      }
    }
  }

  private void member(WireMember member, Struct struct) throws IOException {
    Member known = member.member;
    if (member.form == Form.GROUP) {
      fill(member.reading, Set.of(), struct);
    } else if (known == null || member.form == Form.WRITTEN_GROUP) {
      input.skipChildren();
    } else if (member.form == Form.ENTRIES) {
      entries(member, known, struct);
    } else {
      Object value = member.list ? list(member, known) : value(member, known);
      if (value != null) {
        member.store(struct, value);
      }
    }
  }

  /** The entries of a list without an object around them: an array, or one alone. */
  private void entries(WireMember member, Member known, Struct struct) throws IOException {
    boolean several = input.currentToken() == JsonToken.START_ARRAY;
    while (!several || input.nextToken() != JsonToken.END_ARRAY) {
      WireName attribute = member.itemAttribute;
      if (attribute == null) {
        add(member, struct, value(member, known));
      } else {
        require(JsonToken.START_OBJECT, "an object");
        for (String name = input.nextFieldName(); name != null; name = input.nextFieldName()) {
          input.nextToken();
          if (name.equals(attribute.text)) {
            add(member, struct, value(member, known));
          } else {
            input.skipChildren();
          }
        }
      }
      if (!several) {
        return;
      }
    }
  }

  private static void add(WireMember member, Struct struct, @Nullable Object item) {
    if (item != null) {
      member.append(struct, item);
    }
  }

  /** A property that only this version has, with all that is inside; an array is several. */
  private void extra(String name, Consumer<ExtraElement> target) throws IOException {
    if (input.currentToken() == JsonToken.START_ARRAY) {
      while (input.nextToken() != JsonToken.END_ARRAY) {
        extra(name, target);
      }
      return;
    }
    ExtraElement element = new ExtraElement(name);
    if (input.currentToken() == JsonToken.START_OBJECT) {
      for (String part = input.nextFieldName(); part != null; part = input.nextFieldName()) {
        input.nextToken();
        extra(part, element::add);
      }
    } else if (input.currentToken() != JsonToken.VALUE_NULL) {
      element.say(input.getText().strip());
    }
    target.accept(element);
  }

  private ApiFault unknown(String name, String expected) {
    return BodyFault.syntax(
        "Unknown property '" + BodyFault.shown(name) + "' in " + path + expected + ".");
  }

  private List<Object> list(WireMember member, Member known) throws IOException {
    require(JsonToken.START_OBJECT, "an object {\"" + member.item + "\": [...]}");
    List<Object> items = new ArrayList<>();
    for (String name = input.nextFieldName(); name != null; name = input.nextFieldName()) {
      input.nextToken();
      if (name.equals(member.item.text)) {
        path.enter(name);
        items(member, known, items);
        path.leave();
      } else if (tolerant || table.old || ReadOnly.isReadOnlyOfCollection(name)) {
        input.skipChildren();
      } else {
        throw unknown(name, ", expected '" + member.item + "'");
      }
    }
    return items;
  }

  private void items(WireMember member, Member known, List<Object> items) throws IOException {
    require(JsonToken.START_ARRAY, "an array");
    while (input.nextToken() != JsonToken.END_ARRAY) {
      Object item = value(member, known);
      if (item != null) {
        items.add(item);
      }
    }
  }

  private void require(JsonToken token, String expected) throws IOException {
    if (input.currentToken() != token) {
      throw notA(expected);
    }
  }

  private ApiFault notA(String expected) throws IOException {
    JsonToken token = input.currentToken();
    if (token == null) {
      return BodyFault.syntax("The body is empty, expected " + expected + ".");
    }
    return token.isScalarValue()
        ? BodyFault.notA(path.toString(), input.getText(), expected)
        : BodyFault.syntax(
            path
                + " is "
                + (token == JsonToken.START_ARRAY ? "an array" : "an object")
                + ", expected "
                + expected
                + ".");
  }

  /** Null for what a tolerant reader leaves out and for a number without digits. */
  private @Nullable Object value(WireMember wire, Member member) throws IOException {
    if (member.kind() == Kind.STRUCT) {
      return struct(wire.wire());
    }
    JsonToken token = input.currentToken();
    if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      throw notA(expected(member));
    }
    String text = input.getText();
    boolean number = member.kind() == Kind.INTEGER || member.kind() == Kind.DECIMAL;
    if (number && token == JsonToken.VALUE_STRING && text.isBlank()) {
      return null;
    }
    Object value =
        switch (member.kind()) {
          case STRING -> string(text);
          case BOOLEAN -> Scalars.bool(text);
          case INTEGER -> integer(text);
          case DECIMAL -> Scalars.decimal(text);
          case DATE -> date(text);
          case ENUM -> constant(member, wire.unspell(text), token);
          case STRUCT -> throw new IllegalStateException("structs are read elsewhere");
        };
    if (value == null && !tolerant) {
      throw notA(expected(member));
    }
    return value;
  }

  private static String expected(Member member) {
    return switch (member.kind()) {
      case STRING -> "a text without NUL";
      case BOOLEAN -> "a boolean: true, false, 1 or 0";
      case INTEGER -> "a 64-bit integer";
      case DECIMAL -> "a decimal number";
      case DATE -> "a date: epoch milliseconds or a text like 2023-11-14T22:13:20.123Z";
      case ENUM -> "one of " + String.join(", ", member.enumType().values());
      case STRUCT -> "an object";
    };
  }

  /** NUL is no character of XML, so no answer could carry it. */
  private static @Nullable String string(String text) {
    return text.indexOf('\0') < 0 ? text : null;
  }

  private static @Nullable Long integer(String text) {
    // All but the longest numbers fit without a doubt, and whole inventories are read by this.
    if (Scalars.surelyFits(text)) {
      return Long.valueOf(text);
    }
    BigInteger number = Scalars.integer(text.strip());
    return number != null && Scalars.fits(number) ? (Long) number.longValue() : null;
  }

  private static @Nullable Instant date(String text) {
    Long millis = integer(text);
    return millis != null ? Instant.ofEpochMilli(millis) : Scalars.date(text);
  }

  private static @Nullable ApiEnum constant(Member member, String text, JsonToken token) {
    return token == JsonToken.VALUE_STRING ? member.enumType().find(text) : null;
  }
}
