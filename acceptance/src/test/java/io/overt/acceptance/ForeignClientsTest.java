package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.VmStatus;

/** Programs of Debian that speak oVirt's API: a cluster's fence agent, and GNOME's library. */
@Timeout(120)
@ExtendWith(SharedEngine.class)
class ForeignClientsTest {
  private final EngineFixture engine;

  ForeignClientsTest(EngineFixture engine) {
    this.engine = engine;
  }

  @BeforeEach
  void hostsAreUp() {
    engine.farm();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "4"})
  void theFenceAgentSwitchesMachines(String version) throws Exception {
    String name = "fenced-over-v" + version;
    try (Connection connection = engine.access().connect()) {
      VmService machine = machine(connection, name);
      assertThat(fence(version, "list", name)).contains(name);
      assertThat(fence(version, "status", name)).contains("Status: OFF");
      assertThat(fence(version, "on", name)).contains("Success: Powered ON");
      assertThat(fence(version, "status", name)).contains("Status: ON");
      assertThat(SdkVmTest.status(machine)).isEqualTo(VmStatus.UP);
      assertThat(fence(version, "off", name)).contains("Success: Powered OFF");
      assertThat(SdkVmTest.status(machine)).isEqualTo(VmStatus.DOWN);
      machine.remove().send();
    }
  }

  private static VmService machine(Connection connection, String name) {
    String id =
        connection.systemService().vmsService().add().vm(SdkVmTest.diskless(name)).send().vm().id();
    VmService machine = connection.systemService().vmsService().vmService(id);
    Await.until("it is made", () -> SdkVmTest.status(machine), VmStatus.DOWN::equals);
    return machine;
  }

  /** Cluster managers hand options to the standard input, where no process list shows them. */
  private String fence(String version, String action, String machine) throws Exception {
    String options =
        """
        action=%s
        ip=localhost
        ipport=%d
        ssl_insecure=1
        login=admin@internal
        passwd=%s
        disable_http_filter=1
        api_version=%s
        plug=%s
        """
            .formatted(
                action,
                engine.config().httpsPort(),
                engine.access().adminPassword(),
                version,
                machine);
    return run(List.of("/usr/sbin/fence_rhevm"), options);
  }

  @Test
  void libgovirtFindsMachinesAndGetsTickets() throws Exception {
    try (Connection connection = engine.access().connect()) {
      VmService machine = machine(connection, "seen-by-govirt");
      machine.update().vm(vm().description("a machine")).send();
      machine.start().send();
      Await.until("it runs", () -> SdkVmTest.status(machine), VmStatus.UP::equals);
      String seen =
          run(
              List.of(
                  "/usr/bin/python3",
                  Path.of("src/test/python/govirt.py").toAbsolutePath().toString(),
                  "localhost:" + engine.config().httpsPort(),
                  engine.config().authorityDirectory().resolve("ca.pem").toString(),
                  "seen-by-govirt"),
              "");
      assertThat(seen)
          .contains("machine seen-by-govirt up", "clusters ", "Default", "hosts ", "shared-0")
          .containsPattern("ticket True 8 \\d+")
          .contains("stopped down");
      machine.remove().send();
    }
  }

  private String run(List<String> command, String input) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("OVERT_PASSWORD_FILE", engine.config().generatedPasswordFile().toString());
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
    return output;
  }
}
