package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.template;

import io.overt.libvirt.testing.TestGuest.Heartbeat;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ovirt.engine.sdk4.builders.VmBuilder;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/**
 * A machine that moves between the hosts of a {@link RealPair}. Its counter in memory and its boot
 * id tell whether it is the same guest, and whether it lost anything.
 */
final class Traveller {
  private static final Duration AFTER_A_MOVE = Duration.ofSeconds(30);

  private final RealPair pair;
  private final String name;
  private final String id;
  private int since;

  /** Adds it, with what the template does not have. */
  Traveller(RealPair pair, String name, VmBuilder more) {
    this.pair = pair;
    this.name = name;
    this.id =
        pair.system()
            .vmsService()
            .add()
            .vm(
                more.name(name)
                    .cluster(cluster().name(RealPair.NAME))
                    .template(template().name(RealHost.TEMPLATE)))
            .send()
            .vm()
            .id();
    await(VmStatus.DOWN);
  }

  String id() {
    return id;
  }

  VmService service() {
    return pair.system().vmsService().vmService(id);
  }

  Vm get() {
    return service().get().send().vm();
  }

  void start() {
    service().start().send();
  }

  void awaitStarted() {
    await(VmStatus.UP);
    awaitBeats(RealMachine.PATIENCE);
    mark();
  }

  /** Whatever it does now, it is a fresh guest afterwards. */
  void restart() {
    service().stop().send();
    await(VmStatus.DOWN);
    // a first configuration comes by itself with the first start only
    service().start().useInitialization(get().initializationPresent()).send();
    awaitStarted();
  }

  void await(VmStatus status) {
    Await.until(name + " is " + status, RealMachine.PATIENCE, () -> get().status(), status::equals);
  }

  /** The number of its host. */
  int where() {
    return get().host().id().equals(pair.id(1)) ? 1 : 2;
  }

  static int other(int number) {
    return 3 - number;
  }

  /** Sends it to the host where it is not; that host. */
  int migrate() {
    int to = other(where());
    service().migrate().host(host().id(pair.id(to))).send();
    return to;
  }

  void awaitAt(int number) {
    Await.until(
        name + " is on host " + number,
        RealMachine.PATIENCE,
        this::get,
        vm ->
            vm.status() == VmStatus.UP
                && vm.hostPresent()
                && vm.host().id().equals(pair.id(number)));
    assertThat(pair.domains(number)).contains(id);
  }

  /** Begins a shell command in the guest, by the guest agent in it. */
  void begin(String command) {
    var _ =
        pair.virsh(
            where(),
            "qemu-agent-command",
            "--timeout",
            "20",
            id,
            """
            {"execute": "guest-exec", "arguments": {"path": "/bin/sh", "arg": ["-c", "%s"]}}"""
                .formatted(command));
  }

  /** Some of its memory is on the other side. */
  void awaitUnderWay() {
    awaitUnderWay(this);
  }

  /** Of each some memory was seen to be on the other side; they are looked at in turn. */
  static void awaitUnderWay(Traveller... all) {
    Set<Traveller> waiting = new HashSet<>(List.of(all));
    Await.until(
        "memory is on its way",
        () -> {
          waiting.removeIf(each -> each.progress() > 0);
          return waiting.stream().map(each -> each.name).toList();
        },
        List::isEmpty);
  }

  private int progress() {
    return service().statisticsService().list().send().statistics().stream()
        .filter(statistic -> statistic.name().equals("migration.progress"))
        .map(statistic -> statistic.values().getFirst().datum().intValue())
        .findFirst()
        .orElse(0);
  }

  private List<Heartbeat> beats() {
    return pair.consoleOf(id)
        .lines()
        .filter(line -> line.matches("HEARTBEAT \\d+ up=\\S+ boot=[0-9a-f]{8}"))
        .map(line -> line.split(" "))
        .map(words -> new Heartbeat(Integer.parseInt(words[1]), words[3].substring(5)))
        .toList();
  }

  private void awaitBeats(Duration patience) {
    int before = beats().size();
    Await.until(
        "the heart of " + name + " beats", patience, () -> beats().size(), beats -> beats > before);
  }

  /** What follows is to belong to this boot. */
  void mark() {
    since = Math.max(0, beats().size() - 1);
  }

  /** The heartbeats since the mark follow each other without a gap. */
  void assertNothingLost() {
    try {
      awaitBeats(AFTER_A_MOVE);
    } catch (AssertionError silent) {
      assertThat(pair.virsh(where(), "domstate", id).strip()).isEqualTo("running");
      throw new AgainAfterEmulation.Broken(silent.getMessage());
    }
    List<Heartbeat> beats = beats();
    List<Heartbeat> recent = beats.subList(since, beats.size());
    assertThat(recent.stream().map(Heartbeat::boot).distinct()).hasSize(1);
    int first = recent.getFirst().count();
    assertThat(recent.stream().map(Heartbeat::count))
        .containsExactlyElementsOf(IntStream.range(first, first + recent.size()).boxed().toList());
  }

  /** What the engine told of it. */
  List<String> events() {
    return pair.system().eventsService().list().search("vm.name=" + name).send().events().stream()
        .map(Event::description)
        .toList();
  }
}
