package io.overt.agent.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a directory for every point, as VDSM's packages do: nobody who drops a script there has to
 * know, or can mistype, its name. What is there already stays as it is.
 */
final class HookDirectories {

  private static final Logger log = LoggerFactory.getLogger(HookDirectories.class);

  /** Who may write there decides what runs as root. */
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_WRITES =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private HookDirectories() {}

  /** A place where nothing can be made, as a read-only {@code /usr}, is left alone. */
  static void make(List<Path> directories) {
    for (Path directory : directories) {
      try {
        for (HookPoint point : HookPoint.values()) {
          Files.createDirectories(directory.resolve(point.text()), OWNER_WRITES);
        }
      } catch (IOException e) {
        log.info("{} gets no directories for scripts: {}", directory, e.toString());
      }
    }
  }
}
