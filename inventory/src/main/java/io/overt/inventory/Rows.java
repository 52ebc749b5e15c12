package io.overt.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.overt.codec.JsonCodec;
import io.overt.model.Struct;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /**
   * The entity of the columns id, owner_kind, owner_id, internals, document.
   *
   * @param status null when it is not known, or none
   */
  static <T extends Struct> Entity<T> entity(
      Kind<T> kind, ResultSet row, long version, @Nullable String status, Interner interner)
      throws SQLException {
    String ownerKind = row.getString("owner_kind");
    String ownerId = row.getString("owner_id");
    return new Entity<>(
        kind,
        row.getString("id"),
        ownerKind == null || ownerId == null
            ? null
            : new Key(Kinds.named(ownerKind).name(), ownerId),
        new StoredEntity(row.getBytes("document"), row.getBytes("internals"), status, interner),
        version);
  }
}
