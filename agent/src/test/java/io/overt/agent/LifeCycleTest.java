package io.overt.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.simulated.Faults.Operation;
import io.overt.agent.simulated.Latency;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.agent.vms.VmTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LifeCycleTest {

  private final UUID id = UUID.randomUUID();
  @TempDir private Path directory;
  private SimulatedAgent agent;
  private Engine engine;

  @BeforeEach
  void start() {
    agent = SimulatedAgent.instant(directory);
    engine = agent.engine;
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private Map<String, Object> vm() {
    return Map.of("vmID", id.toString());
  }

  private void running() {
    engine.create(id, TestXml.domain(id, "one"));
    engine.awaitStatus(id, "Up");
  }

  @Test
  void aLaunchIsAcceptedAtOnceAndComesUp() {
    Map<String, Object> accepted = engine.create(id, TestXml.domain(id, "one"));

    assertThat(accepted)
        .containsEntry("status", "WaitForLaunch")
        .containsEntry("vmId", id.toString())
        .containsEntry("memSize", 1024L)
        .containsEntry("smp", 2);
    engine.awaitStatus(id, "Up");
    assertThat(engine.told(id)).containsExactly("Powering up", "Up");
  }

  @Test
  void aGuestWithoutAnAgentShowsPoweringUpUntilItsTimeIsOver(@TempDir Path other) {
    SimulatedTimes slow =
        new SimulatedTimes(
            Latency.none(), Latency.millis(60_000, 60_000), Latency.none(), Duration.ofSeconds(1));
    VmTimes times =
        new VmTimes(
            Duration.ofMillis(300),
            Duration.ofSeconds(300),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
    try (SimulatedAgent patient = new SimulatedAgent(other, slow, times)) {
      patient.engine.create(id, TestXml.domain(id, "one"));
      patient.engine.awaitStatus(id, "Powering up");
      patient.engine.awaitStatus(id, "Up");
      Engine.await("the event", () -> patient.engine.told(id).size() == 2);
      assertThat(patient.engine.told(id)).containsExactly("Powering up", "Up");
    }
  }

  @Test
  void eventsAndStatisticsShareOneClockBeyondTwoToTheThirtyOne() {
    running();
    long notified =
        engine.events().stream()
            .mapToLong(event -> (Long) event.data().get("notify_time"))
            .max()
            .orElse(0);
    long sampled = Long.parseLong((String) engine.statistics(id).get("statusTime"));
    assertThat(notified).isGreaterThan(Integer.MAX_VALUE).isLessThanOrEqualTo(sampled);
  }

  @Test
  void theHypervisorGetsNoOnRebootAndAClosedConsole() {
    running();
    Map<String, Object> xmls = engine.object("Host.dumpxmls", Map.of());
    assertThat((String) xmls.get(id.toString()))
        .doesNotContain("on_reboot")
        .doesNotContain("secret")
        .doesNotContain("vdsm-ovirtmgmt")
        .contains("passwdValidTo=\"1970-01-01T00:00:01\"")
        .contains("startTime");
  }

  @Test
  void aSecondLaunchOfTheSameIdIsRefused() {
    running();
    assertThat(
            engine.failure(
                "VM.create",
                Map.of(
                    "vmID", id.toString(), "vmParams", Map.of("xml", TestXml.domain(id, "one")))))
        .isEqualTo(4);
    assertThat(engine.status(id)).isEqualTo("Up");
  }

  @Test
  void aLaunchThatFailsIsDownWithTheReason() {
    agent.hypervisor.faults().failNext(Operation.CREATE, "no such bridge: ovirtmgmt");
    engine.create(id, TestXml.domain(id, "one"));
    engine.awaitStatus(id, "Down");

    assertThat(engine.statistics(id))
        .containsEntry("exitCode", 1)
        .containsEntry("exitReason", 1)
        .containsEntry("exitMessage", "no such bridge: ovirtmgmt");
    assertThat(engine.lastEvent(id)).containsEntry("exitCode", 1);
    engine.call("VM.destroy", vm());
    assertThat(engine.failure("VM.getStats", vm())).isEqualTo(1);
    running();
  }

  @Test
  void aDiskThatIsNotThereFailsTheLaunch() {
    String disk =
        """
        <ovirt-vm:device devtype="disk" name="vda">
          <ovirt-vm:poolID>11111111-1111-4111-8111-111111111110</ovirt-vm:poolID>
          <ovirt-vm:domainID>11111111-1111-4111-8111-111111111112</ovirt-vm:domainID>
          <ovirt-vm:imageID>11111111-1111-4111-8111-111111111113</ovirt-vm:imageID>
          <ovirt-vm:volumeID>11111111-1111-4111-8111-111111111114</ovirt-vm:volumeID>
        </ovirt-vm:device>
        """;
    engine.create(id, TestXml.domain(id, "one", disk, ""));
    engine.awaitStatus(id, "Down");
    assertThat((String) engine.statistics(id).get("exitMessage"))
        .contains("11111111-1111-4111-8111-111111111112");
  }

  @Test
  void aLaunchThatIsNotAnsweredLeavesNoGuestBehind() {
    AtomicInteger starts = new AtomicInteger();
    agent.hypervisor.listen(
        event -> {
          if (event instanceof HypervisorEvent.Started) {
            starts.incrementAndGet();
          }
        });
    agent.hypervisor.faults().hang(Operation.CREATE, Duration.ofMillis(1500), 1);
    engine.create(id, TestXml.domain(id, "one"));
    engine.awaitStatus(id, "Down");

    // The hypervisor starts it late, after the engine was told that it did not start.
    Engine.await("the late start", () -> starts.get() == 1);
    Engine.await("its end", () -> agent.hypervisor.find(id).isEmpty());
    assertThat(engine.told(id)).containsExactly("Down");
  }

  @Test
  void aDestroyWaitsForTheLaunchAndLeavesNothing() {
    agent.hypervisor.faults().hang(Operation.CREATE, Duration.ofMillis(300), 1);
    engine.create(id, TestXml.domain(id, "one"));
    engine.call("VM.destroy", vm());

    assertThat(agent.hypervisor.find(id)).isEmpty();
    assertThat(engine.list("Host.getVMList", Map.of())).isEmpty();
    assertThat(engine.lastEvent(id)).containsEntry("status", "Down");
  }

  @Test
  void aShutdownEndsByTheAdministrator() {
    running();
    engine.call("VM.shutdown", vm());
    engine.awaitStatus(id, "Down");

    assertThat(engine.statistics(id)).containsEntry("exitCode", 0).containsEntry("exitReason", 6);
    assertThat(engine.told(id)).containsSubsequence("Up", "Powering down", "Down");
    assertThat(engine.failure("VM.shutdown", vm())).isEqualTo(6);
  }

  @Test
  void aGuestThatIgnoresItsButtonIsForced() {
    running();
    agent.hypervisor.faults().ignorePowerButton(id);
    engine.call(
        "VM.shutdown", Map.of("vmID", id.toString(), "delay", "0", "timeout", 1, "force", true));
    engine.awaitStatus(id, "Powering down");
    engine.awaitStatus(id, "Down");
    assertThat(engine.statistics(id)).containsEntry("exitReason", 6);
  }

  @Test
  void aCrashIsLostQemu() {
    running();
    agent.hypervisor.crash(id);
    engine.awaitStatus(id, "Down");
    assertThat(engine.statistics(id)).containsEntry("exitCode", 1).containsEntry("exitReason", 2);
  }

  @Test
  void aPausedGuestGoesOn() {
    running();
    assertThat(engine.call("VM.pause", vm())).isEqualTo(Map.of("vmList", Map.of()));
    assertThat(engine.status(id)).isEqualTo("Paused");
    engine.call("VM.cont", vm());
    assertThat(engine.status(id)).isEqualTo("Up");
    assertThat(engine.told(id)).containsSubsequence("Up", "Paused", "Up");
  }

  @Test
  void aFullDiskPausesWithItsReason() {
    running();
    agent.hypervisor.failDisk(id, "enospc");
    engine.awaitStatus(id, "Paused");
    assertThat(engine.statistics(id)).containsEntry("pauseCode", "ENOSPC");
    assertThat(engine.lastEvent(id)).containsEntry("pauseCode", "ENOSPC").containsKey("ioerror");
  }

  @Test
  void aGuestThatIsToEndWithItsRebootEndsWithItsReboot() {
    running();
    engine.call("VM.setDestroyOnReboot", vm());
    agent.stop();
    agent.start();
    engine.call("VM.reset", vm());
    engine.awaitStatus(id, "Down");
    assertThat(engine.statistics(id)).containsEntry("exitCode", 0).containsEntry("exitReason", 13);
  }

  @Test
  void aRestartedAgentFindsEveryGuestAndTouchesNone() {
    running();
    String before = agent.hypervisor.xml(id);
    UUID paused = UUID.randomUUID();
    engine.create(paused, TestXml.domain(paused, "two"));
    engine.awaitStatus(paused, "Up");
    engine.call("VM.pause", Map.of("vmID", paused.toString()));

    agent.stop();
    agent.create();
    assertThat(engine.failure("Host.ping2", Map.of())).isEqualTo(99);
    agent.start();

    assertThat(engine.status(id)).isEqualTo("Up");
    assertThat(engine.status(paused)).isEqualTo("Paused");
    assertThat(agent.hypervisor.xml(id)).isEqualTo(before);
    assertThat(
            engine.failure(
                "VM.create",
                Map.of(
                    "vmID", id.toString(), "vmParams", Map.of("xml", TestXml.domain(id, "one")))))
        .isEqualTo(Engine.code(ErrorCode.VM_EXISTS));
  }

  @Test
  void aGuestThatDiedWhileTheAgentWasAwayIsDown() {
    running();
    agent.stop();
    agent.hypervisor.crash(id);
    agent.start();
    assertThat(engine.statistics(id))
        .containsEntry("status", "Down")
        .containsEntry("exitCode", 1)
        .containsEntry("exitReason", 9);
  }

  @Test
  void aLaunchThatTheLastAgentLeftBehindDoesNotComeTrueAfterItsEndWasTold() {
    running();
    String late = agent.hypervisor.xml(id);
    agent.stop();
    agent.hypervisor.crash(id);
    agent.start();
    assertThat(engine.status(id)).isEqualTo("Down");
    agent.hypervisor.create(late);
    Engine.await("its end", () -> agent.hypervisor.find(id).isEmpty());
    assertThat(engine.status(id)).isEqualTo("Down");
  }

  @Test
  void anEndThatTheEngineHasNotAcknowledgedIsToldAgainAfterARestart() {
    running();
    engine.call("VM.shutdown", vm());
    engine.awaitStatus(id, "Down");
    agent.stop();
    agent.start();
    assertThat(engine.statistics(id)).containsEntry("exitCode", 0).containsEntry("exitReason", 6);
    engine.call("VM.destroy", vm());
    agent.stop();
    agent.start();
    assertThat(engine.list("Host.getVMList", Map.of())).isEmpty();
  }

  @Test
  void anEndWithoutAnEventIsNoticed() {
    running();
    agent.hypervisor.losePower();
    engine.awaitStatus(id, "Down");
    assertThat(engine.statistics(id)).containsEntry("exitReason", 2);
  }

  @Test
  void aForeignDomainAppears() {
    agent.hypervisor.create(TestXml.domain(id, "foreign"));
    Engine.await(
        "the foreign domain",
        () -> engine.list("Host.getVMList", Map.of()).contains(id.toString()));
    assertThat(engine.list("Host.getVMList", Map.of())).isEqualTo(List.of(id.toString()));
  }

  @Test
  void aDestroyThatTheHypervisorRefusesKeepsTheGuest() {
    running();
    agent.hypervisor.faults().failNext(Operation.DESTROY, "device busy");
    assertThat(engine.failure("VM.destroy", vm())).isEqualTo(42);
    assertThat(engine.status(id)).isEqualTo("Up");
  }

  @Test
  void aHypervisorThatDoesNotAnswerMakesGuestsUnresponsive() {
    running();
    assertThat(engine.statistics(id)).containsEntry("monitorResponse", "0");
    agent.hypervisor.faults().hang(Operation.STATISTICS, Duration.ofSeconds(60), 1000);
    Engine.await(
        "an unresponsive monitor", () -> "-1".equals(engine.statistics(id).get("monitorResponse")));
  }

  @Test
  void ticketsOpenConsolesThatExist() {
    running();
    Map<String, Object> ticket =
        Map.of(
            "deviceType",
            "graphics",
            "graphicsType",
            "vnc",
            "password",
            "abc",
            "ttl",
            120,
            "existingConnAction",
            "disconnect",
            "params",
            Map.of("userName", "admin"));
    assertThat(engine.object("VM.updateDevice", Map.of("vmID", id.toString(), "params", ticket)))
        .containsEntry("vmId", id.toString());
    assertThat(
            engine.call(
                "VM.setTicket",
                Map.of("vmID", id.toString(), "password", "abc", "ttl", "0", "params", Map.of())))
        .isEqualTo(true);
    assertThat(
            engine.failure(
                "VM.updateDevice",
                Map.of(
                    "vmID",
                    id.toString(),
                    "params",
                    Map.of("deviceType", "graphics", "graphicsType", "spice", "password", "abc"))))
        .isEqualTo(18);
  }
}
