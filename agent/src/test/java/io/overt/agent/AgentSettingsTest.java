package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.vms.DomainPolicy.VirtType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSettingsTest {

  @Test
  void theCommandLineWinsOverTheFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("agent.properties");
    Files.writeString(file, "port=1\nvirt-type=qemu\nnetworks=ovirtmgmt=eth0, data=eth1\n");
    AgentSettings settings = AgentSettings.read(List.of("--port=2", "--config", file.toString()));
    assertThat(settings.port()).isEqualTo(2);
    assertThat(settings.virtType()).isEqualTo(VirtType.QEMU);
    assertThat(settings.networks()).isEqualTo(Map.of("ovirtmgmt", "eth0", "data", "eth1"));
    assertThat(settings.unsafeMigration()).isFalse();
  }

  @Test
  void anUnknownKeyStopsTheStartWithASuggestion() {
    assertThatThrownBy(() -> AgentSettings.read(List.of("--virt-typ", "kvm")))
        .hasMessageContaining("'virt-typ'")
        .hasMessageContaining("did you mean 'virt-type'?");
    assertThatThrownBy(() -> AgentSettings.read(List.of("--virt-type", "xen")))
        .hasMessageContaining("'xen' but must be kvm or qemu");
  }
}
