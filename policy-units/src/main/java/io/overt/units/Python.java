package io.overt.units;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds the interpreter. */
final class Python {
  private static final String WHO =
      "import sys; print(sys.executable if sys.version_info >= (3, 8) else '')";

  private Python() {}

  /**
   * The interpreter of the settings, else the first of the path that every user may run, else the
   * first.
   */
  static Path find(Optional<Path> configured) throws WorkerFailure {
    if (configured.isPresent()) {
      return executable(configured.get())
          .orElseThrow(
              () -> new WorkerFailure(configured.get() + " is no Python 3.8 or newer that runs"));
    }
    @Nullable Path first = null;
    for (Path candidate : candidates()) {
      Optional<Path> found =
          Files.isExecutable(candidate) ? executable(candidate) : Optional.empty();
      if (found.isPresent() && openToAll(found.get())) {
        return found.get();
      }
      first = first == null ? found.orElse(null) : first;
    }
    if (first == null) {
      throw new WorkerFailure("no python3 (3.8 or newer) is installed; units need it");
    }
    return first;
  }

  private static List<Path> candidates() {
    List<Path> candidates = new ArrayList<>();
    for (String directory : (System.getenv().getOrDefault("PATH", "") + ":/usr/bin").split(":")) {
      if (directory.startsWith("/")) {
        candidates.add(Path.of(directory, "python3"));
      }
    }
    return candidates.stream().distinct().toList();
  }

  /** What a command, which may be a script that chooses, runs in the end. */
  private static Optional<Path> executable(Path command) {
    try {
      Process process =
          new ProcessBuilder(command.toString(), "-I", "-c", WHO)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      try (InputStream out = process.getInputStream()) {
        String path = new String(out.readNBytes(4096), StandardCharsets.UTF_8).strip();
        return path.startsWith("/") ? Optional.of(Path.of(path)) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static boolean openToAll(Path path) {
    try {
      for (Path each = path.toRealPath(); each != null; each = each.getParent()) {
        if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
