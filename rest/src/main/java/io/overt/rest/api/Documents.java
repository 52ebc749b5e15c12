package io.overt.rest.api;

import io.overt.codec.ApiVersion;
import io.overt.codec.CollectionSize;
import io.overt.codec.Extras;
import io.overt.codec.JsonCodec;
import io.overt.codec.XmlCodec;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.document.Decoration;
import io.overt.rest.http.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents of one version in both formats. */
final class Documents implements Dialect {
  private final ApiVersion version;

  Documents(ApiVersion version) {
    this.version = version;
  }

  @Override
  public int version() {
    return switch (version) {
      case V3 -> 3;
      case V4 -> 4;
    };
  }

  @Override
  public Struct read(StructType type, Format format, Charset charset, byte[] body, Extras extras) {
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

  @Override
  public void write(Struct root, Format format, Decoration decoration, OutputStream output)
      throws IOException {
    switch (format) {
      case XML -> XmlCodec.write(version, root, decoration, output);
      case JSON -> JsonCodec.write(version, root, decoration, output);
    }
  }

  @Override
  public void writeCollection(
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
