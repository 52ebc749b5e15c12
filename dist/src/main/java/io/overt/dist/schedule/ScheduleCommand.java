package io.overt.dist.schedule;

import io.overt.scheduling.replay.Replay;
import io.overt.vdsmrpc.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./overt schedule}. */
@Command(name = "schedule", description = "The scheduler by itself, without an engine.")
public final class ScheduleCommand {
  /** Differences that are printed at most. */
  private static final int SHOWN = 20;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  @Command(
      description =
          "Decides cases that another scheduler decided, and prints how far both agree;"
              + " exit code 0 when they agree in all, else 1.")
  int replay(@Parameters(paramLabel = "FILE", description = "one case a line, in JSON") Path file)
      throws IOException {
    Replay replay = new Replay();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          replay.decide(RecordedCases.read(line));
        }
      }
    } catch (java.nio.file.NoSuchFileException e) {
      System.err.println("overt: there is no file " + file);
      return 1;
    } catch (IllegalArgumentException | ArithmeticException | Json.MalformedJsonException e) {
      System.err.println("overt: %s, line %d: %s".formatted(file, number, e.getMessage()));
      return 1;
    }
    System.out.printf(Locale.ROOT, "%-36s %8s %8s%n", "COMPARED", "EQUAL", "OF");
    for (Replay.Agreement agreement : replay.agreements()) {
      System.out.printf(
          Locale.ROOT,
          "%-36s %8d %8d%s%n",
          agreement.subject(),
          agreement.equal(),
          agreement.all(),
          agreement.equal() == agreement.all() ? "" : "  <<<");
    }
    replay.differences().stream().limit(SHOWN).forEach(System.out::println);
    int differences = replay.differences().size();
    if (differences > SHOWN) {
      System.out.println("… and " + (differences - SHOWN) + " more differences");
    }
    System.out.println(
        differences == 0
            ? "All %d decisions agree.".formatted(replay.decisions())
            : "%d differences in %d decisions.".formatted(differences, replay.decisions()));
    return differences == 0 && replay.decisions() > 0 ? 0 : 1;
  }
}
