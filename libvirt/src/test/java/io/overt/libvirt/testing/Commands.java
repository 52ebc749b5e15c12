package io.overt.libvirt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and gives its output. */
final class Commands {
  private Commands() {}

  static String run(Duration deadline, String... command) {
    try {
      Path output = Files.createTempFile("overt-command", ".out");
      Path errors = Files.createTempFile("overt-command", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              List.of(command) + " did not end within " + deadline + "\n" + read(errors));
        }
        if (process.exitValue() != 0) {
          throw new IllegalStateException(
              List.of(command) + " ended with " + process.exitValue() + "\n" + read(errors));
        }
        return read(output).strip();
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(List.of(command) + " was interrupted", problem);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
