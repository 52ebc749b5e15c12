package io.overt.units;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The Python SDK where the build of the program puts it: in {@code python}, beside the jars. */
final class BundledSdk {
  private BundledSdk() {}

  static Optional<Path> find() {
    CodeSource source = BundledSdk.class.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()).resolveSibling("python"))
              .filter(directory -> Files.isDirectory(directory.resolve("ovirtsdk")));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
