package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.hooks.HookSettings;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.agent.vms.IsoImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Media whose files come with a machine, read back with isoinfo. */
@Timeout(60)
class PayloadTest {

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;

  @BeforeEach
  void start() {
    agent =
        new SimulatedAgent(
            directory,
            SimulatedTimes.instant(),
            SimulatedAgent.shortTimes(),
            HookSettings.none(),
            new IsoImages(directory.resolve("payloads")));
    engine = agent.engine;
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private String xml(String path, String content) {
    String metadata =
        """
        <ovirt-vm:device devtype="disk" name="sdy"><ovirt-vm:payload>
          <ovirt-vm:volId>config-2</ovirt-vm:volId>
          <ovirt-vm:file path="%s">%s</ovirt-vm:file>
          <ovirt-vm:file path="openstack/content/0000">eA==</ovirt-vm:file>
        </ovirt-vm:payload></ovirt-vm:device>
        """
            .formatted(path, content);
    return TestXml.domain(id, "one", metadata, "<source file='/none'/>")
        .replace(
            "<interface",
            "<disk type='file' device='cdrom'><source file=''/><target dev='sdy' bus='sata'/></disk>"
                + "<interface");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String isoinfo(Path image, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("isoinfo", "-i", image.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theMediumHasTheFilesUnderTheirNamesAndTheXmlHasNot() throws IOException {
    String secret = "{\"password\": \"top secret\"}";
    assertThat(engine.create(id, xml("openstack/latest/meta_data.json", base64(secret))).toString())
        .doesNotContain(base64(secret));
    engine.awaitStatus(id, "Up");
    Path image = directory.resolve("payloads").resolve(id + ".sdy.img");
    assertThat(agent.hypervisor.xml(id))
        .contains(image.toString(), "requisite", "config-2")
        .doesNotContain(base64(secret));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image)))
        .isEqualTo("rw-------");
    assertThat(isoinfo(image, "-d")).contains("Volume id: config-2", "Joliet");
    assertThat(isoinfo(image, "-J", "-x", "/openstack/latest/meta_data.json")).isEqualTo(secret);
    assertThat(isoinfo(image, "-R", "-x", "/openstack/content/0000")).isEqualTo("x");
    try (var left = Files.list(directory.resolve("payloads"))) {
      assertThat(left).containsExactly(image);
    }
    agent.stop();
    agent.start();
    engine.call("VM.destroy", Map.of("vmID", id.toString()));
    assertThat(image).doesNotExist();
  }

  /** Byte for byte: the guest may be reading it while it moves. */
  @Test
  void theMediumMovesWithItsGuest() throws IOException {
    Path there = directory.resolve("two/payloads");
    try (SimulatedPair pair =
        new SimulatedPair(
            directory,
            20,
            new IsoImages(directory.resolve("one/payloads")),
            new IsoImages(there))) {
      pair.one.engine.create(id, xml("openstack/latest/meta_data.json", base64("{}")));
      pair.one.engine.awaitStatus(id, "Up");
      Path image = directory.resolve("one/payloads").resolve(id + ".sdy.img");
      byte[] bytes = Files.readAllBytes(image);
      pair.migrate(id, Map.of());
      Engine.await("its arrival", () -> pair.two.engine.told(id).contains("Up"));
      pair.one.engine.awaitStatus(id, "Down");

      Path moved = there.resolve(id + ".sdy.img");
      assertThat(moved).hasBinaryContent(bytes);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(moved)))
          .isEqualTo("rw-------");
      assertThat(pair.two.hypervisor.xml(id)).contains(moved.toString()).doesNotContain("/one/");
      pair.one.engine.call("VM.destroy", Map.of("vmID", id.toString()));
      assertThat(image).doesNotExist();
      pair.two.engine.call("VM.destroy", Map.of("vmID", id.toString()));
      assertThat(moved).doesNotExist();
    }
  }

  @Test
  void pathsThatLeaveTheMediumAreRefused() {
    for (String path : List.of("/etc/passwd", "a/../../b", "")) {
      assertThat(
              engine.failure(
                  "VM.create",
                  Map.of("vmID", id.toString(), "vmParams", Map.of("xml", xml(path, "eA==")))))
          .isEqualTo(9);
    }
    assertThat(
            engine.failure(
                "VM.create",
                Map.of("vmID", id.toString(), "vmParams", Map.of("xml", xml("a", "!")))))
        .isEqualTo(9);
  }
}
