package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.errors.VdsmError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another host's power, switched by a fence agent of the distribution that keeps it in a file. */
@Timeout(60)
class PowerTest {

  @TempDir private Path directory;

  @Test
  void aFenceAgentSwitchesAndTells() throws Exception {
    Path file = Files.writeString(directory.resolve("power"), "on");
    try (SimulatedAgent agent = SimulatedAgent.instant(directory)) {
      assertThat(fence(agent, "dummy", "status", file)).isEqualTo(Map.of("power", "on"));
      assertThat(fence(agent, "dummy", "off", file))
          .isEqualTo(Map.of("operationStatus", "initiated"));
      Engine.await(
          "the power to be off",
          Duration.ofSeconds(30),
          () -> fence(agent, "dummy", "status", file).equals(Map.of("power", "off")));
    }
  }

  @Test
  void whatIsNoFenceAgentIsRefusedWithoutThePassword() {
    try (SimulatedAgent agent = SimulatedAgent.instant(directory)) {
      assertThatThrownBy(() -> fence(agent, "../../bin/sh", "status", directory))
          .isInstanceOf(VdsmError.class)
          .hasMessageContaining("fence agent")
          .hasMessageNotContaining("hidden");
      assertThatThrownBy(() -> fence(agent, "of_nobody", "status", directory))
          .isInstanceOf(VdsmError.class)
          .hasMessageContaining("fence_of_nobody")
          .hasMessageNotContaining("hidden");
      assertThat(agent.engine.failure("Host.fenceNode", Map.of("agent", "dummy")))
          .isEqualTo(-32602);
    }
  }

  private static Object fence(SimulatedAgent agent, String kind, String action, Path file) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("agent", kind);
    parameters.put("addr", "192.0.2.1");
    parameters.put("port", "3");
    parameters.put("username", "admin");
    parameters.put("password", "hidden");
    parameters.put("action", action);
    parameters.put("options", "status_file=" + file);
    return agent.engine.call("Host.fenceNode", parameters);
  }
}
