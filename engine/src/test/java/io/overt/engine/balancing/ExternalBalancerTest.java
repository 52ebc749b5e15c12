package io.overt.engine.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.services.BalancesService;
import io.overt.model.services.ClusterService;
import io.overt.model.services.FiltersService;
import io.overt.model.services.SchedulingPoliciesService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Balance;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Filter;
import io.overt.model.types.Host;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.scheduling.external.UnitMetrics;
import io.overt.units.PythonUnits;
import io.overt.units.UnitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds over two simulated hosts, whose policy has its balancer and its filter from a file. */
@Timeout(120)
class ExternalBalancerTest {
  private static final String UNITS =
      """
      class moves_away:
          properties_validation = 'machine=.*;from=.*'

          def do_balance(self, hosts_ids, args_map):
              hosts = [host for host in hosts_ids if host != args_map.get('from')]
              print((args_map['machine'], hosts))


      class not_on:
          properties_validation = 'from=.*'

          def do_filter(self, hosts_ids, vm_id, args_map):
              print([host for host in hosts_ids if host != args_map.get('from')])
      """;

  private static Path directory;
  private static PythonUnits units;
  private static TestHosts world;
  private static BalancingRounds rounds;
  private static String one;
  private static String other;
  private static String machine;

  @BeforeAll
  static void open() throws IOException {
    directory =
        Files.createTempDirectory(
            Path.of("/tmp"),
            "overt-balancer-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(directory.resolve("units.py"), UNITS);
    units = PythonUnits.open(UnitSettings.of(directory));
    world = TestHosts.open(2, units);
    rounds = world.roundsOfLeader();
    one = world.addHost(0);
    other = world.addHost(1);
    world.await(
        "the units", snapshot -> unit("moves_away").isPresent() && unit("not_on").isPresent());
    policy();
    machine = machine();
    use("machine", machine);
    start();
  }

  @AfterAll
  static void close() throws IOException {
    rounds.close();
    world.close();
    units.close();
    Files.delete(directory.resolve("units.py"));
    Files.delete(directory);
  }

  @BeforeEach
  void onTheFirstHost() {
    use("machine", machine);
    if (!host().equals(one)) {
      vm().migrate(new VmService.MigrateRequest(world.call().with("host", new Host().id(one))));
      settle();
    }
    assertThat(host()).isEqualTo(one);
  }

  @Test
  void whatABalancerFromAFileWantsIsDone() {
    use("machine", machine, "from", one);
    rounds.balance();
    settle();
    assertThat(host()).isEqualTo(other);
    assertThat(events()).anyMatch(text -> text.contains("Load balancing"));
    long calls = calls("moves_away");
    rounds.balance();
    assertThat(calls("moves_away")).isEqualTo(calls + 1);
    assertThat(moving()).as("it is where it shall be").isFalse();
  }

  @Test
  void aBalancerThatNamesNoMachineOfTheClusterMovesNone() {
    use("machine", "00000000-0000-0000-0000-000000000000", "from", one);
    rounds.balance();
    use("from", one);
    rounds.balance();
    assertThat(moving()).isFalse();
    world.await(
        "the event about the balancer's KeyError",
        snapshot -> events().stream().anyMatch(text -> text.contains("moves_away")));
  }

  @Test
  void oneOfSeveralEnginesLeadsTheRoundUntilItIsGone() {
    use("machine", machine, "from", one);
    long calls = calls("moves_away");
    // By id it comes before "test", which this engine is called.
    try (TestHosts.Neighbour first = world.neighbour("first");
        BalancingRounds firsts = first.rounds()) {
      rounds.balance();
      assertThat(calls("moves_away")).as("the first by id leads").isEqualTo(calls);
      assertThat(host()).isEqualTo(one);
      firsts.balance();
      assertThat(calls("moves_away")).isEqualTo(calls + 1);
      settle();
      assertThat(host()).isEqualTo(other);
    }
    rounds.balance();
    assertThat(calls("moves_away")).isEqualTo(calls + 2);
  }

  @Test
  void aStartAsksAFilterOnce() {
    vm().stop(new VmService.StopRequest(world.call()));
    await(VmStatus.DOWN);
    use("machine", machine, "from", other);
    long calls = calls("not_on");
    start();
    assertThat(calls("not_on")).isEqualTo(calls + 1);
    assertThat(host()).isEqualTo(one);
  }

  // -- the world -----------------------------------------------------------------

  private static Optional<String> unit(String name) {
    return world.snapshot().all(Kinds.SCHEDULING_POLICY_UNIT).stream()
        .filter(unit -> name.equals(unit.value().name()))
        .map(Entity<SchedulingPolicyUnit>::id)
        .findFirst();
  }

  private static void policy() {
    SchedulingPolicy policy =
        Objects.requireNonNull(
            world
                .service(SchedulingPoliciesService.class, "schedulingpolicies")
                .add(
                    new SchedulingPoliciesService.AddRequest(
                        world.call().with("policy", new SchedulingPolicy().name("from-a-file"))))
                .entity());
    String path = "schedulingpolicies/" + policy.requireId();
    world
        .service(BalancesService.class, path + "/balances")
        .add(
            new BalancesService.AddRequest(
                world
                    .call()
                    .with("balance", new Balance().schedulingPolicyUnit(used("moves_away")))));
    world
        .service(FiltersService.class, path + "/filters")
        .add(
            new FiltersService.AddRequest(
                world.call().with("filter", new Filter().schedulingPolicyUnit(used("not_on")))));
    cluster(new Cluster().schedulingPolicy(new SchedulingPolicy().id(policy.requireId())));
  }

  private static SchedulingPolicyUnit used(String name) {
    return new SchedulingPolicyUnit().id(unit(name).orElseThrow());
  }

  private static void use(String... properties) {
    List<Property> values =
        java.util.stream.IntStream.range(0, properties.length / 2)
            .mapToObj(i -> new Property().name(properties[2 * i]).value(properties[2 * i + 1]))
            .toList();
    cluster(new Cluster().customSchedulingPolicyProperties(values));
  }

  private static void cluster(Cluster change) {
    String id =
        world.snapshot().all(Kinds.CLUSTER).stream()
            .filter(cluster -> "Default".equals(cluster.value().name()))
            .findFirst()
            .orElseThrow()
            .id();
    world
        .service(ClusterService.class, "clusters/" + id)
        .update(new ClusterService.UpdateRequest(world.call().with("cluster", change)));
  }

  private static String machine() {
    Vm vm =
        new Vm()
            .name("traveller")
            .memory(256L << 20)
            .cluster(new Cluster().name("Default"))
            .template(new Template().name("Blank"))
            .os(new OperatingSystem().kernel("/boot/vmlinuz"));
    return Objects.requireNonNull(
            world
                .service(VmsService.class, "vms")
                .add(new VmsService.AddRequest(world.call().with("vm", vm)))
                .entity())
        .requireId();
  }

  private static void start() {
    await(VmStatus.DOWN);
    vm().start(new VmService.StartRequest(world.call()));
    await(VmStatus.UP);
    world.await("the start's job", snapshot -> entity().internal("start_job") == null);
  }

  private static void await(VmStatus status) {
    world.await("the machine to be " + status, snapshot -> entity().value().status() == status);
  }

  private static VmService vm() {
    return world.service(VmService.class, "vms/" + machine);
  }

  private static Entity<Vm> entity() {
    return world.snapshot().find(Kinds.VM, machine).orElseThrow();
  }

  private static String host() {
    Host host = entity().value().host();
    return host == null ? "" : host.requireId();
  }

  private static boolean moving() {
    return ClusterMachines.moving(entity());
  }

  private static void settle() {
    world.await("the machine to settle", snapshot -> !moving());
  }

  private static long calls(String unit) {
    return units.metrics().stream()
        .filter(each -> each.unit().equals(unit))
        .mapToLong(UnitMetrics::calls)
        .sum();
  }

  private static List<String> events() {
    return world.snapshot().all(Kinds.EVENT).stream()
        .map(Entity::value)
        .map(Event::description)
        .map(text -> Objects.requireNonNullElse(text, ""))
        .toList();
  }
}
