package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.agent.ScriptDirectory.Record;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.HookPoint.Document;
import io.overt.agent.hooks.HookPoint.Failure;
import io.overt.agent.hooks.HookPoint.Output;
import io.overt.agent.hooks.HookPoint.Scope;
import io.overt.agent.simulated.SimulatedTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every point that this agent passes behind its verbs: when its scripts run, what they see, what
 * their failure does and what becomes of their edits, all as the table says.
 */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class HookPointsTest {

  private static final String BLANK = "00000000-0000-0000-0000-000000000000";
  private static final Set<HookPoint> OF_LAUNCH =
      EnumSet.range(HookPoint.BEFORE_DEVICE_CREATE, HookPoint.AFTER_DEVICE_CREATE);

  private final String domain = UUID.randomUUID().toString();
  private final String image = UUID.randomUUID().toString();
  private final String volume = UUID.randomUUID().toString();
  private UUID id = UUID.randomUUID();
  private ScriptDirectory scripts;
  private SimulatedAgent agent;
  private Engine engine;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    scripts = new ScriptDirectory(directory.resolve("scripts"));
    agent =
        new SimulatedAgent(
            directory, SimulatedTimes.instant(), SimulatedAgent.shortTimes(), scripts.settings());
    engine = agent.engine;
    Path export = Files.createDirectory(directory.resolve("export"));
    engine.call(
        "StoragePool.connectStorageServer",
        Map.of(
            "storagepoolID",
            BLANK,
            "domainType",
            4,
            "connectionParams",
            List.of(Map.of("id", domain, "connection", export.toString()))));
    engine.call(
        "StorageDomain.create",
        Map.of(
            "storagedomainID",
            domain,
            "domainType",
            4,
            "typeArgs",
            export.toString(),
            "name",
            "data",
            "domainClass",
            1,
            "version",
            5));
    Map<String, Object> created = new LinkedHashMap<>();
    created.put("volumeID", volume);
    created.put("storagepoolID", UUID.randomUUID().toString());
    created.put("storagedomainID", domain);
    created.put("imageID", image);
    created.put("size", "1048576");
    created.put("volFormat", "RAW");
    created.put("preallocate", "SPARSE");
    created.put("diskType", "DATA");
    created.put("desc", "");
    created.put("srcImgUUID", BLANK);
    created.put("srcVolUUID", BLANK);
    engine.finish(engine.call("Volume.create", created));
  }

  @AfterAll
  void stop() {
    agent.close();
  }

  @AfterEach
  void forget() {
    scripts.clear();
    engine
        .list("Host.getVMList", Map.of())
        .forEach(vm -> engine.call("VM.destroy", Map.of("vmID", vm)));
    scripts.forget();
    id = UUID.randomUUID();
  }

  private String xml() {
    return TestXml.domain(
        id,
        "hooked",
        """
        <ovirt-vm:custom>
          <ovirt-vm:colour>blue</ovirt-vm:colour>
          <ovirt-vm:both>machine</ovirt-vm:both>
        </ovirt-vm:custom>
        <ovirt-vm:device mac_address="56:6F:AA:00:00:01">
          <ovirt-vm:custom>
            <ovirt-vm:flavour>sweet</ovirt-vm:flavour>
            <ovirt-vm:both>device</ovirt-vm:both>
          </ovirt-vm:custom>
        </ovirt-vm:device>
        <ovirt-vm:device devtype="disk" name="vda">
          <ovirt-vm:domainID>%s</ovirt-vm:domainID>
          <ovirt-vm:imageID>%s</ovirt-vm:imageID>
          <ovirt-vm:volumeID>%s</ovirt-vm:volumeID>
          <ovirt-vm:custom><ovirt-vm:flavour>sour</ovirt-vm:flavour></ovirt-vm:custom>
        </ovirt-vm:device>
        """
            .formatted(domain, image, volume),
        "<source file=''/>");
  }

  private Map<String, Object> vm() {
    return Map.of("vmID", id.toString());
  }

  /** Waits by events, for asking would pass points. */
  private String launch() {
    int before = engine.told(id).size();
    engine.create(id, xml());
    Engine.await(
        "the launch's end",
        () ->
            engine.told(id).size() > before
                && List.of("Up", "Down").contains(engine.told(id).getLast()));
    return engine.told(id).getLast();
  }

  private void await(HookPoint point) {
    Engine.await(point.text() + " to run", () -> !scripts.records(point).isEmpty());
  }

  private Object perform(HookPoint point) {
    return switch (point) {
      case BEFORE_DEVICE_CREATE,
          AFTER_DISK_PREPARE,
          BEFORE_VM_START,
          AFTER_VM_START,
          AFTER_DEVICE_CREATE ->
          launch();
      case BEFORE_VM_PAUSE, AFTER_VM_PAUSE -> engine.call("VM.pause", vm());
      case BEFORE_VM_CONT, AFTER_VM_CONT -> engine.call("VM.cont", vm());
      case BEFORE_DEVICE_DESTROY, BEFORE_VM_DESTROY, AFTER_VM_DESTROY, AFTER_DEVICE_DESTROY ->
          engine.call("VM.destroy", vm());
      case BEFORE_VM_SET_TICKET, AFTER_VM_SET_TICKET ->
          engine.call(
              "VM.updateDevice",
              Map.of(
                  "vmID",
                  id.toString(),
                  "params",
                  Map.of(
                      "deviceType",
                      "graphics",
                      "graphicsType",
                      "vnc",
                      "password",
                      "opensesame",
                      "ttl",
                      120,
                      "params",
                      Map.of("userName", "admin", "userId", "7", "LD_PRELOAD", "/evil"))));
      case BEFORE_GET_CAPS, AFTER_GET_CAPS -> engine.call("Host.getCapabilities", Map.of());
      case BEFORE_GET_STATS, AFTER_GET_STATS -> engine.call("Host.getStats", Map.of());
      case BEFORE_GET_VM_STATS, AFTER_GET_VM_STATS -> engine.call("VM.getStats", vm());
      case BEFORE_GET_ALL_VM_STATS, AFTER_GET_ALL_VM_STATS ->
          engine.call("Host.getAllVmStats", Map.of());
      case AFTER_HOSTDEV_LIST_BY_CAPS -> engine.call("Host.hostdevListByCaps", Map.of());
      default -> throw new IllegalArgumentException(point + " is not passed by a verb of today");
    };
  }

  /** What must have happened before the point can be passed. */
  private void prepare(HookPoint point) {
    if (!OF_LAUNCH.contains(point)) {
      assertThat(launch()).isEqualTo("Up");
    }
    if (point == HookPoint.BEFORE_VM_CONT || point == HookPoint.AFTER_VM_CONT) {
      engine.call("VM.pause", vm());
    }
  }

  static Stream<HookPoint> points() {
    return Stream.of(
            EnumSet.range(HookPoint.BEFORE_DEVICE_CREATE, HookPoint.AFTER_DEVICE_DESTROY),
            EnumSet.range(HookPoint.BEFORE_VM_SET_TICKET, HookPoint.AFTER_VM_SET_TICKET),
            EnumSet.range(HookPoint.BEFORE_GET_CAPS, HookPoint.AFTER_HOSTDEV_LIST_BY_CAPS))
        .flatMap(Set::stream);
  }

  static Stream<HookPoint> ignored() {
    return points().filter(point -> point.output() == Output.IGNORED);
  }

  @Test
  void aWholeLifePassesThePointsInTheirOrder() {
    Arrays.stream(HookPoint.values()).forEach(scripts::record);
    assertThat(launch()).isEqualTo("Up");
    perform(HookPoint.BEFORE_VM_PAUSE);
    await(HookPoint.AFTER_VM_PAUSE);
    perform(HookPoint.BEFORE_VM_CONT);
    await(HookPoint.AFTER_VM_CONT);
    perform(HookPoint.BEFORE_VM_SET_TICKET);
    perform(HookPoint.BEFORE_GET_CAPS);
    perform(HookPoint.BEFORE_GET_STATS);
    perform(HookPoint.BEFORE_GET_VM_STATS);
    perform(HookPoint.BEFORE_GET_ALL_VM_STATS);
    perform(HookPoint.AFTER_HOSTDEV_LIST_BY_CAPS);
    perform(HookPoint.BEFORE_VM_DESTROY);

    assertThat(scripts.points())
        .containsExactly(
            "after_disk_prepare",
            "before_device_create",
            "before_vm_start",
            "after_vm_start",
            // The disk, and the NIC, which its script's edit put last.
            "after_device_create",
            "after_device_create",
            "before_vm_pause",
            "after_vm_pause",
            "before_vm_cont",
            "after_vm_cont",
            "before_vm_set_ticket",
            "after_vm_set_ticket",
            "before_get_caps",
            "after_get_caps",
            "before_get_stats",
            "after_get_stats",
            "before_get_vm_stats",
            "after_get_vm_stats",
            "before_get_all_vm_stats",
            "after_get_all_vm_stats",
            "after_hostdev_list_by_caps",
            "before_device_destroy",
            "before_device_destroy",
            "before_vm_destroy",
            "after_vm_destroy",
            "after_device_destroy",
            "after_device_destroy");
    scripts.records().forEach(this::seesWhatTheTableSays);
  }

  private void seesWhatTheTableSays(Record record) {
    HookPoint point = HookPoint.valueOf(record.point().toUpperCase(Locale.ROOT));
    boolean json = point.document() == Document.JSON;
    assertThat(record.environment())
        .as(record.point())
        .anyMatch(line -> line.startsWith(json ? "_hook_json=" : "_hook_domxml="))
        .noneMatch(line -> line.startsWith(json ? "_hook_domxml=" : "_hook_json="))
        .noneMatch(line -> line.startsWith("LD_PRELOAD"));
    assertThat(record.mode()).isEqualTo("600");
    String file = record.variable(json ? "_hook_json" : "_hook_domxml");
    assertThat(Path.of(file)).doesNotExist();
    switch (point.document()) {
      case DOMAIN ->
          assertThat(record.document())
              .startsWith("<domain")
              .contains(id.toString(), "<interface")
              .doesNotContain("opensesame");
      case DEVICE ->
          assertThat(record.document())
              .matches(
                  "sweet".equals(record.variable("flavour"))
                      ? "(?s)<interface .*56:6f:aa:00:00:01.*"
                      : "(?s)<disk .*" + volume + ".*");
      case EMPTY -> assertThat(record.document()).isEmpty();
      case JSON -> assertThat(record.document()).matches("(?s)[{\\[].*[}\\]]");
    }
    boolean machine = point.scope() != Scope.HOST;
    assertThat(record.variable("vmId")).isEqualTo(machine ? id.toString() : "");
    assertThat(record.variable("colour")).isEqualTo(machine ? "blue" : "");
    assertThat(record.variable("both")).isEqualTo(machine ? "machine" : "");
    if (point.document() == Document.DEVICE) {
      assertThat(record.variable("flavour")).isIn("sweet", "sour");
    } else {
      assertThat(record.variable("flavour")).isEmpty();
    }
    boolean ticket = point.text().endsWith("set_ticket");
    assertThat(record.variable("userName")).isEqualTo(ticket ? "admin" : "");
  }

  @ParameterizedTest
  @MethodSource("points")
  void aFailureAbortsWhatTheTableSaysAndNothingElse(HookPoint point) {
    prepare(point);
    scripts.record(point, "10_refuses", "echo not today >&2; exit 2");
    String before = engine.told(id).isEmpty() ? "" : engine.told(id).getLast();

    if (point.failure() == Failure.LOGGED) {
      Object answer = perform(point);
      await(point);
      assertThat(answer).isNotEqualTo("Down");
    } else if (OF_LAUNCH.contains(point)) {
      assertThat(perform(point)).isEqualTo("Down");
      assertThat(engine.lastEvent(id)).containsEntry("exitCode", 1).containsEntry("exitReason", 1);
      assertThat((String) engine.lastEvent(id).get("exitMessage"))
          .startsWith("Hook Error: ")
          .contains(point.text() + "/10_refuses", "not today");
      assertThat(agent.hypervisor.find(id)).isEmpty();
    } else {
      VdsmError refused = catchThrowableOfType(VdsmError.class, () -> perform(point));
      assertThat(refused.code()).isEqualTo(point == HookPoint.BEFORE_GET_VM_STATS ? 78 : 1500);
      assertThat(refused).hasMessageContaining("10_refuses").hasMessageContaining("not today");
      // Nothing happened to the machine.
      assertThat(agent.hypervisor.find(id)).isPresent();
      assertThat(engine.told(id).getLast()).isEqualTo(before);
    }
    assertThat(scripts.records(point)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void whatScriptsLeaveWhereTheTableIgnoresItIsIgnored(HookPoint point) {
    prepare(point);
    scripts.record(point, "10_garbage", "printf garbage > ${_hook_domxml:-$_hook_json}");
    assertThat(perform(point)).isNotEqualTo("Down");
    await(point);
    if (!point.text().endsWith("destroy")) {
      assertThat(agent.hypervisor.xml(id)).doesNotContain("garbage");
      assertThat((String) engine.object("Host.dumpxmls", Map.of()).get(id.toString()))
          .contains("<domain");
    }
  }

  private void edit(HookPoint point, String from, String to) {
    scripts.install(
        point,
        "50_edit",
        "#!/bin/sh\nsed -i 's|%s|%s|' ${_hook_domxml:-$_hook_json}\n".formatted(from, to));
  }

  @Test
  void scriptsEditsOfALaunchBecomeTheDomain() {
    edit(HookPoint.AFTER_DISK_PREPARE, "\"path\":\"[^\"]*\"", "\"path\":\"/dev/other\"");
    scripts.install(
        HookPoint.AFTER_DISK_PREPARE,
        "60_more",
        """
        #!/usr/bin/python3
        import hooking
        drive = hooking.read_json()
        assert drive['imageID'] and drive['name'] == 'vda' and drive['format'] == 'cow'
        drive['diskType'] = 'block'
        drive['format'] = 'raw'
        hooking.write_json(drive)
        """);
    scripts.install(
        HookPoint.BEFORE_DEVICE_CREATE,
        "50_net",
        """
        #!/usr/bin/python3
        import hooking
        document = hooking.read_domxml()
        document.getElementsByTagName('source')[0].setAttribute('bridge', 'elsewhere')
        hooking.write_domxml(document)
        """);
    edit(HookPoint.BEFORE_VM_START, "<name>hooked</name>", "<name>hooked</name><title>t</title>");
    assertThat(launch()).isEqualTo("Up");
    String live = agent.hypervisor.xml(id);
    assertThat(live)
        .contains("dev=\"/dev/other\"", "bridge=\"elsewhere\"", "<title>t</title>")
        .doesNotContain("file=\"/")
        .doesNotContain("qcow2");
    assertThat(live.indexOf("<interface")).isGreaterThan(live.indexOf("<channel"));
  }

  @Test
  void aBadEditOfADomainIsTheScriptsFault() {
    for (String edit : List.of("s|<domain|<broken|", "s|" + id + "|" + UUID.randomUUID() + "|g")) {
      scripts.install(
          HookPoint.BEFORE_VM_START, "50_edit", "sed -i '" + edit + "' $_hook_domxml\n");
      assertThat(launch()).isEqualTo("Down");
      assertThat((String) engine.lastEvent(id).get("exitMessage"))
          .contains("before_vm_start scripts left what cannot be used");
      engine.call("VM.destroy", vm());
    }
  }

  @Test
  void scriptsEditsOfAnswersBecomeTheAnswers() {
    assertThat(launch()).isEqualTo("Up");
    edit(HookPoint.AFTER_GET_CAPS, "Snow Man", "Ice Queen");
    edit(HookPoint.AFTER_GET_STATS, "\"momStatus\":\"inactive\"", "\"momStatus\":\"active\"");
    edit(HookPoint.AFTER_GET_VM_STATS, "\"hooked\"", "\"edited\"");
    edit(HookPoint.AFTER_GET_ALL_VM_STATS, "\"hooked\"", "\"all edited\"");
    scripts.install(
        HookPoint.AFTER_HOSTDEV_LIST_BY_CAPS, "50_edit", "echo '{\"d\":{}}' > $_hook_json\n");
    assertThat(engine.object("Host.getCapabilities", Map.of()))
        .containsEntry("version_name", "Ice Queen");
    assertThat(engine.object("Host.getStats", Map.of())).containsEntry("momStatus", "active");
    assertThat(engine.statistics(id)).containsEntry("vmName", "edited");
    assertThat(engine.call("Host.getAllVmStats", Map.of()).toString()).contains("all edited");
    assertThat(engine.call("Host.hostdevListByCaps", Map.of())).hasToString("{d={}}");
    scripts.install(HookPoint.AFTER_GET_VM_STATS, "50_edit", "echo '[7]' > $_hook_json\n");
    assertThat(engine.statistics(id)).containsEntry("vmName", "hooked");
  }

  @Test
  void aGuestThatEndsByItselfIsLeftOnceAndBeforeItsRelease() {
    assertThat(launch()).isEqualTo("Up");
    scripts.record(HookPoint.BEFORE_VM_DESTROY);
    scripts.record(HookPoint.AFTER_VM_DESTROY, "50_slow", "sleep 0.3");
    scripts.record(HookPoint.AFTER_DEVICE_DESTROY);
    agent.hypervisor.crash(id);
    engine.call("VM.destroy", vm());
    assertThat(scripts.points())
        .containsSubsequence("after_vm_destroy", "after_device_destroy", "after_device_destroy")
        .containsOnlyOnce("before_vm_destroy", "after_vm_destroy")
        .hasSize(4);
  }

  @Test
  void pausesThatNobodyAskedForAreHeard() {
    assertThat(launch()).isEqualTo("Up");
    scripts.record(HookPoint.BEFORE_VM_PAUSE);
    scripts.record(HookPoint.AFTER_VM_PAUSE);
    scripts.record(HookPoint.AFTER_VM_CONT);
    agent.hypervisor.failDisk(id, "enospc");
    await(HookPoint.AFTER_VM_PAUSE);
    agent.hypervisor.resume(id);
    await(HookPoint.AFTER_VM_CONT);
    assertThat(scripts.points()).containsExactly("after_vm_pause", "after_vm_cont");
  }

  @Test
  void aRestartedAgentStillKnowsTheProperties() {
    assertThat(launch()).isEqualTo("Up");
    agent.stop();
    agent.start();
    scripts.record(HookPoint.BEFORE_VM_PAUSE);
    engine.call("VM.pause", vm());
    assertThat(scripts.records().getFirst().variable("colour")).isEqualTo("blue");
  }

  @Test
  void namesThatChangeHowScriptsRunAreRefused() {
    for (String name : List.of("LD_PRELOAD", "PYTHONPATH", "_hook_domxml")) {
      VdsmError refused =
          catchThrowableOfType(
              VdsmError.class,
              () -> engine.create(id, xml().replace("ovirt-vm:flavour", "ovirt-vm:" + name)));
      assertThat(refused.code()).isEqualTo(9);
      assertThat(refused).hasMessageContaining(name).hasMessageContaining("<disk>");
    }
    assertThat(engine.list("Host.getVMList", Map.of())).isEmpty();
  }

  @Test
  void theEngineIsToldOfEveryScript() {
    scripts.install(HookPoint.BEFORE_VM_START, "50_says", "echo hello >&2\n");
    assertThat(launch()).isEqualTo("Up");
    assertThat(engine.events())
        .filteredOn(event -> event.method().equals("|hooks|ran|" + id))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.data())
                    .containsEntry("point", "before_vm_start")
                    .containsEntry("exitCode", 0)
                    .containsEntry("errors", "hello")
                    .containsKeys("script", "milliseconds", "notify_time"));
  }

  @Test
  void installedScriptsAreAmongTheCapabilities() {
    scripts.install(HookPoint.BEFORE_VM_START, "50_a", "#!/bin/sh\n");
    assertThat(engine.object("Host.getCapabilities", Map.of()).get("hooks").toString())
        .matches("\\{before_vm_start=\\{50_a=\\{checksum=[0-9a-f]{64}}}}");
  }
}
