package io.overt.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** For a while a host's QEMU shows a certificate that nobody else trusts. */
final class ForeignCertificate implements AutoCloseable {
  private static final List<String> FILES = List.of("server-cert.pem", "server-key.pem");

  private final Path directory;

  private ForeignCertificate(Path directory) {
    this.directory = directory;
  }

  static ForeignCertificate on(RealPair pair, int host) throws IOException {
    Path directory = pair.certificates(host);
    for (String file : FILES) {
      Files.move(directory.resolve(file), directory.resolve(file + ".good"));
    }
    pair.run(
        host,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=stranger",
        "-addext",
        "keyUsage=digitalSignature,keyEncipherment,keyCertSign",
        "-keyout",
        directory.resolve("server-key.pem").toString(),
        "-out",
        directory.resolve("server-cert.pem").toString());
    return new ForeignCertificate(directory);
  }

  @Override
  public void close() {
    try {
      for (String file : FILES) {
        Files.move(
            directory.resolve(file + ".good"),
            directory.resolve(file),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
