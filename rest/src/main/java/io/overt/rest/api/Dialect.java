package io.overt.rest.api;

import io.overt.codec.ApiVersion;
import io.overt.codec.CollectionSize;
import io.overt.codec.Extras;
import io.overt.codec.JsonCodec;
import io.overt.codec.XmlCodec;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.document.Decoration;
import io.overt.rest.document.View;
import io.overt.rest.http.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A version of the API: its documents, its paths, and what it does otherwise than the model.
 *
 * @param number by which clients select it
 */
public record Dialect(int number, ApiVersion version, View view, Customs customs) {
  /** The model's own version. */
  public static Dialect current() {
    return new Dialect(4, ApiVersion.V4, View.model(), Customs.NONE);
  }

  /**
   * Reads a document.
   *
   * @param extras where elements go that the version has and the model has not
   * @throws io.overt.model.ApiFault when the text is no document of that type
   */
  Struct read(StructType type, Format format, Charset charset, byte[] body, Extras extras) {
    InputStream input = new ByteArrayInputStream(inUtf8(format, charset, body));
    try {
      return switch (format) {
        case XML -> XmlCodec.read(version, type, input, extras);
        case JSON -> JsonCodec.read(version, type, input, extras);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** The header's character set wins over what an XML declaration says (RFC 7303, section 3). */
  private static byte[] inUtf8(Format format, Charset charset, byte[] body) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return body;
    }
    String text = new String(body, charset);
    if (format == Format.XML && text.startsWith("<?xml")) {
      int end = text.indexOf("?>");
      text = end < 0 ? text : text.substring(end + 2);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a document of one object. */
  void write(Struct root, Format format, Decoration decoration, OutputStream output)
      throws IOException {
    switch (format) {
      case XML -> XmlCodec.write(version, root, decoration, output);
      case JSON -> JsonCodec.write(version, root, decoration, output);
    }
  }

  /** Writes a collection. */
  void writeCollection(
      StructType type,
      List<? extends Struct> entries,
      CollectionSize size,
      Format format,
      Decoration decoration,
      OutputStream output)
      throws IOException {
    switch (format) {
      case XML -> XmlCodec.writeCollection(version, type, entries, size, decoration, output);
      case JSON -> JsonCodec.writeCollection(version, type, entries, size, decoration, output);
    }
  }
}
