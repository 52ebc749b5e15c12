package io.overt.codec;

import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * XML documents of the API: those of version 4 as oVirt engine 4.5 writes them, and accepting what
 * it accepts.
 *
 * <p>Streams are neither flushed nor closed here. Dates have milliseconds and are in UTC.
 */
public final class XmlCodec {
  private XmlCodec() {}

  /** Writes one object under the element name of its type. */
  public static void write(Struct root, Decorator decorator, OutputStream stream)
      throws IOException {
    write(ApiVersion.V4, root, decorator, stream);
  }

  /** The same in the form of a version. */
  public static void write(
      ApiVersion version, Struct root, Decorator decorator, OutputStream stream)
      throws IOException {
    Output output = new Output(stream);
    new XmlWriter(WireTable.of(version), output, decorator).document(root);
    output.finish();
  }

  /** Writes a collection under the plural element name of {@code elementType}. */
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
    new XmlWriter(WireTable.of(version), output, decorator).collection(elementType, entries, size);
    output.finish();
  }

  /**
   * Reads a document whose root is one {@code expectedRoot}.
   *
   * @return an open struct holding exactly what the document has; {@code href} as it was sent
   * @throws io.overt.model.ApiFault when the document is not well formed or not of the schema
   *     (reason {@link BodyFault#SYNTAX}), or holds an enumerated value, boolean or integer out of
   *     range (reason {@code Invalid value})
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
    return XmlReader.read(WireTable.of(version), expectedRoot, stream, extras);
  }
}
