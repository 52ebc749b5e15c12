package io.overt.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.overt.codec.JsonCodec;
import io.overt.model.Struct;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between entities and what stands in the columns. */
final class Rows {
  private static final JsonFactory JSON = new JsonFactory();

  private Rows() {}

  static String document(Entity<?> entity) {
    return JsonCodec.toText(entity.value());
  }

  /** Null for none. */
  static @Nullable String internals(Entity<?> entity) {
    if (entity.internals().isEmpty()) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      for (Map.Entry<String, String> entry : entity.internals().entrySet()) {
        generator.writeStringField(entry.getKey(), entry.getValue());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return text.toString();
  }

  /** What an entity's columns hold; decoding is left to whoever has the time. */
  record Raw(
      long version,
      @Nullable String ownerKind,
      @Nullable String ownerId,
      @Nullable String internals,
      String document) {
    /** Reads the columns owner_kind, owner_id, internals, document of the current row. */
    static Raw of(long version, ResultSet row) throws SQLException {
      return new Raw(
          version,
          row.getString("owner_kind"),
          row.getString("owner_id"),
          row.getString("internals"),
          row.getString("document"));
    }
  }

  static <T extends Struct> Entity<T> entity(Kind<T> kind, Raw row, Interner interner) {
    String ownerKind = row.ownerKind();
    String ownerId = row.ownerId();
    Struct value = JsonCodec.fromText(kind.type(), row.document());
    return new Entity<>(
        kind,
        kind.cast(interner.shared(value)),
        ownerKind == null || ownerId == null
            ? null
            : new Key(Kinds.named(ownerKind).name(), ownerId),
        internals(row.internals()),
        row.version());
  }

  private static Map<String, String> internals(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    Map<String, String> internals = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        internals.put(name, parser.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the column internals holds no flat JSON object", e);
    }
    return Map.copyOf(internals);
  }
}
