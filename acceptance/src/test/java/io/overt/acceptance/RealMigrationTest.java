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
    assertThat(pair.domains(other(number))).doesNotContain(id);
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
}
