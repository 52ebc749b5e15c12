package io.overt.engine;

import io.overt.access.directory.Directory;
import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;

/** The first password of {@code admin}: read from a file, or made and left in one. */
final class AdminPassword {
  private AdminPassword() {}

  /**
   * Settles it when the administrator was just made.
   *
   * @param generated the password, present only at the very first start
   */
  static void settle(EngineConfig config, Optional<char[]> generated, Directory directory) {
    if (generated.isEmpty()) {
      return;
    }
    char[] password = generated.get();
    try {
      if (config.adminPasswordFile().isPresent()) {
        char[] given = Files.readString(config.adminPasswordFile().get()).strip().toCharArray();
        directory.setPassword(Directory.ADMINISTRATOR, given);
        Arrays.fill(given, '\0');
      } else {
        keep(config.generatedPasswordFile(), password);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or keep the administrator's password", e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static void keep(Path file, char[] password) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (WritableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
    }
  }
}
