package io.overt.dist.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Cases that oVirt's own scheduler decided are in {@code decisions.jsonl}. */
class ScheduleCommandTest {
  @TempDir private Path directory;

  @Test
  void decisionsOfOvirtsSchedulerAreTakenAgain() throws Exception {
    Run run = replay(recorded());
    assertThat(run.code()).isZero();
    assertThat(run.output())
        .contains("All 76 decisions agree.")
        .containsPattern("choice +76 +76\n")
        .containsPattern("OptimalForMemoryPowerSaving +1[0-9] +1[0-9]\n");
  }

  @Test
  void aDifferenceIsNamedAndFails() throws Exception {
    String first = Files.readAllLines(recorded()).getFirst();
    Path changed = directory.resolve("changed.jsonl");
    Files.writeString(
        changed, first.replaceFirst("\"usageCpuPercent\":[0-9]+", "\"usageCpuPercent\":99"));
    Run run = replay(changed);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("<<<").contains("case 0, policy none:").contains("expected");
  }

  @Test
  void aBadLineIsNamedWithItsMember() throws Exception {
    Path bad = directory.resolve("bad.jsonl");
    Files.writeString(
        bad, "{\"case\": 1, \"vm\": {}, \"hosts\": [{\"id\": \"a\"}], \"policies\": {}}\n");
    assertThat(replay(bad).errors()).contains("bad.jsonl, line 1: hosts[0].cpuSockets is missing");
    Files.writeString(bad, "{\n");
    assertThat(replay(bad).errors()).contains("bad.jsonl, line 1: ");
    assertThat(replay(directory.resolve("none")).errors()).contains("there is no file");
  }

  private static Path recorded() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ScheduleCommandTest.class.getResource("decisions.jsonl")).toURI());
  }

  private record Run(int code, String output, String errors) {}

  private static Run replay(Path file) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
      int code = new CommandLine(new ScheduleCommand()).execute("replay", file.toString());
      return new Run(
          code, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
