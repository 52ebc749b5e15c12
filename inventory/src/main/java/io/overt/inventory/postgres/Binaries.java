package io.overt.inventory.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, from the archive on the class path. */
record Binaries(Path directory) {
  static final String VERSION = "18.6.0";

  /** Unpacks them below {@code parent}, once for a version. */
  static Binaries install(Path parent) {
    Path directory = parent.resolve("postgresql-" + VERSION);
    if (!Files.isDirectory(directory)) {
      try {
        unpack(parent, directory);
      } catch (IOException e) {
        throw new BundledPostgresException(
            "cannot unpack PostgreSQL into " + directory + ": " + e, e);
      }
    }
    return new Binaries(directory);
  }

  private static void unpack(Path parent, Path directory) throws IOException {
    String archive = "/postgres-linux-" + architecture() + ".txz";
    Path unpacked = Files.createTempDirectory(parent, "unpacking");
    try (InputStream packed = Binaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new BundledPostgresException(
            "this build carries no PostgreSQL for "
                + architecture()
                + " ("
                + archive
                + "); configure the URL of a server of your own");
      }
      TarReader.unpack(new XZInputStream(packed), unpacked);
      Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unpacked, directory);
    } catch (FileSystemException e) {
      delete(unpacked);
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      case String other -> other;
    };
  }

  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
