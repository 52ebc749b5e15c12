package io.overt.shell.connect;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody else may read. */
final class Secrets {
  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private Secrets() {}

  /** The first line of a file. */
  static String read(Path file) {
    try {
      String text = Files.readString(file);
      int end = text.indexOf('\n');
      return (end < 0 ? text : text.substring(0, end)).replace("\r", "");
    } catch (IOException e) {
      throw new ShellFailure(
          Status.AUTHENTICATION, "Cannot read the password in " + file + ": " + e, e);
    }
  }

  /** Refuses a file with a password that others may read. */
  static void requirePrivate(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (!OWNER.containsAll(mode)) {
        throw new ShellFailure(
            Status.AUTHENTICATION,
            "%s holds a password and has the mode %s, expected rw------- : chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(mode), file));
      }
    } catch (IOException e) {
      throw new ShellFailure(Status.AUTHENTICATION, "Cannot look at " + file + ": " + e, e);
    }
  }

  /** Writes a file whole, for the owner alone. */
  static void write(Path file, String text) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null && !Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path part = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
      Files.deleteIfExists(part);
      Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER));
      Files.writeString(part, text, StandardOpenOption.WRITE);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ShellFailure(Status.REFUSED, "Cannot write " + file + ": " + e, e);
    }
  }
}
