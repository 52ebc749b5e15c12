package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.agent.ScriptDirectory.Record;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.HookPoint.Document;
import io.overt.agent.hooks.HookPoint.Failure;
import io.overt.agent.hooks.HookPoint.Output;
import io.overt.agent.simulated.Faults.Keeping;
import io.overt.agent.simulated.Faults.Operation;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The points around changes of running machines' devices, 30 to 46 of the table: when their scripts
 * run, what they see, what their failure does and what becomes of their edits.
 */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class DeviceHookPointsTest {

  private final String image = UUID.randomUUID().toString();
  private final String volume = UUID.randomUUID().toString();
  private UUID id = UUID.randomUUID();
  private HookedAgent hooked;
  private ScriptDirectory scripts;
  private Engine engine;

  @BeforeAll
  void start(@TempDir Path directory) {
    hooked = new HookedAgent(directory);
    scripts = hooked.scripts;
    engine = hooked.engine;
    hooked.addVolume(image, volume);
  }

  @AfterAll
  void stop() {
    hooked.close();
  }

  @AfterEach
  void forget() {
    hooked.forget();
    id = UUID.randomUUID();
  }

  private void launch() {
    String xml =
        HookedXml.domain(id, "")
            .replace("<source file=''/>", "<source file='/tmp/none'/>")
            .replace("<memory>", "<maxMemory slots='16'>4194304</maxMemory><memory>");
    assertThat(hooked.launch(id, xml)).isEqualTo("Up");
  }

  private static String hotplug(String device, String metadata) {
    return """
        <?xml version='1.0' encoding='UTF-8'?>
        <hotplug xmlns:ovirt-vm="http://ovirt.org/vm/1.0">
          <devices>%s</devices>
          <metadata><ovirt-vm:vm>%s</ovirt-vm:vm></metadata>
        </hotplug>
        """
        .formatted(device, metadata);
  }

  private String nic() {
    return hotplug(
        """
        <interface type="bridge"><mac address="56:6f:aa:00:00:02"/><model type="virtio"/>
        <source bridge="ovirtmgmt"/><link state="up"/><alias name="ua-second"/></interface>
        """,
        HookedXml.nic("56:6F:AA:00:00:02"));
  }

  private String disk() {
    return hotplug(
        """
        <disk type="file" device="disk" snapshot="no"><target dev="vda" bus="virtio"/>
        <source file=""/><driver name="qemu" type="raw"/><alias name="ua-%s"/></disk>
        """
            .formatted(image),
        HookedXml.disk(hooked.domain, image, volume));
  }

  private Object call(String verb, Object parameters) {
    return engine.call(verb, Map.of("vmID", id.toString(), "params", parameters));
  }

  private Object plugNic() {
    return call("VM.hotplugNic", Map.of("vmId", id.toString(), "xml", nic()));
  }

  private Object plugDisk() {
    return call("VM.hotplugDisk", Map.of("vmId", id.toString(), "xml", disk()));
  }

  private Object update(boolean linked) {
    return call(
        "VM.updateDevice",
        Map.of(
            "deviceType",
            "interface",
            "macAddr",
            "56:6f:aa:00:00:01",
            "linkActive",
            linked,
            "network",
            "other",
            "custom",
            Map.of("flavour", "salty", "both", "device")));
  }

  /** What must have happened before the point can be passed, and what passes it. */
  private Object perform(HookPoint point) {
    return switch (point) {
      case BEFORE_UPDATE_DEVICE, AFTER_UPDATE_DEVICE -> update(false);
      case AFTER_UPDATE_DEVICE_FAIL -> {
        hooked.agent.hypervisor.faults().failNext(Operation.UPDATE_DEVICE, "no such bridge");
        yield engine.failure("VM.updateDevice", nicUpdate());
      }
      case BEFORE_NIC_HOTPLUG, AFTER_NIC_HOTPLUG -> plugNic();
      case AFTER_NIC_HOTPLUG_FAIL -> {
        hooked.agent.hypervisor.faults().failNext(Operation.ATTACH_DEVICE, "no more ports");
        yield engine.failure("VM.hotplugNic", xml(nic()));
      }
      case BEFORE_NIC_HOTUNPLUG, AFTER_NIC_HOTUNPLUG -> engine.call("VM.hotunplugNic", xml(nic()));
      case AFTER_NIC_HOTUNPLUG_FAIL -> {
        hooked.agent.hypervisor.faults().keepDevices(id, Keeping.REFUSING);
        yield engine.failure("VM.hotunplugNic", xml(nic()));
      }
      case BEFORE_DISK_HOTPLUG, AFTER_DISK_HOTPLUG -> plugDisk();
      case BEFORE_DISK_HOTUNPLUG, AFTER_DISK_HOTUNPLUG ->
          engine.call("VM.hotunplugDisk", xml(disk()));
      case BEFORE_MEMORY_HOTPLUG, AFTER_MEMORY_HOTPLUG ->
          call("VM.hotplugMemory", Map.of("memory", Map.of("size", 256, "node", 0)));
      case BEFORE_SET_NUM_OF_CPUS, AFTER_SET_NUM_OF_CPUS ->
          engine.call("VM.setNumberOfCpus", Map.of("vmID", id.toString(), "numberOfCpus", 3));
      default -> throw new IllegalArgumentException(point + " is not among 30 to 46");
    };
  }

  private Map<String, Object> xml(String document) {
    return Map.of("vmID", id.toString(), "params", Map.of("vmId", id.toString(), "xml", document));
  }

  private Map<String, Object> nicUpdate() {
    return Map.of(
        "vmID",
        id.toString(),
        "params",
        Map.of(
            "deviceType",
            "interface",
            "macAddr",
            "56:6f:aa:00:00:01",
            "linkActive",
            false,
            "custom",
            Map.of("flavour", "salty", "both", "device")));
  }

  private void prepare(HookPoint point) {
    launch();
    if (point.text().contains("nic_hotunplug")) {
      plugNic();
    }
    if (point.text().contains("disk_hotunplug")) {
      plugDisk();
    }
  }

  static Stream<HookPoint> points() {
    return EnumSet.range(HookPoint.BEFORE_UPDATE_DEVICE, HookPoint.AFTER_SET_NUM_OF_CPUS).stream();
  }

  static Stream<HookPoint> ignored() {
    return points().filter(point -> point.output() == Output.IGNORED);
  }

  @ParameterizedTest
  @MethodSource("points")
  void scriptsSeeWhatTheTableSays(HookPoint point) {
    prepare(point);
    scripts.record(point);
    perform(point);
    hooked.await(point);
    Record record = scripts.records(point).getFirst();
    assertThat(record.variable("vmId")).isEqualTo(id.toString());
    assertThat(record.variable("colour")).isEqualTo("blue");
    assertThat(record.variable("both")).isEqualTo("machine");
    assertThat(record.mode()).isEqualTo("600");
    assertThat(record.variable("_hook_domxml")).isNotEmpty();
    assertThat(record.variable("_hook_json")).isEmpty();
    if (point.document() == Document.EMPTY) {
      assertThat(record.document()).isEmpty();
    } else if (point.text().contains("memory")) {
      assertThat(record.document()).startsWith("<memory ").contains("256");
      assertThat(record.variable("flavour")).isEmpty();
    } else if (point.text().contains("disk")) {
      assertThat(record.document()).startsWith("<disk ").contains(volume, "dev=\"vdb\"");
      assertThat(record.variable("flavour")).isEqualTo("sour");
    } else {
      boolean update = point.text().contains("update");
      assertThat(record.document())
          .startsWith("<interface ")
          .contains(update ? "56:6f:aa:00:00:01" : "56:6f:aa:00:00:02")
          .contains(update ? "state=\"down\"" : "state=\"up\"");
      assertThat(record.variable("flavour")).isEqualTo(update ? "salty" : "sweet");
    }
  }

  @ParameterizedTest
  @MethodSource("points")
  void aFailureAbortsWhatTheTableSaysAndNothingElse(HookPoint point) {
    prepare(point);
    String before = hooked.agent.hypervisor.xml(id);
    scripts.record(point, "10_refuses", "echo not today >&2; exit 2");
    if (point.failure() == Failure.LOGGED) {
      perform(point);
      hooked.await(point);
      return;
    }
    HookPoint failing = HookPoint.valueOf("AFTER_UPDATE_DEVICE_FAIL");
    scripts.record(failing);
    VdsmError refused = catchThrowableOfType(VdsmError.class, () -> perform(point));
    boolean update = point == HookPoint.BEFORE_UPDATE_DEVICE;
    assertThat(refused.code()).isEqualTo(update ? 56 : 1500);
    assertThat(refused).hasMessageContaining("10_refuses").hasMessageContaining("not today");
    assertThat(hooked.agent.hypervisor.xml(id)).isEqualTo(before);
    assertThat(scripts.records(failing)).hasSize(update ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void whatScriptsLeaveWhereTheTableIgnoresItIsIgnored(HookPoint point) {
    prepare(point);
    scripts.record(point, "10_garbage", "printf garbage > $_hook_domxml");
    perform(point);
    hooked.await(point);
    assertThat(hooked.agent.hypervisor.xml(id)).doesNotContain("garbage");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BEFORE_UPDATE_DEVICE",
        "BEFORE_NIC_HOTPLUG",
        "BEFORE_DISK_HOTPLUG",
        "BEFORE_MEMORY_HOTPLUG"
      })
  void whatScriptsLeaveWhereTheTableUsesItIsPluggedIn(HookPoint point) {
    prepare(point);
    scripts.install(
        point,
        "50_edit",
        """
        #!/usr/bin/python3
        import hooking
        document = hooking.read_domxml()
        document.documentElement.setAttribute('edited', 'yes')
        hooking.write_domxml(document)
        """);
    perform(point);
    assertThat(hooked.agent.hypervisor.xml(id)).contains("edited=\"yes\"");
  }

  @Test
  void aDeviceThatScriptsMadeAnotherIsRefused() {
    launch();
    scripts.install(HookPoint.BEFORE_NIC_HOTPLUG, "50_edit", "echo '<disk/>' > $_hook_domxml\n");
    VdsmError refused = catchThrowableOfType(VdsmError.class, this::plugNic);
    assertThat(refused.code()).isEqualTo(1500);
    assertThat(refused).hasMessageContaining("before_nic_hotplug").hasMessageContaining("<disk>");
  }

  @Test
  void aPluggedDeviceKeepsItsPropertiesOverARestartAndLosesThemWhenItLeaves() {
    launch();
    plugNic();
    hooked.agent.stop();
    hooked.agent.start();
    scripts.record(HookPoint.BEFORE_NIC_HOTUNPLUG);
    engine.call("VM.hotunplugNic", xml(nic()));
    assertThat(scripts.records().getFirst().variable("flavour")).isEqualTo("sweet");
    assertThat(hooked.agent.hypervisor.xml(id))
        .contains("colour", "56:6f:aa:00:00:01")
        .doesNotContain("sweet", "56:6f:aa:00:00:02");
  }

  @Test
  void namesThatChangeHowScriptsRunAreRefused() {
    launch();
    assertThat(
            engine.failure(
                "VM.hotplugNic", xml(nic().replace("ovirt-vm:flavour", "ovirt-vm:PATH"))))
        .isEqualTo(49);
  }
}
