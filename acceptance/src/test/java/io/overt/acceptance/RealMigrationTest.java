package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.HostStatus;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * A guest that moves between two real hosts, and what becomes of it when something dies meanwhile.
 * Its counter in memory and its boot id tell whether it is the same guest, and whether it lost
 * anything.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealMigrationTest {
  /**
   * Megabits a second for a host, half of it for a guest: it moves for a minute, or for seconds.
   */
  private static final int SLOW = 16;

  private static final int MEDIUM = 128;

  private RealPair pair;
  private String id;

  @BeforeAll
  void start() {
    pair = RealPair.start();
    id =
        pair.system()
            .vmsService()
            .add()
            .vm(
                vm().name("mover")
                    .cluster(cluster().name(RealPair.NAME))
                    .template(template().name(RealHost.TEMPLATE)))
            .send()
            .vm()
            .id();
    await(VmStatus.DOWN);
    boot();
  }

  @AfterAll
  void stop() {
    pair.close();
  }

  private void boot() {
    service().start().send();
    await(VmStatus.UP);
    awaitBeats(1);
  }

  private VmService service() {
    return pair.system().vmsService().vmService(id);
  }

  private void await(VmStatus status) {
    Await.until(
        "it is " + status,
        RealMachine.PATIENCE,
        () -> service().get().send().vm().status(),
        status::equals);
  }

  private int where() {
    String at = service().get().send().vm().host().id();
    return at.equals(pair.id(1)) ? 1 : 2;
  }

  private static int other(int number) {
    return 3 - number;
  }

  private void migrate() {
    service().migrate().host(host().id(pair.id(other(where())))).send();
  }

  private void awaitAt(int number) {
    Await.until(
        "it is on host " + number,
        RealMachine.PATIENCE,
        () -> service().get().send().vm(),
        vm ->
            vm.status() == VmStatus.UP
                && vm.hostPresent()
                && vm.host().id().equals(pair.id(number)));
    assertThat(pair.domains(number)).contains(id);
  }

  private List<Heartbeat> beats() {
    return pair.consoleOf(id)
        .lines()
        .filter(line -> line.matches("HEARTBEAT \\d+ up=\\S+ boot=[0-9a-f]{8}"))
        .map(line -> line.split(" "))
        .map(words -> new Heartbeat(Integer.parseInt(words[1]), words[3].substring(5)))
        .toList();
  }

  private void awaitBeats(int more) {
    int before = beats().size();
    Await.until(
        "its heart beats",
        RealMachine.PATIENCE,
        this::beats,
        beats -> beats.size() >= before + more);
  }

  /** The heartbeats of this boot follow each other without a gap. */
  private void assertNothingLost(int since) {
    awaitBeats(2);
    List<Heartbeat> beats = beats();
    List<Heartbeat> recent = beats.subList(since, beats.size());
    assertThat(recent.stream().map(Heartbeat::boot).distinct()).hasSize(1);
    int first = recent.getFirst().count();
    assertThat(recent.stream().map(Heartbeat::count))
        .containsExactlyElementsOf(IntStream.range(first, first + recent.size()).boxed().toList());
  }

  private Stream<String> events() {
    return pair.system().eventsService().list().search("vm.name=mover").send().events().stream()
        .map(Event::description);
  }

  @Test
  @Order(1)
  void itMovesBackAndForthAndLosesNothing() {
    int since = beats().size() - 1;
    for (int turn = 0; turn < 4; turn++) {
      int to = other(where());
      migrate();
      awaitAt(to);
    }
    assertNothingLost(since);
    assertThat(events()).anyMatch(text -> text.contains("moved from"));
  }

  /** Slow enough for something to happen on the way. */
  private void migrateSlowly(int megabits) {
    pair.limit(megabits);
    migrate();
    awaitUnderWay();
  }

  private void awaitUnderWay() {
    Await.until("memory is on its way", () -> progress(), percent -> percent > 0);
  }

  private int progress() {
    return service().statisticsService().list().send().statistics().stream()
        .filter(statistic -> statistic.name().equals("migration.progress"))
        .map(statistic -> statistic.values().getFirst().datum().intValue())
        .findFirst()
        .orElse(0);
  }

  @Test
  @Order(2)
  void aCancelledMoveLeavesItWhereItIs() {
    int since = beats().size() - 1;
    int at = where();
    migrateSlowly(SLOW);
    assertThat(service().get().send().vm().status()).isEqualTo(VmStatus.MIGRATING);
    service().cancelMigration().send();
    awaitAt(at);
    assertNothingLost(since);
    assertThat(pair.domains(other(at))).isEmpty();
  }

  @Test
  @Order(3)
  void theDeathOfTheEngineCostsNothing() {
    int since = beats().size() - 1;
    int to = other(where());
    migrateSlowly(MEDIUM);
    pair.restartEngine();
    awaitAt(to);
    assertNothingLost(since);
  }

  @Test
  @Order(4)
  void theDeathOfTheSourcesAgentCostsNothing() {
    int since = beats().size() - 1;
    int from = where();
    migrateSlowly(MEDIUM);
    pair.killAgent(from);
    pair.restartAgent(from);
    awaitAt(other(from));
    assertNothingLost(since);
  }

  @Test
  @Order(5)
  void theDeathOfTheDestinationsAgentCostsNothing() {
    int since = beats().size() - 1;
    int to = other(where());
    migrateSlowly(MEDIUM);
    pair.killAgent(to);
    pair.restartAgent(to);
    awaitAt(to);
    assertNothingLost(since);
  }

  @Test
  @Order(6)
  void aDestinationThatLosesItsPowerCostsNothing() {
    int since = beats().size() - 1;
    int at = where();
    migrateSlowly(SLOW);
    pair.crash(other(at));
    Await.until(
        "it is up again",
        RealMachine.PATIENCE,
        () -> service().get().send().vm().status(),
        VmStatus.UP::equals);
    assertThat(where()).isEqualTo(at);
    assertThat(pair.domains(at)).contains(id);
    assertNothingLost(since);
    pair.revive(other(at));
    pair.awaitUp(other(at));
  }

  @Test
  @Order(7)
  void aHostThatGoesToMaintenanceIsLeft() {
    pair.limit(0);
    int since = beats().size() - 1;
    int from = where();
    pair.service(from).deactivate().reason("dust").send();
    awaitAt(other(from));
    Await.until(
        "it is in maintenance",
        () -> pair.service(from).get().send().host().status(),
        HostStatus.MAINTENANCE::equals);
    assertNothingLost(since);
    pair.service(from).activate().send();
    pair.awaitUp(from);
  }

  @Test
  @Order(8)
  void aSourceThatLosesItsPowerLeavesNothingRunning() {
    int from = where();
    migrateSlowly(SLOW);
    pair.crash(from);
    Await.until(
        "the destination has given it up",
        RealMachine.PATIENCE,
        () -> pair.domains(other(from)),
        List::isEmpty);
    pair.revive(from);
    pair.awaitUp(from);
    await(VmStatus.DOWN);
    assertThat(pair.domains(from)).isEmpty();
    pair.limit(0);
    boot();
    assertThat(RealHost.processes(id)).hasSize(1);
  }
}
