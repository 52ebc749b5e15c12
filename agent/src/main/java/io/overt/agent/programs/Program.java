package io.overt.agent.programs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a program to its end. Interrupting the caller ends the program. */
public final class Program {

  private Program() {}

  /**
   * Answers what the program wrote.
   *
   * @param failure the code of the error when it cannot be run, fails, or takes too long
   */
  public static String run(
      ErrorCode failure, Path directory, Duration limit, List<String> command) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new VdsmError(failure, "Cannot run %s: %s".formatted(command.getFirst(), e), e);
    }
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> output.complete(collect(process)));
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new VdsmError(failure, "%s took longer than %s".formatted(command, limit));
      }
      String text = output.completeOnTimeout("(output lost)", 5, TimeUnit.SECONDS).join();
      if (process.exitValue() != 0) {
        throw new VdsmError(
            failure,
            "%s failed with %d: %s"
                .formatted(command.getFirst(), process.exitValue(), text.strip()));
      }
      return text;
    } catch (InterruptedException e) {
      throw new VdsmError(ErrorCode.TASK_ABORTED, "The task was stopped", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String collect(Process process) {
    try (var text = process.inputReader(StandardCharsets.UTF_8)) {
      return text.lines().limit(200).collect(Collectors.joining("\n"));
    } catch (IOException | UncheckedIOException e) {
      return "(output lost)";
    }
  }
}
