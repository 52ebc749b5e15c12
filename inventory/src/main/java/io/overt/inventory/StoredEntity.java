package io.overt.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.overt.codec.JsonCodec;
import io.overt.model.ApiFault;
import io.overt.model.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an entity's columns hold, not yet decoded. */
final class StoredEntity {
  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] document;
  private final byte @Nullable [] attributes;
  private final @Nullable String status;
  private final Interner interner;

  /**
   * @param document JSON of the value, in UTF-8
   * @param attributes JSON of the private attributes, in UTF-8; null for none
   * @param status of the value; null when it is not known without decoding
   */
  StoredEntity(
      byte[] document, byte @Nullable [] attributes, @Nullable String status, Interner interner) {
    this.document = document;
    this.attributes = attributes;
    this.status = status;
    this.interner = interner;
  }

  @Nullable String status() {
    return status;
  }

  /** The frozen value; what equals parts of others is shared with them. */
  <T extends Struct> T value(Kind<T> kind, Key key) {
    Struct value = read(kind, key);
    if (!kind.isScopedByOwner()) {
      // the same string, kept once
      value.set("id", key.id());
    }
    return kind.cast(interner.shared(value));
  }

  private Struct read(Kind<?> kind, Key key) {
    try {
      return JsonCodec.fromText(kind.type(), document);
    } catch (ApiFault e) {
      throw new IllegalStateException("the stored document of " + key + " cannot be read", e);
    }
  }

  Map<String, String> internals() {
    if (attributes == null) {
      return Map.of();
    }
    Map<String, String> internals = new HashMap<>();
    try (JsonParser parser = JSON.createParser(attributes)) {
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
