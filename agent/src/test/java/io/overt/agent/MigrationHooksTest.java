package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.ScriptDirectory.Record;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hooks.HookPoint.Document;
import io.overt.agent.hooks.HookPoint.Failure;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

/** The points that a guest's move passes on both hosts, as the table says. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class MigrationHooksTest {

  private static final Set<HookPoint> POINTS =
      EnumSet.range(
          HookPoint.BEFORE_DEVICE_MIGRATE_SOURCE, HookPoint.AFTER_DEVICE_MIGRATE_DESTINATION);

  private ScriptDirectory scriptsOne;
  private ScriptDirectory scriptsTwo;
  private SimulatedPair pair;
  private UUID id = UUID.randomUUID();

  @BeforeAll
  void start(@TempDir Path directory) {
    scriptsOne = new ScriptDirectory(directory.resolve("scripts-one"));
    scriptsTwo = new ScriptDirectory(directory.resolve("scripts-two"));
    pair = new SimulatedPair(directory, 20, scriptsOne.settings(), scriptsTwo.settings());
  }

  @AfterAll
  void stop() {
    pair.close();
  }

  @AfterEach
  void forget() {
    scriptsOne.clear();
    scriptsTwo.clear();
    for (SimulatedAgent agent : Set.of(pair.one, pair.two)) {
      agent
          .engine
          .list("Host.getVMList", Map.of())
          .forEach(vm -> agent.engine.call("VM.destroy", Map.of("vmID", vm)));
    }
    scriptsOne.forget();
    scriptsTwo.forget();
    id = UUID.randomUUID();
  }

  private String xml() {
    return HookedXml.domain(id, HookedXml.NIC);
  }

  private void launch() {
    pair.one.engine.create(id, xml());
    pair.one.engine.awaitStatus(id, "Up");
  }

  private void awaitMoved() {
    Engine.await("its arrival", () -> pair.two.engine.told(id).contains("Up"));
    pair.one.engine.awaitStatus(id, "Down");
    assertThat(pair.running(id)).isEqualTo(1);
  }

  private ScriptDirectory of(HookPoint point) {
    return point.text().endsWith("source") ? scriptsOne : scriptsTwo;
  }

  static Set<HookPoint> points() {
    return POINTS;
  }

  @Test
  void aMovePassesThePointsOfBothHostsInTheirOrder() {
    launch();
    for (HookPoint point : HookPoint.values()) {
      if (point.document() != Document.JSON) {
        scriptsOne.record(point);
        scriptsTwo.record(point);
      }
    }
    pair.migrate(id, Map.of());
    awaitMoved();
    Engine.await(
        "the last script", () -> scriptsOne.points().contains("after_device_migrate_source"));

    assertThat(scriptsOne.points())
        .containsExactly(
            "before_device_migrate_source",
            "before_vm_migrate_source",
            "after_vm_migrate_source",
            "after_device_migrate_source");
    assertThat(scriptsTwo.points())
        .containsExactly(
            "before_device_migrate_destination",
            "before_vm_migrate_destination",
            "after_vm_migrate_destination",
            "after_device_migrate_destination");
    scriptsOne.records().forEach(this::seesWhatTheTableSays);
    scriptsTwo.records().forEach(this::seesWhatTheTableSays);
  }

  private void seesWhatTheTableSays(Record record) {
    HookPoint point = HookPoint.valueOf(record.point().toUpperCase(Locale.ROOT));
    boolean device = point.document() == Document.DEVICE;
    assertThat(record.variable("vmId")).isEqualTo(id.toString());
    assertThat(record.variable("colour")).isEqualTo("blue");
    assertThat(record.variable("both")).isEqualTo("machine");
    assertThat(record.variable("flavour")).isEqualTo(device ? "sweet" : "");
    assertThat(record.document()).startsWith(device ? "<interface" : "<domain");
    if (!device) {
      assertThat(record.document()).contains(id.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("points")
  void aFailureAbortsWhatTheTableSaysAndNothingElse(HookPoint point) {
    launch();
    of(point).record(point, "10_refuses", "echo not today >&2; exit 2");
    pair.migrate(id, Map.of());
    if (point.failure() == Failure.LOGGED) {
      awaitMoved();
      Engine.await("the script", () -> !of(point).records(point).isEmpty());
      return;
    }
    Engine.await("the refusal", () -> pair.one.engine.told(id).getLast().equals("Up"));
    assertThat(pair.status(id).get("status").toString()).contains("code=12").contains("not today");
    assertThat(pair.two.engine.list("Host.getVMList", Map.of())).isEmpty();
    assertThat(pair.two.hypervisor.find(id)).isEmpty();
    assertThat(pair.one.hypervisor.find(id)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("points")
  void whatAScriptLeavesInItsFileIsIgnored(HookPoint point) {
    launch();
    of(point).record(point, "10_edits", "echo '<nonsense/>' > \"$_hook_domxml\"");
    pair.migrate(id, Map.of());
    awaitMoved();
    assertThat(pair.two.hypervisor.xml(id))
        .contains("56:6f:aa:00:00:01")
        .doesNotContain("nonsense");
  }

  @Test
  void aRefusingDestinationAnswersWithItsOwnCode() {
    scriptsTwo.record(
        HookPoint.BEFORE_VM_MIGRATE_DESTINATION, "10_refuses", "echo no room >&2; exit 1");
    assertThat(
            pair.two.engine.failure(
                "VM.migrationCreate",
                Map.of(
                    "vmID",
                    id.toString(),
                    "params",
                    Map.of("_srcDomXML", xml(), "migrationDest", "libvirt"))))
        .isEqualTo(78);
  }
}
