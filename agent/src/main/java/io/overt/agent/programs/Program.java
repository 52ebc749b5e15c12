package io.overt.agent.programs;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a program to its end. Interrupting the caller ends the program. */
public final class Program {

  private static final Logger log = LoggerFactory.getLogger(Program.class);

  private Program() {}

  /**
   * Answers what the program wrote.
   *
   * @param failure the code of the error when it cannot be run, fails, or takes too long
   */
  public static String run(
      ErrorCode failure, Path directory, Duration limit, List<String> command) {
    End end = end(failure, directory, limit, command, "");
    if (end.exitCode() != 0) {
      throw new VdsmError(
          failure,
          "%s failed with %d: %s"
              .formatted(command.getFirst(), end.exitCode(), end.output().strip()));
    }
    return end.output();
  }

  /** How a program ended, and what it wrote. */
  public record End(int exitCode, String output) {}

  /**
   * Runs a program that tells by its exit code.
   *
   * @param input what it reads, once
   */
  public static End end(
      ErrorCode failure, Path directory, Duration limit, List<String> command, String input) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new VdsmError(failure, "Cannot run %s: %s".formatted(command.getFirst(), e), e);
    }
    feed(process, input);
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> output.complete(collect(process)));
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new VdsmError(failure, "%s took longer than %s".formatted(command, limit));
      }
      String text = output.completeOnTimeout("(output lost)", 5, TimeUnit.SECONDS).join();
      return new End(process.exitValue(), text);
    } catch (InterruptedException e) {
      throw new VdsmError(ErrorCode.TASK_ABORTED, "The task was stopped", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program that has ended before it read everything has its reasons. */
  private static void feed(Process process, String input) {
    try (var text = process.outputWriter(StandardCharsets.UTF_8)) {
      text.write(input);
    } catch (IOException e) {
      log.debug("Program {} did not read its input: {}", process.pid(), e.toString());
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
