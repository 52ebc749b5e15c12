package io.overt.agent.vms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where scripts find, and may change, whether the machine is to start paused. */
final class LaunchFlags {

  private static final Logger log = LoggerFactory.getLogger(LaunchFlags.class);
  private static final Path RUN = Path.of("/run/vdsm");
  private static final long PAUSED = 1;

  private LaunchFlags() {}

  static void write(UUID vm, boolean paused) {
    try {
      Files.createDirectories(file(vm).getParent());
      Files.writeString(file(vm), paused ? "1" : "0");
    } catch (IOException e) {
      log.warn("Scripts cannot change how {} starts: {}", vm, e.toString());
    }
  }

  /** What the scripts left; the given value when that is no number. */
  static boolean read(UUID vm, boolean paused) {
    try {
      return Files.exists(file(vm))
          ? (Long.parseLong(Files.readString(file(vm)).strip()) & PAUSED) != 0
          : paused;
    } catch (IOException | NumberFormatException e) {
      log.warn("Ignoring {}: {}", file(vm), e.toString());
      return paused;
    }
  }

  static void remove(UUID vm) {
    try {
      Files.deleteIfExists(file(vm));
      Files.deleteIfExists(file(vm).getParent());
    } catch (IOException e) {
      log.warn("Cannot remove {}: {}", file(vm), e.toString());
    }
  }

  private static Path file(UUID vm) {
    return RUN.resolve(vm.toString()).resolve("launchflags");
  }
}
