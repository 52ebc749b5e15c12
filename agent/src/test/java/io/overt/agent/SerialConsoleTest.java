package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.SerialLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serial consoles of machines on a simulated host. */
@Timeout(60)
class SerialConsoleTest {
  private static final String PORT =
      """
      <serial type="unix">
        <source mode="bind" path="/var/run/elsewhere/%s.sock"/><target port="0"/>
      </serial>
      <channel""";

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private SerialLines lines;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    lines = agent.verbs.serialLines();
    String port = PORT.formatted(id);
    agent.engine.create(id, TestXml.domain(id, "one").replace("<channel", port));
    agent.engine.awaitStatus(id, "Up");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private static String read(SerialLines.Line line, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && line.channel().read(buffer) >= 0) {
      continue;
    }
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  @Test
  void itsSocketIsWhereThisHostHasThem() {
    assertThat(agent.hypervisor.xml(id))
        .contains("/var/run/ovirt-vmconsole-console/" + id + ".sock")
        .doesNotContain("elsewhere");
  }

  @Test
  void theGuestAnswers() throws Exception {
    try (SerialLines.Line line = lines.open(id, "fred", false)) {
      line.channel().write(ByteBuffer.wrap("ls".getBytes(StandardCharsets.UTF_8)));
      assertThat(read(line, 9)).isEqualTo("\r\none# ls");
    }
    lines.open(id, "jim", false).close();
  }

  @Test
  void oneIsThereAtATimeAndCanBeRelieved() throws Exception {
    try (SerialLines.Line first = lines.open(id, "fred", false)) {
      assertThatThrownBy(() -> lines.open(id, "jim", false))
          .isInstanceOf(SerialLines.BusyException.class)
          .hasMessageStartingWith("fred is at this serial console");
      try (SerialLines.Line second = lines.open(id, "jim", true)) {
        assertThat(first.successor()).isEqualTo("jim");
        assertThatThrownBy(() -> read(first, 1)).isInstanceOf(ClosedChannelException.class);
        first.close();
        assertThat(read(second, 7)).isEqualTo("\r\none# ");
        assertThatThrownBy(() -> lines.open(id, "fred", false))
            .isInstanceOf(SerialLines.BusyException.class)
            .hasMessageStartingWith("jim ");
      }
    }
  }

  @Test
  void itEndsWithTheMachine() throws Exception {
    try (SerialLines.Line line = lines.open(id, "fred", false)) {
      assertThat(read(line, 7)).isEqualTo("\r\none# ");
      agent.engine.call("VM.destroy", Map.of("vmID", id.toString()));
      assertThatThrownBy(() -> read(line, 1)).isInstanceOf(ClosedChannelException.class);
    }
    assertThatThrownBy(() -> lines.open(id, "fred", false)).isInstanceOf(VdsmError.class);
  }

  @Test
  void aMachineWithoutOneSaysSo() {
    UUID plain = UUID.randomUUID();
    agent.engine.create(plain, TestXml.domain(plain, "two"));
    agent.engine.awaitStatus(plain, "Up");
    assertThatThrownBy(() -> lines.open(plain, "fred", false))
        .isInstanceOf(HypervisorException.class)
        .hasMessageContaining("started without a serial console");
  }
}
