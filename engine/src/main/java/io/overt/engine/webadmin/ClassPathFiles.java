package io.overt.engine.webadmin;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.FileTypes;
import io.overt.rest.pages.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The built page's files, which came with the program. Each is read and packed once; where they lie
 * in a directory, as during work on them, every time.
 */
final class ClassPathFiles {
  private static final String HASHED = "assets/";
  private static final int WORTH_PACKING = 1 << 10;

  /** A file: as it is, packed when that pays, and as it was packed when the page was built. */
  static final class Content {
    private final byte[] plain;
    private final byte @Nullable [] gzip;
    private final byte @Nullable [] brotli;
    private final String tag;

    private Content(byte[] plain, byte @Nullable [] gzip, byte @Nullable [] brotli) {
      this.plain = plain;
      this.gzip = gzip;
      this.brotli = brotli;
      this.tag = Tags.of(plain);
    }

    String text() {
      return new String(plain, StandardCharsets.UTF_8);
    }
  }

  private final ClassLoader loader;
  private final String directory;
  private final Map<String, Content> known = new ConcurrentHashMap<>();

  /**
   * @param directory on the class path: {@code io/overt/page}
   */
  ClassPathFiles(ClassLoader loader, String directory) {
    this.loader = loader;
    this.directory = directory;
  }

  /** The file of that name below the directory. */
  Optional<Content> find(String name) {
    Content content = known.get(name);
    if (content != null) {
      return Optional.of(content);
    }
    URL place = sane(name) ? loader.getResource(directory + "/" + name) : null;
    if (place == null) {
      return Optional.empty();
    }
    Content read = read(place, name);
    if (!place.getProtocol().equals("file")) {
      known.put(name, read);
    }
    return Optional.of(read);
  }

  /** A directory, which a class loader may list, has no ending. */
  private static boolean sane(String name) {
    return name.matches("(?:[\\w-][\\w.-]*/)*[\\w-][\\w.-]*\\.\\w+");
  }

  private Content read(URL place, String name) {
    byte[] plain = bytes(place);
    boolean packs = plain.length >= WORTH_PACKING && FileTypes.packs(FileTypes.of(name));
    URL brotli = loader.getResource(directory + "/" + name + ".br");
    return new Content(plain, packs ? gzip(plain) : null, brotli == null ? null : bytes(brotli));
  }

  private static byte[] bytes(URL place) {
    try {
      URLConnection connection = place.openConnection();
      connection.setUseCaches(false);
      try (InputStream input = connection.getInputStream()) {
        return input.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place, e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 3);
    try (OutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Answers with the file; what has a digest in its name is kept by browsers for ever. */
  void serve(Exchange exchange, String name) throws IOException {
    Optional<Content> found = find(name);
    if (found.isEmpty()) {
      Pages.notFound().serve(exchange);
      return;
    }
    Content content = found.get();
    exchange.setHeader(
        "Cache-Control",
        name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    if (Tags.answered(exchange, content.tag)) {
      return;
    }
    String type = FileTypes.of(name);
    String full = type.startsWith("text/") ? type + ";charset=UTF-8" : type;
    byte[] brotli = content.brotli;
    byte[] gzip = content.gzip;
    if (brotli != null && exchange.accepts("br")) {
      exchange.answerPacked(200, full, brotli, "br");
    } else if (gzip != null && exchange.accepts("gzip")) {
      exchange.answerPacked(200, full, gzip, "gzip");
    } else {
      exchange.answerPacked(200, full, content.plain, null);
    }
  }
}
