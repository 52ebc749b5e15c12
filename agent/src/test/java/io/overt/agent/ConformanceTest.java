package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers carry the keys that an engine reads, in the kinds that it reads them in: VDSM sends most
 * numbers as text. The tables are {@code key:kind} with s(tring), i(nteger), n(umber), b(oolean),
 * o(bject), l(ist).
 */
@Timeout(60)
class ConformanceTest {

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
    engine.create(id, TestXml.domain(id, "one"));
    engine.awaitStatus(id, "Up");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  static void check(Map<String, Object> answer, String table) {
    List<String> wrong = new ArrayList<>();
    for (String entry : table.strip().split("\\s+")) {
      String key = entry.substring(0, entry.indexOf(':'));
      Object value = answer.get(key);
      boolean right =
          switch (entry.substring(entry.indexOf(':') + 1)) {
            case "s" -> value instanceof String;
            case "i" -> value instanceof Integer || value instanceof Long;
            case "n" -> value instanceof Number;
            case "b" -> value instanceof Boolean;
            case "o" -> value instanceof Map;
            case "l" -> value instanceof List;
            default -> throw new IllegalArgumentException(entry);
          };
      if (!right) {
        wrong.add(entry + " is " + value);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> child(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.get(key);
  }

  @Test
  void capabilities() {
    Map<String, Object> capabilities = engine.object("Host.getCapabilities", Map.of());
    check(
        capabilities,
        """
        clusterLevels:l supportedENGINEs:l version_name:s software_version:s cpuThreads:s
        cpuCores:s cpuSockets:s cpuModel:s cpuFlags:s cpuSpeed:s onlineCpus:s cpuTopology:l
        memSize:s reservedMem:s guestOverhead:s kvmEnabled:s emulatedMachines:l rngSources:l
        networks:o bridges:o nics:o vlans:o bondings:o lastClientIface:s numaNodes:o packages2:o
        operatingSystem:o uuid:s hooks:o ISCSIInitiatorName:s HBAInventory:o selinux:o
        kdumpStatus:i hostdevPassthrough:s additionalFeatures:l netConfigDirty:s vncEncrypted:b
        connector_info:o domain_versions:l supported_block_size:o
        """);
    assertThat((String) capabilities.get("cpuFlags")).contains("model_Nehalem");
    assertThat(child(capabilities, "networks")).containsKey("ovirtmgmt");
    assertThat(capabilities.get("kvmEnabled")).isEqualTo("true");
  }

  @Test
  void hardware() {
    check(
        engine.object("Host.getHardwareInfo", Map.of()),
        """
        systemManufacturer:s systemProductName:s systemSerialNumber:s systemVersion:s
        systemUUID:s systemFamily:s
        """);
  }

  @Test
  void hostStatistics() {
    Map<String, Object> statistics = engine.object("Host.getStats", Map.of());
    check(
        statistics,
        """
        cpuUser:s cpuSys:s cpuIdle:s cpuLoad:s memFree:i memUsed:s memShared:i anonHugePages:s
        swapTotal:i swapFree:i network:o storageDomains:o vmCount:i vmActive:i vmMigrating:i
        incomingVmMigrations:i outgoingVmMigrations:i dateTime:s elapsedTime:s ksmState:b
        ksmPages:i ksmCpu:i ksmMergeAcrossNodes:b momStatus:s netConfigDirty:s haStats:o
        thpState:s cpuStatistics:o numaNodeMemFree:o diskStats:o cpuUserVdsmd:s cpuSysVdsmd:s
        rxDropped:s txDropped:s bootTime:s
        """);
    assertThat(statistics).containsEntry("vmCount", 1).containsEntry("vmActive", 1);
    assertThat((String) statistics.get("dateTime"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d GMT");
    check(
        child(child(statistics, "network"), "ovirtmgmt"),
        """
        name:s state:s speed:s rx:s rxErrors:s rxDropped:s tx:s txErrors:s txDropped:s
        sampleTime:n
        """);
    check(
        child(child(statistics, "cpuStatistics"), "0"), "cpuUser:s cpuSys:s cpuIdle:s nodeIndex:i");
  }

  @Test
  @SuppressWarnings("unchecked")
  void statisticsOfARunningMachine() {
    Engine.await("a first sample", () -> engine.statistics(id).containsKey("memoryStats"));
    Map<String, Object> statistics =
        (Map<String, Object>) engine.list("Host.getAllVmStats", Map.of()).getFirst();
    check(
        statistics,
        """
        status:s vmId:s vmName:s vmType:s pid:s statusTime:s elapsedTime:s timeOffset:s
        kvmEnable:s acpiEnable:s monitorResponse:s pauseCode:s clientIp:s session:s username:s
        guestIPs:s guestFQDN:s guestCPUCount:i memUsage:s cpuUser:s cpuSys:s cpuActual:b
        network:o disks:o displayInfo:l displayPort:s memoryStats:o balloonInfo:o cpuUsage:s
        vcpuCount:s vcpuPeriod:i vcpuQuota:s ioTune:l vmJobs:o displayIp:s displaySecurePort:s
        displayType:s hash:s
        """);
    check(
        child(child(statistics, "disks"), "vda"),
        """
        truesize:s apparentsize:s readRate:s writeRate:s readBytes:s writtenBytes:s readOps:s
        writeOps:s readLatency:s writeLatency:s flushLatency:s imageID:s
        """);
    check(
        (Map<String, Object>) child(statistics, "network").values().iterator().next(),
        """
        name:s macAddr:s state:s speed:s rx:s tx:s rxErrors:s txErrors:s rxDropped:s txDropped:s
        sampleTime:n
        """);
    check(
        (Map<String, Object>) ((List<Object>) statistics.get("displayInfo")).getFirst(),
        "type:s port:s tlsPort:s ipAddress:s");
    check(
        child(statistics, "balloonInfo"),
        "balloon_cur:s balloon_max:s balloon_min:s balloon_target:s ballooning_enabled:b");
  }

  @Test
  void statisticsOfAMachineThatIsDown() {
    agent.hypervisor.crash(id);
    engine.awaitStatus(id, "Down");
    Map<String, Object> statistics = engine.statistics(id);
    check(statistics, "vmId:s status:s exitCode:i exitReason:i exitMessage:s timeOffset:s");
    assertThat(statistics).doesNotContainKeys("cpuUser", "network");
  }

  @Test
  void definitions() {
    String table =
        """
        memSize:i smp:i kvmEnable:b transparentHugePages:b vmName:s timeOffset:i nice:i pid:i
        acpiEnable:b clientIp:s memGuaranteedSize:i vmId:s status:s vmType:s
        """;
    check(engine.object("VM.getInfo", Map.of("vmID", id.toString())), table);
    UUID other = UUID.randomUUID();
    check(engine.create(other, TestXml.domain(other, "two")), table);
    assertThat(engine.list("Host.getVMFullList", Map.of("vmList", List.of(id.toString()))))
        .hasSize(1);
    assertThat(
            engine.list(
                "Host.getVMList", Map.of("vmList", List.of(id.toString()), "onlyUUID", false)))
        .singleElement()
        .asString()
        .contains("status=Up");
  }

  @Test
  void verbsWithoutAResultAnswerTrue() {
    for (String verb :
        List.of(
            "Host.ping", "Host.ping2", "Host.confirmConnectivity", "Host.setSafeNetworkConfig")) {
      assertThat(engine.call(verb, Map.of())).as(verb).isEqualTo(true);
    }
    assertThat(
            engine.call(
                "Host.setMOMPolicyParameters",
                Map.of("key_value_store", Map.of("balloonEnabled", false))))
        .isEqualTo(true);
    assertThat(engine.call("Host.getJobs", Map.of())).isEqualTo(Map.of());
    assertThat(engine.call("Host.getAllTasksStatuses", Map.of())).isEqualTo(Map.of());
    assertThat(engine.call("Host.getAllTasksInfo", Map.of())).isEqualTo(Map.of());
  }

  @Test
  void hostDevices() {
    Map<String, Object> devices = engine.object("Host.hostdevListByCaps", Map.of());
    check(child(child(devices, "computer"), "params"), "capability:s is_assignable:s product:s");
    assertThat(engine.object("Host.hostdevListByCaps", Map.of("caps", List.of("pci")))).isEmpty();
  }

  @Test
  void changesOfDevicesAnswerTheDefinition() {
    String nic =
        "<hotplug><devices><interface type='bridge'><source bridge='ovirtmgmt'/>"
            + "<mac address='56:6f:aa:00:00:09'/></interface></devices></hotplug>";
    for (String verb : List.of("VM.hotplugNic", "VM.hotunplugNic")) {
      check(
          engine.object(
              verb,
              Map.of("vmID", id.toString(), "params", Map.of("vmId", id.toString(), "xml", nic))),
          "vmId:s vmName:s status:s memSize:i smp:i devices:l");
    }
    check(
        engine.object("VM.setNumberOfCpus", Map.of("vmID", id.toString(), "numberOfCpus", "3")),
        "smp:i");
    for (String verb : List.of("VM.freeze", "VM.thaw")) {
      assertThat(engine.call(verb, Map.of("vmID", id.toString()))).as(verb).isEqualTo(true);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatTheGuestsAgentTells() {
    Engine.await("the agent", () -> engine.statistics(id).containsKey("netIfaces"));
    Engine.await("its answer", () -> engine.statistics(id).containsKey("guestOsInfo"));
    Map<String, Object> statistics = engine.statistics(id);
    check(
        statistics,
        """
        guestName:s guestFQDN:s guestIPs:s guestOs:s guestOsInfo:o guestTimezone:o appsList:l
        netIfaces:l disksUsage:l username:s session:s cdrom:s
        """);
    check(
        child(statistics, "guestOsInfo"),
        "type:s arch:s kernel:s distribution:s version:s codename:s");
    check(child(statistics, "guestTimezone"), "offset:i zone:s");
    check(
        (Map<String, Object>) ((List<Object>) statistics.get("netIfaces")).getFirst(),
        "name:s hw:s inet:l inet6:l");
    check(
        (Map<String, Object>) ((List<Object>) statistics.get("disksUsage")).getFirst(),
        "path:s fs:s total:s used:s");
  }

  @Test
  void screenshots() {
    Map<String, Object> picture = engine.object("VM.screenshot", Map.of("vmID", id.toString()));
    check(picture, "data:s encoding:s mime_type:s");
    assertThat(picture).containsEntry("encoding", "base64").containsEntry("mime_type", "image/png");
  }

  @Test
  void whatIsNotProvidedAndWhatIsWrongHaveCodesOfTheirOwn() {
    assertThat(engine.failure("VM.unheardOf", Map.of())).isEqualTo(-32601);
    assertThat(engine.failure("VM.getStats", Map.of())).isEqualTo(-32602);
    assertThat(engine.failure("VM.getStats", Map.of("vmID", "nonsense"))).isEqualTo(-32602);
    assertThat(engine.failure("VM.getStats", Map.of("vmID", UUID.randomUUID().toString())))
        .isEqualTo(1);
    assertThat(
            engine.failure(
                "VM.create",
                Map.of("vmID", UUID.randomUUID().toString(), "vmParams", Map.of("xml", "<a>"))))
        .isEqualTo(9);
  }
}
