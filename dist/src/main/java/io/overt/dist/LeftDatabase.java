package io.overt.dist;

import io.overt.engine.config.EngineConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The bundled PostgreSQL of an engine that was killed: it goes on by itself, and a next engine
 * takes it over. When everything is to end, it has to be stopped.
 */
final class LeftDatabase {
  private LeftDatabase() {}

  /**
   * Asks it to end and waits until it has.
   *
   * @return whether one ran
   */
  static boolean stop(EngineConfig config) {
    Path data = config.databaseDirectory().resolve("data");
    Optional<ProcessHandle> left = running(data);
    left.ifPresent(
        process -> {
          process.destroy();
          Progress.await(
              "Stopping PostgreSQL",
              Duration.ofSeconds(30),
              () -> running(data).isEmpty() ? Optional.of(true) : Optional.empty(),
              () -> "");
        });
    return left.isPresent();
  }

  /** The first line of its file is its pid; whose it is now, the command line says. */
  private static Optional<ProcessHandle> running(Path data) {
    try {
      String[] lines = Files.readString(data.resolve("postmaster.pid")).split("\n", 2);
      Path commandLine = Path.of("/proc", lines[0].strip(), "cmdline");
      String command = new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8);
      return command.contains(data.toString())
          ? ProcessHandle.of(Long.parseLong(lines[0].strip()))
          : Optional.empty();
    } catch (IOException | NumberFormatException nothingThere) {
      return Optional.empty();
    }
  }
}
