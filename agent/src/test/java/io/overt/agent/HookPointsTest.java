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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
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

  private static final Set<HookPoint> OF_LAUNCH =
      EnumSet.range(HookPoint.BEFORE_DEVICE_CREATE, HookPoint.AFTER_DEVICE_CREATE);

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
    hooked.await(HookPoint.AFTER_VM_PAUSE);
    perform(HookPoint.BEFORE_VM_CONT);
    hooked.await(HookPoint.AFTER_VM_CONT);
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
      hooked.await(point);
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
    hooked.await(point);
    if (!point.text().endsWith("destroy")) {
      assertThat(agent.hypervisor.xml(id)).doesNotContain("garbage");
      assertThat((String) engine.object("Host.dumpxmls", Map.of()).get(id.toString()))
          .contains("<domain");
    }
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
    hooked.await(HookPoint.AFTER_VM_PAUSE);
    agent.hypervisor.resume(id);
    hooked.await(HookPoint.AFTER_VM_CONT);
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
}
