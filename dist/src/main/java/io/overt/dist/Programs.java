package io.overt.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts that come with Overt. */
final class Programs {
  private Programs() {}

  /**
   * Runs a program to its end.
   *
   * @param log where its messages go
   * @return its standard output
   * @throws Failure when it fails or takes longer than the deadline
   */
  static String run(Path log, Duration deadline, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Thread killer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                        process.destroy();
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int status = process.waitFor();
      killer.interrupt();
      if (status != 0) {
        throw new Failure(
            "%s ended with status %d; its messages are in %s"
                .formatted(String.join(" ", command), status, log));
      }
      return output;
    } catch (IOException e) {
      throw new Failure("cannot run " + command.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while running " + command.getFirst());
    }
  }
}
