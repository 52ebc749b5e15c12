package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.ScriptDirectory.Record;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.simulated.Faults.Operation;
import io.overt.agent.simulated.SimulatedTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Machines that are saved to memory volumes and go on from there, and the points they pass. */
@Timeout(60)
class SavedStateTest {

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private ScriptDirectory scripts;
  private SimulatedAgent agent;
  private Engine engine;
  private TestImages images;
  private String memory;

  @BeforeEach
  void start() {
    scripts = new ScriptDirectory(directory.resolve("scripts"));
    agent =
        new SimulatedAgent(
            directory, SimulatedTimes.instant(), SimulatedAgent.shortTimes(), scripts.settings());
    engine = agent.engine;
    images = new TestImages(engine, directory.resolve("export"));
    memory = images.memory();
    engine.create(id, xml());
    engine.awaitStatus(id, "Up");
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private String xml() {
    return TestXml.domain(
        id,
        "saved",
        "<ovirt-vm:custom><ovirt-vm:colour>blue</ovirt-vm:colour></ovirt-vm:custom>",
        "<source file=''/>");
  }

  private void hibernate() {
    engine.call("VM.hibernate", Map.of("vmID", id.toString(), "hibernationVolHandle", memory));
  }

  private void suspend() {
    hibernate();
    engine.awaitStatus(id, "Down");
  }

  private void release() {
    engine.call("VM.destroy", Map.of("vmID", id.toString()));
  }

  private Map<String, Object> resume(String key, Object handle, Map<String, ?> more) {
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("vmId", id.toString());
    parameters.put("xml", xml());
    parameters.put(key, handle);
    return engine.object("VM.create", Map.of("vmID", id.toString(), "vmParams", parameters));
  }

  @Test
  void aSuspendedMachineIsDownBecauseItWasSavedAndGoesOn() {
    suspend();
    assertThat(engine.told(id)).containsSubsequence("Up", "Saving State", "Down");
    assertThat(engine.lastEvent(id)).containsEntry("exitCode", 0).containsEntry("exitReason", 5);
    release();
    assertThat(resume("hiberVolHandle", memory, Map.of()))
        .containsEntry("status", "Restoring state");
    engine.awaitStatus(id, "Up");
    assertThat(engine.told(id).getLast()).isEqualTo("Up");
  }

  @Test
  void savingTwiceIsSavingOnce() {
    agent.hypervisor.faults().hang(Operation.SAVE, Duration.ofMillis(200), 1);
    hibernate();
    hibernate();
    engine.awaitStatus(id, "Down");
    hibernate();
    release();
    hibernate();
    assertThat(engine.failure("VM.hibernate", handleOf(images.memory()))).isEqualTo(1);
  }

  private Map<String, ?> handleOf(String handle) {
    return Map.of("vmID", id.toString(), "hibernationVolHandle", handle);
  }

  @Test
  void anAgentThatDiesMeanwhileKnowsAfterwardsThatTheMachineWasSaved() {
    agent.hypervisor.faults().hang(Operation.SAVE, Duration.ofMillis(200), 1);
    hibernate();
    Engine.await("saving", () -> engine.told(id).contains("Saving State"));
    agent.stop();
    Engine.await("the domain's end", () -> agent.hypervisor.find(id).isEmpty());
    agent.start();
    assertThat(engine.status(id)).isEqualTo("Down");
    hibernate();
    release();
    resume("hiberVolHandle", memory, Map.of());
    engine.awaitStatus(id, "Up");
  }

  @Test
  void aMachineThatCannotBeSavedGoesOn() {
    agent.hypervisor.faults().failNext(Operation.SAVE, "no space");
    hibernate();
    Engine.await("saving", () -> engine.told(id).contains("Saving State"));
    engine.awaitStatus(id, "Up");
    suspend();
  }

  @Test
  void nothingIsRestoredFromWhatWasNeverSaved() {
    suspend();
    release();
    resume("hiberVolHandle", images.memory(), Map.of());
    engine.awaitStatus(id, "Down");
    assertThat(engine.lastEvent(id)).containsEntry("exitCode", 1).containsEntry("exitReason", 1);
    assertThat(engine.failure("VM.hibernate", handleOf("a,b"))).isEqualTo(-32602);
  }

  @Test
  void savingAndRestoringPassThePointsOfTheTableInTheirOrder() {
    Arrays.stream(HookPoint.values())
        .filter(point -> point.document() != HookPoint.Document.JSON)
        .forEach(scripts::record);
    suspend();
    awaitRecord(HookPoint.AFTER_VM_HIBERNATE);
    release();
    resume("hiberVolHandle", memory, Map.of());
    awaitRecord(HookPoint.AFTER_VM_DEHIBERNATE);
    // What follows the event of the pause takes its own time.
    awaitRecord(HookPoint.AFTER_VM_PAUSE);
    assertThat(scripts.points().stream().filter(point -> !point.equals("after_vm_pause")))
        .containsExactly(
            "before_vm_pause",
            "before_vm_hibernate",
            "after_vm_hibernate",
            "before_vm_destroy",
            "after_vm_destroy",
            "before_vm_start",
            "before_vm_dehibernate",
            "after_vm_dehibernate");
    for (HookPoint point :
        List.of(
            HookPoint.BEFORE_VM_HIBERNATE,
            HookPoint.AFTER_VM_HIBERNATE,
            HookPoint.BEFORE_VM_DEHIBERNATE,
            HookPoint.AFTER_VM_DEHIBERNATE)) {
      Record record = scripts.records(point).getFirst();
      assertThat(record.document()).startsWith("<domain").contains(id.toString());
      assertThat(record.variable("vmId")).isEqualTo(id.toString());
      assertThat(record.variable("colour")).isEqualTo("blue");
      assertThat(record.variable("FROM_SNAPSHOT"))
          .isEqualTo(point.text().contains("dehibernate") ? "False" : "");
    }
  }

  private void awaitRecord(HookPoint point) {
    Engine.await(point.text() + " to run", () -> !scripts.records(point).isEmpty());
  }

  @Test
  void scriptsHearThatTheMemoryIsASnapshots() {
    suspend();
    release();
    scripts.record(HookPoint.BEFORE_VM_DEHIBERNATE);
    scripts.record(HookPoint.AFTER_VM_DEHIBERNATE);
    String[] parts = memory.split(",");
    Map<String, Object> dump =
        Map.of("poolID", parts[1], "domainID", parts[0], "imageID", parts[2], "volumeID", parts[3]);
    Map<String, Object> configuration =
        Map.of("poolID", parts[1], "domainID", parts[0], "imageID", parts[4], "volumeID", parts[5]);
    resume("memoryDumpVolume", dump, Map.of("memoryConfVolume", configuration));
    awaitRecord(HookPoint.AFTER_VM_DEHIBERNATE);
    assertThat(scripts.records())
        .extracting(record -> record.variable("FROM_SNAPSHOT"))
        .containsExactly("True", "True");
  }

  @Test
  void aFailingScriptAbortsWhatTheTableSaysAndNothingElse() {
    scripts.record(HookPoint.BEFORE_VM_HIBERNATE, "10_refuses", "exit 2");
    hibernate();
    awaitRecord(HookPoint.BEFORE_VM_HIBERNATE);
    engine.awaitStatus(id, "Up");
    scripts.clear();

    scripts.record(HookPoint.AFTER_VM_HIBERNATE, "10_refuses", "exit 2");
    suspend();
    awaitRecord(HookPoint.AFTER_VM_HIBERNATE);
    assertThat(engine.lastEvent(id)).containsEntry("exitReason", 5);
    release();

    scripts.record(HookPoint.BEFORE_VM_DEHIBERNATE, "10_refuses", "echo not today >&2; exit 2");
    resume("hiberVolHandle", memory, Map.of());
    engine.awaitStatus(id, "Down");
    assertThat((String) engine.lastEvent(id).get("exitMessage"))
        .contains("before_vm_dehibernate/10_refuses", "not today");
    release();
    scripts.clear();

    scripts.record(HookPoint.AFTER_VM_DEHIBERNATE, "10_refuses", "exit 2");
    resume("hiberVolHandle", memory, Map.of());
    awaitRecord(HookPoint.AFTER_VM_DEHIBERNATE);
    engine.awaitStatus(id, "Up");
  }

  @Test
  void editsOfTheSavedDomainAreIgnored() {
    for (HookPoint point :
        List.of(
            HookPoint.BEFORE_VM_HIBERNATE,
            HookPoint.BEFORE_VM_START,
            HookPoint.BEFORE_VM_DEHIBERNATE,
            HookPoint.AFTER_VM_DEHIBERNATE)) {
      scripts.record(point, "10_garbage", "printf garbage > $_hook_domxml");
    }
    suspend();
    release();
    resume("hiberVolHandle", memory, Map.of());
    awaitRecord(HookPoint.AFTER_VM_DEHIBERNATE);
    engine.awaitStatus(id, "Up");
    assertThat(agent.hypervisor.xml(id)).doesNotContain("garbage");
  }
}
