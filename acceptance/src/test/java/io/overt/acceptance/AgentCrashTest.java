package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.HostStatus;
import org.ovirt.engine.sdk4.types.Job;
import org.ovirt.engine.sdk4.types.JobStatus;
import org.ovirt.engine.sdk4.types.VmStatus;

/** {@code kill -9} of the agent of a real host: the guests must not notice. */
@Timeout(600)
@ExtendWith({SharedEngine.class, RealHosts.class})
class AgentCrashTest {
  private static final Set<VmStatus> SETTLED = Set.of(VmStatus.UP, VmStatus.DOWN);

  private final EngineFixture engine;
  private final RealHost host;

  AgentCrashTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  /** Other tests use the host too. */
  @AfterEach
  void anAgentRuns() {
    host.ensureAgent();
  }

  private static HostStatus hostStatus(SystemService system) {
    return system.hostsService().list().search("name=" + RealHost.NAME).send().hosts().stream()
        .findFirst()
        .orElseThrow()
        .status();
  }

  private void restart(SystemService system) {
    host.ensureAgent();
    Await.until("the host is up again", () -> hostStatus(system), HostStatus.UP::equals);
  }

  @Test
  void guestsGoOnWhileTheirAgentIsDeadAndAreFoundByTheNext() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      List<RealMachine> machines =
          List.of(
              RealMachine.from(connection, host, RealHost.TEMPLATE, "orphan-1"),
              RealMachine.from(connection, host, RealHost.TEMPLATE, "orphan-2"));
      machines.forEach(machine -> machine.service().start().send());
      machines.forEach(machine -> machine.await(VmStatus.UP));
      List<Heartbeat> before = machines.stream().map(machine -> machine.awaitBeat(0)).toList();
      List<List<Long>> processes =
          machines.stream().map(machine -> RealHost.processes(machine.id())).toList();
      assertThat(processes).allSatisfy(found -> assertThat(found).hasSize(1));

      host.killAgent();
      Await.until("the engine notices", () -> hostStatus(system), s -> s != HostStatus.UP);
      for (int i = 0; i < machines.size(); i++) {
        machines.get(i).awaitBeat(before.get(i).count() + 2);
      }
      restart(system);
      for (int i = 0; i < machines.size(); i++) {
        RealMachine machine = machines.get(i);
        machine.await(VmStatus.UP);
        machine.awaitBeat(host.heartbeats(machine.id()).getLast().count() + 1);
        assertThat(RealHost.processes(machine.id())).isEqualTo(processes.get(i));
        assertUnbroken(host.heartbeats(machine.id()));
      }
      assertThat(host.domains())
          .containsExactlyInAnyOrderElementsOf(machines.stream().map(RealMachine::id).toList());

      for (RealMachine machine : machines) {
        machine.stop();
        assertThat(RealHost.processes(machine.id())).isEmpty();
        machine.remove();
      }
      assertThat(host.domains()).isEmpty();
    }
  }

  /** One boot, and every beat one more than the last. */
  private static void assertUnbroken(List<Heartbeat> beats) {
    for (int i = 1; i < beats.size(); i++) {
      assertThat(beats.get(i))
          .isEqualTo(new Heartbeat(beats.get(i - 1).count() + 1, beats.getFirst().boot()));
    }
  }

  @Test
  void anAgentThatDiesBeforeItHearsOfTheStartLeavesNothingTwice() throws Exception {
    killWhileCreating("early-death", id -> true);
  }

  @Test
  void anAgentThatDiesWithAPromiseLeavesNothingTwice() throws Exception {
    killWhileCreating("promised-death", id -> Files.exists(host.promise(id)));
  }

  @Test
  void anAgentThatDiesWhileQemuStartsLeavesNothingTwice() throws Exception {
    killWhileCreating("late-death", id -> !RealHost.processes(id).isEmpty());
  }

  /** Afterwards the machine runs exactly once, or not at all and its job has failed. */
  private void killWhileCreating(String name, Predicate<String> moment) throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, name);
      machine.service().start().send();
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!moment.test(machine.id())) {
        assertThat(System.nanoTime()).as("the moment to kill came in time").isLessThan(end);
        Thread.sleep(5);
      }
      host.killAgent();
      restart(system);
      Job job =
          Await.until(
              "the job that starts it is over",
              RealMachine.PATIENCE,
              () -> job(system, name),
              found -> found.status() != JobStatus.STARTED);
      VmStatus status =
          Await.until(
              "it is up or down",
              RealMachine.PATIENCE,
              () -> machine.get().status(),
              SETTLED::contains);
      if (status == VmStatus.UP) {
        assertThat(host.domains()).containsExactly(machine.id());
        assertThat(RealHost.processes(machine.id())).hasSize(1);
        machine.awaitBeat(0);
        assertUnbroken(host.heartbeats(machine.id()));
        machine.stop();
      } else {
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(system.eventsService().list().send().events())
            .extracting(Event::description)
            .anyMatch(
                text -> text.startsWith("VM " + name + ": start by admin@internal-authz failed"));
      }
      assertThat(host.domains()).isEmpty();
      assertThat(RealHost.processes(machine.id())).isEmpty();
      machine.remove();
    }
  }

  private static Job job(SystemService system, String name) {
    return system.jobsService().list().send().jobs().stream()
        .filter(job -> job.description().equals("Launching VM " + name))
        .findFirst()
        .orElseThrow();
  }
}
