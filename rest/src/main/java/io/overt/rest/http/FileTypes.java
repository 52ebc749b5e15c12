package io.overt.rest.http;

import java.util.Locale;
import org.eclipse.jetty.http.MimeTypes;

/** Media types of files by their names. */
public final class FileTypes {
  private FileTypes() {}

  /** The type that the ending of the name stands for, without a charset. */
  public static String of(String fileName) {
    String type = MimeTypes.DEFAULTS.getMimeByExtension(fileName.toLowerCase(Locale.ROOT));
    return type == null ? "application/octet-stream" : type;
  }

  /** Whether packing files of that type is worth it. */
  public static boolean packs(String type) {
    return type.startsWith("text/")
        || type.endsWith("json")
        || type.endsWith("javascript")
        || type.endsWith("xml")
        || type.equals("application/wasm");
  }
}
