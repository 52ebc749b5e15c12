package io.overt.rest.api;

import io.overt.codec.CollectionSize;
import io.overt.codec.Extras;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.rest.document.Decoration;
import io.overt.rest.http.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;

/** How documents of one API version are read and written. */
public interface Dialect {
  /** The version that clients select. */
  int version();

  /**
   * @param extras where elements go that the version has and the model has not
   * @throws io.overt.model.ApiFault when the text is no document of that type
   */
  Struct read(StructType type, Format format, Charset charset, byte[] body, Extras extras);

  /** Writes a document of one object. */
  void write(Struct root, Format format, Decoration decoration, OutputStream output)
      throws IOException;

  /** Writes a collection. */
  void writeCollection(
      StructType type,
      List<? extends Struct> entries,
      CollectionSize size,
      Format format,
      Decoration decoration,
      OutputStream output)
      throws IOException;
}
