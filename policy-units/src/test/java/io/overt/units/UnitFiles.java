package io.overt.units;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of units that every user can read, as one is that units run from. */
final class UnitFiles implements AutoCloseable {
  private final Path root;

  UnitFiles() throws IOException {
    root =
        Files.createTempDirectory(
            Path.of("/tmp"),
            "overt-units-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  Path root() {
    return root;
  }

  Path directory() {
    return root.resolve("plugins");
  }

  /** Copies what is in the tests' resources. */
  UnitFiles with(String... names) throws IOException {
    for (String name : names) {
      Path from = resource("units/" + name);
      try (Stream<Path> tree = Files.walk(from)) {
        for (Path each : tree.filter(Files::isRegularFile).toList()) {
          Path to = directory().resolve(name).resolve(from.relativize(each).toString());
          Files.createDirectories(to.getParent());
          Files.copy(each, to);
        }
      }
    }
    return this;
  }

  void write(String name, String text) throws IOException {
    Path file = directory().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  static Path resource(String name) {
    try {
      return Path.of(UnitFiles.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether what {@code forks} of {@code bad.py} leaves behind still runs. */
  static boolean sleeping() {
    return ProcessHandle.allProcesses()
        .anyMatch(each -> each.info().commandLine().orElse("").endsWith("sleep 4711"));
  }

  @Override
  public void close() {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
