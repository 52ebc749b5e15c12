package io.overt.dist.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("engine.pid");
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    ProcessRecord self = ProcessRecord.self(Map.of("https-port", "8443"));
    self.write(file());
    assertThat(ProcessRecord.read(file())).contains(self);
    assertThat(self.alive()).isTrue();
    assertThat(self.age()).isBetween(Duration.ZERO, Duration.ofHours(1));
  }

  @Test
  void aProcessIdThatSomebodyElseHasNowIsNotTheRecordedProcess() {
    ProcessRecord self = ProcessRecord.self(Map.of());
    assertThat(new ProcessRecord(self.pid(), self.startTicks() - 1, self.boot(), Map.of()).alive())
        .isFalse();
    assertThat(new ProcessRecord(self.pid(), self.startTicks(), "older boot", Map.of()).alive())
        .isFalse();
  }

  @Test
  void noFileAndRubbishMeanThatNothingRuns() throws IOException {
    assertThat(ProcessRecord.read(file())).isEmpty();
    Files.writeString(file(), "pid=\nnonsense");
    assertThat(ProcessRecord.read(file())).isEmpty();
  }

  @Test
  void stoppingEndsTheRecordedProcessAndNoOther() throws Exception {
    Path run = Files.createDirectories(directory.resolve("run"));
    Process ours = new ProcessBuilder("sleep", "60").start();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Daemon daemon = new Daemon("engine", directory);
      recordOf(stranger, -1).write(Daemon.recordFile(run, "engine"));
      assertThat(daemon.stop()).isFalse();
      assertThat(stranger.isAlive()).isTrue();

      recordOf(ours, 0).write(Daemon.recordFile(run, "engine"));
      assertThat(daemon.running().map(ProcessRecord::pid)).contains(ours.pid());
      assertThat(daemon.stop()).isTrue();
      assertThat(daemon.running()).isEmpty();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      ours.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  private static ProcessRecord recordOf(Process process, long shift) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    String boot = ProcessRecord.self(Map.of()).boot();
    return new ProcessRecord(process.pid(), Long.parseLong(fields[19]) + shift, boot, Map.of());
  }
}
