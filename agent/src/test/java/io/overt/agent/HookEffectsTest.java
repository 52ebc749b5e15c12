package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What scripts' edits do to machines and answers, and what the engine is told of scripts. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class HookEffectsTest {

  private final String image = UUID.randomUUID().toString();
  private final String volume = UUID.randomUUID().toString();
  private UUID id = UUID.randomUUID();
  private HookedAgent hooked;
  private ScriptDirectory scripts;
  private SimulatedAgent agent;
  private Engine engine;

  @BeforeAll
  void start(@TempDir Path directory) {
    hooked = new HookedAgent(directory);
    scripts = hooked.scripts;
    agent = hooked.agent;
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

  private String xml() {
    return HookedXml.domain(id, HookedXml.NIC + HookedXml.disk(hooked.domain, image, volume));
  }

  private Map<String, Object> vm() {
    return Map.of("vmID", id.toString());
  }

  private String launch() {
    return hooked.launch(id, xml());
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
        HookPoint.AFTER_HOSTDEV_LIST_BY_CAPS,
        "50_edit",
        """
        echo '{"d":{"params":{"capability":"pci","is_assignable":"true"}}}' > $_hook_json
        """);
    assertThat(engine.object("Host.getCapabilities", Map.of()))
        .containsEntry("version_name", "Ice Queen");
    assertThat(engine.object("Host.getStats", Map.of())).containsEntry("momStatus", "active");
    assertThat(engine.statistics(id)).containsEntry("vmName", "edited");
    assertThat(engine.call("Host.getAllVmStats", Map.of()).toString()).contains("all edited");
    assertThat(engine.object("Host.hostdevListByCaps", Map.of())).containsOnlyKeys("d");
    scripts.install(HookPoint.AFTER_GET_VM_STATS, "50_edit", "echo '[7]' > $_hook_json\n");
    assertThat(engine.statistics(id)).containsEntry("vmName", "hooked");
  }

  @Test
  void aPreviewSaysWhatScriptsWouldDo() {
    edit(HookPoint.BEFORE_VM_START, "<name>hooked</name>", "<name>hooked</name><title>t</title>");
    Map<String, Object> preview =
        engine.object(
            "Overt.previewHooks",
            Map.of("vmID", id.toString(), "point", "before_vm_start", "xml", xml()));
    assertThat((String) preview.get("diff")).contains("+", "<title>t</title>");
    assertThat(agent.hypervisor.find(id)).isEmpty();
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
