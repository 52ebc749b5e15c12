package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.simulated.Faults.Keeping;
import io.overt.agent.simulated.Faults.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of running machines on a simulated host. */
@Timeout(60)
class RunningDevicesTest {

  private static final String NIC =
      """
      <hotplug><devices><interface type="bridge"><mac address="56:6f:aa:00:00:02"/>
      <source bridge="ovirtmgmt"/><alias name="ua-second"/></interface></devices></hotplug>
      """;

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
    String xml =
        TestXml.domain(id, "one")
            .replace(
                "<interface",
                "<disk device='cdrom' type='file'><target dev='sdc' bus='sata'/></disk><interface");
    engine.create(id, xml);
    engine.awaitStatus(id, "Up");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Map<String, Object> call(Object parameters) {
    return Map.of("vmID", id.toString(), "params", parameters);
  }

  private Map<String, Object> nic() {
    return call(Map.of("xml", NIC));
  }

  private Map<String, Object> update(String key, Object value) {
    return call(Map.of("deviceType", "interface", "alias", "ua-second", key, value));
  }

  @Test
  void anInterfaceComesAndGoesAndIsReported() {
    Map<String, Object> answer = engine.object("VM.hotplugNic", nic());
    assertThat(answer).containsEntry("vmId", id.toString()).containsEntry("status", "Up");
    assertThat(engine.statistics(id).get("network").toString()).contains("56:6f:aa:00:00:02");
    engine.call("VM.hotplugNic", nic());
    engine.call("VM.hotunplugNic", nic());
    assertThat(engine.statistics(id).get("network").toString()).doesNotContain("56:6f:aa:00:00:02");
    engine.call("VM.hotunplugNic", nic());
  }

  @Test
  void aGuestThatKeepsItsDevicesMakesTheUnplugFail() {
    engine.call("VM.hotplugNic", nic());
    agent.hypervisor.faults().keepDevices(id, Keeping.REFUSING);
    assertThat(engine.failure("VM.hotunplugNic", nic())).isEqualTo(50);
    agent.hypervisor.faults().keepDevices(id, Keeping.SILENT);
    assertThat(engine.failure("VM.hotunplugNic", nic())).isEqualTo(50);
    agent.hypervisor.faults().clear();
    engine.call("VM.hotunplugNic", nic());
  }

  @Test
  void linkNetworkAndFilterChangeAndAFailureLeavesThemAsTheyWere() {
    engine.call("VM.hotplugNic", nic());
    engine.call("VM.updateDevice", update("linkActive", false));
    assertThat(engine.statistics(id).get("network").toString()).contains("state=down");
    engine.call("VM.updateDevice", update("network", "blue"));
    engine.call("VM.updateDevice", update("filter", "vdsm-no-mac-spoofing"));
    String before = agent.hypervisor.xml(id);
    assertThat(before).contains("bridge=\"blue\"", "filter=\"vdsm-no-mac-spoofing\"");
    agent.hypervisor.faults().failNext(Operation.UPDATE_DEVICE, "no such bridge");
    assertThat(engine.failure("VM.updateDevice", update("network", "green"))).isEqualTo(56);
    assertThat(agent.hypervisor.xml(id)).isEqualTo(before);
    engine.call("VM.updateDevice", update("network", ""));
    assertThat(agent.hypervisor.xml(id)).contains("bridge=\";vdsmdummy;\"");
  }

  @Test
  void memoryComesAndGoes() {
    UUID other = UUID.randomUUID();
    engine.create(
        other,
        TestXml.domain(other, "two")
            .replace("<memory>", "<maxMemory slots='16'>4194304</maxMemory><memory>"));
    engine.awaitStatus(other, "Up");
    Map<String, Object> memory = Map.of("size", 256, "node", 0, "alias", "dimm0");
    Map<String, Object> parameters =
        Map.of("vmID", other.toString(), "params", Map.of("memory", memory));
    assertThat(engine.object("VM.hotplugMemory", parameters)).containsEntry("memSize", 1280L);
    engine.call("VM.hotunplugMemory", parameters);
    assertThat(engine.object("VM.getInfo", Map.of("vmID", other.toString())))
        .containsEntry("memSize", 1024L);
  }

  @Test
  void discsAreChangedAndEjected() {
    engine.call("VM.changeCD", disc("/isos/install.iso"));
    assertThat(engine.statistics(id)).containsEntry("cdrom", "/isos/install.iso");
    engine.call("VM.changeCD", disc(""));
    assertThat(engine.statistics(id)).containsEntry("cdrom", "");
    agent.hypervisor.faults().failNext(Operation.UPDATE_DEVICE, "the drive is locked");
    assertThat(engine.failure("VM.changeCD", disc("/isos/other.iso"))).isEqualTo(41);
  }

  private Map<String, Object> disc(String path) {
    return Map.of(
        "vmID", id.toString(), "driveSpec", Map.of("iface", "sata", "index", "2", "path", path));
  }

  @Test
  void processorsChangeWithinTheMaximum() {
    engine.call("VM.setNumberOfCpus", Map.of("vmID", id.toString(), "numberOfCpus", 5));
    assertThat(engine.object("VM.getInfo", Map.of("vmID", id.toString()))).containsEntry("smp", 5);
    assertThat(
            engine.failure("VM.setNumberOfCpus", Map.of("vmID", id.toString(), "numberOfCpus", 17)))
        .isEqualTo(60);
  }

  @Test
  void theBalloonLeavesWhatIsAskedFor() {
    engine.call("VM.setBalloonTarget", Map.of("vmID", id.toString(), "target", 524288));
    Engine.await(
        "the balloon",
        () ->
            String.valueOf(engine.statistics(id).get("balloonInfo"))
                .contains("balloon_cur=524288"));
    agent.hypervisor.faults().failNext(Operation.SET_BALLOON, "no balloon");
    assertThat(engine.failure("VM.setBalloonTarget", Map.of("vmID", id.toString(), "target", 1024)))
        .isEqualTo(53);
  }

  @Test
  void theGuestsAgentIsHeard() {
    Engine.await("the agent", () -> "one".equals(engine.statistics(id).get("guestFQDN")));
    Map<String, Object> statistics = engine.statistics(id);
    assertThat(statistics).containsEntry("username", "root").containsEntry("guestName", "one");
    assertThat(statistics.get("guestOsInfo").toString()).contains("bookworm", "x86_64");
    assertThat(statistics.get("netIfaces").toString()).contains("56:6f:aa:00:00:01", "eth0");
    assertThat((List<?>) statistics.get("appsList")).isNotEmpty();
    assertThat(statistics.get("guestIPs").toString()).startsWith("10.");
    agent.stop();
    agent.start();
    Engine.await("the agent", () -> "one".equals(engine.statistics(id).get("guestFQDN")));
  }

  @Test
  void fileSystemsAreFrozenAndThawed() {
    Map<String, Object> vm = Map.of("vmID", id.toString());
    assertThat(engine.call("VM.freeze", vm)).isEqualTo(true);
    assertThat(engine.call("VM.thaw", vm)).isEqualTo(true);
    agent.hypervisor.faults().failNext(Operation.GUEST, "busy");
    assertThat(engine.failure("VM.freeze", vm)).isEqualTo(76);
    agent.hypervisor.faults().failNext(Operation.GUEST, "busy");
    assertThat(engine.failure("VM.thaw", vm)).isEqualTo(77);
  }

  @Test
  void aWatchdogThatRanOutIsReported() {
    agent.hypervisor.fireWatchdog(id, "reset");
    assertThat(engine.statistics(id).get("watchdogEvent").toString()).contains("action=reset");
  }
}
