package io.overt.engine;

import io.overt.access.directory.Directory;
import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The first password of {@code admin}: read from a file, or made and left in one. */
final class AdminPassword {
  private AdminPassword() {}

  /** The given one, or a random one that is on the disk before anybody needs it. */
  static char[] first(EngineConfig config) {
    try {
      if (config.adminPasswordFile().isPresent()) {
        return Files.readString(config.adminPasswordFile().get()).strip().toCharArray();
      }
      char[] password = Directory.randomPassword();
      keep(config.generatedPasswordFile(), password);
      return password;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or keep the administrator's password", e);
    }
  }

  private static void keep(Path file, char[] password) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
      channel.force(true);
    }
  }
}
