package io.overt.engine.vms.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.simulated.Faults.Operation;
import io.overt.agent.simulated.SimulatedHost;
import io.overt.engine.TestCall;
import io.overt.engine.TestHosts;
import io.overt.fleet.MovingMachines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.AffinityGroupsService;
import io.overt.model.services.HostService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Action;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityRule;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmAffinity;
import io.overt.model.types.VmPlacementPolicy;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Moves between simulated hosts, as the engine asks for them and takes their reports. */
@Timeout(120)
class MigrationTest {
  private static TestHosts world;
  private static List<String> hosts;

  @BeforeAll
  static void open() {
    world = TestHosts.open(3);
    hosts = IntStream.range(0, 3).mapToObj(world::addHost).toList();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static Vm machine(String name) {
    return new Vm()
        .name(name)
        .memory(128L << 20)
        .cluster(new Cluster().name("Default"))
        .template(new Template().name("Blank"))
        .os(new OperatingSystem().kernel("/boot/vmlinuz"));
  }

  private static VmService service(String id) {
    return world.service(VmService.class, "vms/" + id);
  }

  private static String add(Vm vm) {
    Vm added =
        Objects.requireNonNull(
            world
                .service(VmsService.class, "vms")
                .add(new VmsService.AddRequest(world.call().with("vm", vm)))
                .entity());
    await(added.requireId(), VmStatus.DOWN);
    return added.requireId();
  }

  private static String running(Vm vm) {
    String id = add(vm);
    service(id).start(new VmService.StartRequest(world.call()));
    await(id, VmStatus.UP);
    world.await("the start's job", snapshot -> vm(id).internal("start_job") == null);
    return id;
  }

  private static Entity<Vm> vm(String id) {
    return world.snapshot().find(Kinds.VM, id).orElseThrow();
  }

  private static String hostOf(String id) {
    Host host = vm(id).value().host();
    return host == null ? "" : host.requireId();
  }

  private static SimulatedHost simulated(String host) {
    return world.machines().host(hosts.indexOf(host));
  }

  private static void await(String id, VmStatus status) {
    world.await(id + " to be " + status, snapshot -> vm(id).value().status() == status);
  }

  private static String migrate(String id) {
    return migrate(id, world.call());
  }

  private static String migrate(String id, TestCall call) {
    Outcome<Action> outcome = service(id).migrate(new VmService.MigrateRequest(call));
    return Objects.requireNonNull(outcome.job());
  }

  private static Job job(String id) {
    return world.snapshot().find(Kinds.JOB, id).orElseThrow().value();
  }

  private static void awaitJob(String id, JobStatus status) {
    world.await("job " + id + " to end", snapshot -> job(id).status() != JobStatus.STARTED);
    assertThat(job(id).status()).isEqualTo(status);
  }

  private static List<String> events(String id) {
    return world.snapshot().all(Kinds.EVENT).stream()
        .map(Entity::value)
        .filter(event -> event.vm() != null && id.equals(event.vm().id()))
        .map(Event::description)
        .toList();
  }

  private static long copies(String id) {
    return world.machines().hosts().stream()
        .filter(host -> host.hypervisor().find(UUID.fromString(id)).isPresent())
        .count();
  }

  private static void refused(String id, TestCall call, String reason) {
    assertThatThrownBy(() -> migrate(id, call))
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.detail()).contains(reason));
  }

  @Test
  void aMachineMovesToTheHostThatSchedulingChooses() {
    String id = running(machine("mover"));
    String from = hostOf(id);

    String job = migrate(id);
    assertThat(job(job).description()).isEqualTo("Migrating VM mover");
    assertThat(vm(id).value().status()).isEqualTo(VmStatus.MIGRATING);
    awaitJob(job, JobStatus.FINISHED);

    assertThat(hostOf(id)).isNotEqualTo(from).isNotEmpty();
    assertThat(vm(id).value().status()).isEqualTo(VmStatus.UP);
    assertThat(vm(id).internals()).doesNotContainKeys("migration_job", "migrating_to");
    assertThat(simulated(hostOf(id)).hypervisor().find(UUID.fromString(id))).isPresent();
    assertThat(copies(id)).isEqualTo(1);
    assertThat(events(id))
        .anyMatch(text -> text.contains("migrating from"))
        // A host that has forgotten the machine by the time it is asked cannot tell.
        .anyMatch(text -> text.matches(".*moved from .* downtime (50ms|\\(N/A\\))\\)\\."));
  }

  @Test
  void aMachineMovesToTheHostThatTheUserNames() {
    String id = running(machine("named"));
    String to = hosts.stream().filter(host -> !host.equals(hostOf(id))).toList().getLast();
    awaitJob(migrate(id, world.call().with("host", new Host().id(to))), JobStatus.FINISHED);
    assertThat(hostOf(id)).isEqualTo(to);
    refused(id, world.call().with("host", new Host().id(to)), "already");
  }

  @Test
  void aMoveThatFailsIsTriedWithAnotherHost() {
    String id = running(machine("twice"));
    String from = hostOf(id);
    simulated(from).hypervisor().faults().failNext(Operation.MIGRATE, "the line is dead");
    awaitJob(migrate(id), JobStatus.FINISHED);
    assertThat(hostOf(id)).isNotEqualTo(from);
    assertThat(copies(id)).isEqualTo(1);
    assertThat(events(id)).anyMatch(text -> text.contains("the line is dead"));
  }

  @Test
  void aMoveThatFailsEverywhereLeavesTheMachineUp() {
    String id = running(machine("stuck"));
    String from = hostOf(id);
    simulated(from)
        .hypervisor()
        .faults()
        .fail(Operation.MIGRATE, "no way", 5, domain -> domain.toString().equals(id));
    String job = migrate(id);
    awaitJob(job, JobStatus.FAILED);
    simulated(from).hypervisor().faults().clear();
    assertThat(hostOf(id)).isEqualTo(from);
    assertThat(vm(id).value().status()).isEqualTo(VmStatus.UP);
    assertThat(vm(id).internals()).doesNotContainKeys("migration_job", "migrating_to");
    assertThat(world.snapshot().find(Kinds.JOB, job).orElseThrow().internal("fault"))
        .contains("no way");
    assertThat(copies(id)).isEqualTo(1);
  }

  @Test
  void aCancelledMoveLeavesTheMachineUp() {
    String id = running(machine("cancelled"));
    String from = hostOf(id);
    String job = migrate(id);
    service(id).cancelMigration(new VmService.CancelMigrationRequest(world.call()));
    awaitJob(job, JobStatus.FAILED);
    assertThat(hostOf(id)).isEqualTo(from);
    assertThat(vm(id).value().status()).isEqualTo(VmStatus.UP);
    assertThat(copies(id)).isEqualTo(1);
    assertThat(events(id)).anyMatch(text -> text.contains("cancelled by"));
    assertThatThrownBy(
            () -> service(id).cancelMigration(new VmService.CancelMigrationRequest(world.call())))
        .isInstanceOf(ApiFault.class);
  }

  @Test
  void whatMayNotMoveIsRefused() {
    String down = add(machine("down"));
    refused(down, world.call(), "down, not up");

    String pinned =
        running(
            machine("pinned")
                .placementPolicy(
                    new VmPlacementPolicy()
                        .affinity(VmAffinity.PINNED)
                        .hosts(List.of(new Host().id(hosts.getFirst())))));
    refused(pinned, world.call(), "pinned to its host");

    String manual =
        running(
            machine("manual")
                .placementPolicy(new VmPlacementPolicy().affinity(VmAffinity.USER_MIGRATABLE)));
    refused(manual, world.call(), "not forced");
    awaitJob(migrate(manual, world.call().with("force", true)), JobStatus.FINISHED);
  }

  /** Whom one must be with, and whom that one must be with in turn. */
  @Test
  void thoseThatMustBeTogetherMoveTogether() {
    String from = hosts.getFirst();
    List<String> all =
        Stream.of("alpha", "beta", "gamma", "apart").map(name -> runningOn(name, from)).toList();
    group("one", true, all.get(0), all.get(1));
    group("two", true, all.get(1), all.get(2));
    group("loose", false, all.get(0), all.get(3));

    awaitJob(
        migrate(all.getFirst(), world.call().with("migrate_vms_in_affinity_closure", true)),
        JobStatus.FINISHED);
    world.await(
        "the others' jobs",
        snapshot -> all.stream().allMatch(id -> vm(id).internal(MovingMachines.JOB) == null));
    String to = hostOf(all.getFirst());
    assertThat(to).isNotEqualTo(from);
    assertThat(all.stream().map(MigrationTest::hostOf)).containsExactly(to, to, to, from);
    all.forEach(id -> assertThat(copies(id)).isEqualTo(1));
  }

  private static String runningOn(String name, String host) {
    String id = running(machine(name));
    if (!hostOf(id).equals(host)) {
      awaitJob(migrate(id, world.call().with("host", new Host().id(host))), JobStatus.FINISHED);
    }
    return id;
  }

  private static void group(String name, boolean enforcing, String... vms) {
    String cluster = vm(vms[0]).value().cluster().requireId();
    world
        .service(AffinityGroupsService.class, "clusters/" + cluster + "/affinitygroups")
        .add(
            new AffinityGroupsService.AddRequest(
                world
                    .call()
                    .with(
                        "group",
                        new AffinityGroup()
                            .name(name)
                            .vmsRule(
                                new AffinityRule()
                                    .enabled(true)
                                    .positive(true)
                                    .enforcing(enforcing))
                            .vms(Stream.of(vms).map(id -> new Vm().id(id)).toList()))));
  }

  private static void act(String host, boolean activate) {
    HostService service = world.service(HostService.class, "hosts/" + host);
    if (activate) {
      service.activate(new HostService.ActivateRequest(world.call()));
    } else {
      service.deactivate(new HostService.DeactivateRequest(world.call()));
    }
  }

  @Test
  void aHostIsLeftByItsMachinesBeforeItGoesToMaintenance() {
    String first = running(machine("tenant1"));
    String second = running(machine("tenant2"));
    String host = hostOf(first);
    emptyOf(host, first, second);

    act(host, false);
    world.awaitStatus(host, HostStatus.MAINTENANCE);
    for (String id : List.of(first, second)) {
      await(id, VmStatus.UP);
      assertThat(hostOf(id)).isNotEqualTo(host);
      assertThat(copies(id)).isEqualTo(1);
    }
    assertThat(events(first)).anyMatch(text -> text.contains("Host preparing for maintenance"));

    act(host, true);
    world.awaitStatus(host, HostStatus.UP);
  }

  /** None could leave before the others, were each placed for itself. */
  @Test
  void aHostIsLeftByThoseThatMustBeTogetherToOneHost() {
    String host = hosts.getFirst();
    List<String> pair = Stream.of("left", "right").map(name -> runningOn(name, host)).toList();
    group("pair", true, pair.get(0), pair.get(1));
    emptyOf(host, pair.get(0), pair.get(1));

    act(host, false);
    world.awaitStatus(host, HostStatus.MAINTENANCE);
    pair.forEach(id -> await(id, VmStatus.UP));
    assertThat(hostOf(pair.get(0))).isNotEqualTo(host).isEqualTo(hostOf(pair.get(1)));

    act(host, true);
    world.awaitStatus(host, HostStatus.UP);
  }

  @Test
  void aHostThatIsActivatedAgainIsNotLeft() {
    String id = running(machine("settled"));
    String host = hostOf(id);
    emptyOf(host, id);
    simulated(host)
        .hypervisor()
        .faults()
        .fail(Operation.MIGRATE, "no way", 50, domain -> domain.toString().equals(id));

    act(host, false);
    world.awaitStatus(host, HostStatus.PREPARING_FOR_MAINTENANCE);
    world.await(
        "failed moves", snapshot -> events(id).stream().anyMatch(t -> t.contains("no way")));
    act(host, true);
    world.awaitStatus(host, HostStatus.UP);
    world.await(
        "the last move has failed",
        snapshot ->
            snapshot
                .find(Kinds.VM, id)
                .filter(vm -> vm.internal(MovingMachines.JOB) == null)
                .isPresent());
    simulated(host).hypervisor().faults().clear();
    await(id, VmStatus.UP);
    assertThat(hostOf(id)).isEqualTo(host);
    assertThatThrownBy(() -> act(host, true)).isInstanceOf(ApiFault.class);
  }

  /** Whatever other tests left there is stopped. */
  private static void emptyOf(String host, String... except) {
    for (Entity<Vm> vm : world.snapshot().referrers(Kinds.VM, "host", host)) {
      if (!List.of(except).contains(vm.id())) {
        service(vm.id()).stop(new VmService.StopRequest(world.call()));
      }
    }
  }
}
