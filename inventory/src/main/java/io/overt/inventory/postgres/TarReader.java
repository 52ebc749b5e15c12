package io.overt.inventory.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Unpacks a tar archive (POSIX ustar, short names): files, directories, symbolic links. */
final class TarReader {
  private static final int BLOCK = 512;

  private TarReader() {}

  static void unpack(InputStream archive, Path directory) throws IOException {
    byte[] header = new byte[BLOCK];
    while (archive.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      String name = text(header, 0, 100);
      long size = Long.parseLong(text(header, 124, 12).trim(), 8);
      int mode = Integer.parseInt(text(header, 100, 8).trim(), 8);
      Path path = inside(directory, name);
      switch (header[156]) {
        case '0', 0 -> file(archive, path, size, (mode & 0100) != 0);
        case '2' -> {
          Files.createDirectories(path.getParent());
          inside(directory, directory.relativize(path.resolveSibling(text(header, 157, 100))));
          Files.createSymbolicLink(path, Path.of(text(header, 157, 100)));
        }
        case '5' -> Files.createDirectories(path);
        default ->
            throw new IOException(
                "the archive's entry " + name + " has the unknown type " + (char) header[156]);
      }
    }
  }

  private static Path inside(Path directory, String name) throws IOException {
    return inside(directory, Path.of(name));
  }

  private static Path inside(Path directory, Path name) throws IOException {
    Path path = directory.resolve(name).normalize();
    if (!path.startsWith(directory)) {
      throw new IOException("the archive's entry " + name + " leads out of it");
    }
    return path;
  }

  private static void file(InputStream archive, Path path, long size, boolean executable)
      throws IOException {
    Files.createDirectories(path.getParent());
    byte[] buffer = new byte[64 * 1024];
    try (OutputStream output = Files.newOutputStream(path)) {
      for (long left = size; left > 0; ) {
        int count = archive.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the archive ends within " + path.getFileName());
        }
        output.write(buffer, 0, count);
        left -= count;
      }
    }
    archive.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }
}
