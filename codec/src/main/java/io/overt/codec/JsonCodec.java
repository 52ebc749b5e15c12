package io.overt.codec;

import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * JSON documents of the API: integers and booleans as strings, decimals as numbers, dates as epoch
 * milliseconds, nested lists wrapped under the name of their entries.
 *
 * <p>Streams are neither flushed nor closed here.
 */
public final class JsonCodec {
  private JsonCodec() {}

  /** Writes one object; its type is not part of the document. */
  public static void write(Struct root, Decorator decorator, OutputStream stream)
      throws IOException {
    write(ApiVersion.V4, root, decorator, stream);
  }

  /** The same in the form of a version. */
  public static void write(
      ApiVersion version, Struct root, Decorator decorator, OutputStream stream)
      throws IOException {
    Output output = new Output(stream);
    new JsonWriter(WireTable.of(version), output, decorator, true).document(root);
    output.finish();
  }

  /** Writes a collection: the entries under the element name of {@code elementType}. */
  public static void writeCollection(
      StructType elementType,
      List<? extends Struct> entries,
      CollectionSize size,
      Decorator decorator,
      OutputStream stream)
      throws IOException {
    writeCollection(ApiVersion.V4, elementType, entries, size, decorator, stream);
  }

  /** The same in the form of a version. */
  public static void writeCollection(
      ApiVersion version,
      StructType elementType,
      List<? extends Struct> entries,
      CollectionSize size,
      Decorator decorator,
      OutputStream stream)
      throws IOException {
    Output output = new Output(stream);
    new JsonWriter(WireTable.of(version), output, decorator, true)
        .collection(elementType, entries, size);
    output.finish();
  }

  /**
   * Reads a document that is one {@code expectedRoot}.
   *
   * @return an open struct holding exactly what the document has; {@code href} as it was sent
   * @throws io.overt.model.ApiFault when the document is not well formed or not of the schema
   *     (reason {@link BodyFault#SYNTAX})
   * @throws IOException when the stream breaks
   */
  public static Struct read(StructType expectedRoot, InputStream stream) throws IOException {
    return read(ApiVersion.V4, expectedRoot, stream, new Extras());
  }

  /**
   * The same in the form of a version; version 3 skips elements that nobody knows.
   *
   * @param extras where elements go that the version has and the model has not
   */
  public static Struct read(
      ApiVersion version, StructType expectedRoot, InputStream stream, Extras extras)
      throws IOException {
    return JsonReader.read(WireTable.of(version), expectedRoot, stream, extras);
  }

  /**
   * The whole struct as one line, for storage: references in full, no addresses. Dates lose what is
   * finer than milliseconds; {@code expanded} marks are lost.
   */
  public static String toText(Struct struct) {
    Output output = new Output(null);
    try {
      new JsonWriter(WireTable.of(ApiVersion.V4), output, Decorator.NONE, false).document(struct);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return output.text();
  }

  /**
   * What {@link #toText} wrote, perhaps under another version of the schema: members and enumerated
   * values that this schema lacks are left out.
   *
   * @param text in UTF-8
   * @throws io.overt.model.ApiFault when the text is not such a document
   */
  public static Struct fromText(StructType type, byte[] text) {
    return JsonReader.readStored(type, text);
  }
}
