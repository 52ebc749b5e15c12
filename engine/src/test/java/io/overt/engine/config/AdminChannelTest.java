package io.overt.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminChannelTest {
  @TempDir Path directory;

  private AdminChannel open() {
    return AdminChannel.open(
        directory.resolve("run"),
        Map.of(
            "echo",
            arguments -> arguments,
            "fail",
            _ -> {
              throw new IllegalArgumentException("no such user");
            }));
  }

  private AdminClient client() {
    return new AdminClient(directory.resolve("run"));
  }

  @Test
  void aCommandIsAnswered() {
    String text = "ü \n \"quoted\" " + "x".repeat(100_000);
    try (AdminChannel channel = open()) {
      assertThat(client().call("echo", Map.of("text", text))).containsEntry("text", text);
      assertThat(channel).isNotNull();
    }
  }

  @Test
  void aFailureReachesTheCallerAndTheNextCommandWorks() {
    try (AdminChannel channel = open()) {
      assertThatThrownBy(() -> client().call("fail", Map.of()))
          .isInstanceOf(AdminClient.Refused.class)
          .hasMessage("no such user");
      assertThatThrownBy(() -> client().call("dance", Map.of()))
          .hasMessage("Unknown command 'dance'; known are [echo, fail]");
      assertThat(client().call("echo", Map.of())).isEmpty();
      assertThat(channel).isNotNull();
    }
  }

  @Test
  void onlyTheOwnerMayEnter() throws IOException {
    try (AdminChannel channel = open()) {
      assertThat(Files.getPosixFilePermissions(directory.resolve("run")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(channel).isNotNull();
    }
  }

  @Test
  void aSocketThatADeadEngineLeftIsReplaced() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Files.writeString(AdminChannel.socket(directory.resolve("run")), "left over");
    assertThatThrownBy(() -> client().call("echo", Map.of()))
        .isInstanceOf(AdminClient.EngineDown.class);
    try (AdminChannel channel = open()) {
      assertThat(client().call("echo", Map.of())).isEmpty();
      assertThat(channel).isNotNull();
    }
    assertThatThrownBy(() -> client().call("echo", Map.of()))
        .isInstanceOf(AdminClient.EngineDown.class);
  }

  @Test
  void aDirectoryNameTooLongForASocketIsRefusedPlainly() {
    assertThatThrownBy(() -> new AdminClient(Path.of("/" + "d".repeat(120))).call("x", Map.of()))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessageContaining("too long");
  }
}
