package io.overt.engine.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.services.AffinityGroupService;
import io.overt.model.services.AffinityGroupsService;
import io.overt.model.services.ClusterService;
import io.overt.model.services.FiltersService;
import io.overt.model.services.HostService;
import io.overt.model.services.SchedulingPoliciesService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.AffinityGroup;
import io.overt.model.types.AffinityRule;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Filter;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.JobStatus;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.SchedulingPolicyUnit;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds over two simulated hosts, of which one runs three machines. */
@Timeout(120)
class BalancingRoundsTest {
  private static TestHosts world;
  private static BalancingRounds rounds;
  private static String one;
  private static String other;
  private static List<String> machines;

  @BeforeAll
  static void open() {
    world = TestHosts.open(2);
    rounds = world.rounds();
    one = world.addHost(0);
    other = world.addHost(1);
    long memory =
        Objects.requireNonNull(
            world.snapshot().find(Kinds.HOST, one).orElseThrow().value().memory());
    machines = Stream.of("x", "y", "z").map(name -> running(name, memory / 5 >> 20 << 20)).toList();
  }

  @AfterAll
  static void close() {
    rounds.close();
    world.close();
  }

  @BeforeEach
  void allOnOneHost() {
    cluster(new Cluster().haReservation(false));
    policy("none");
    for (String id : machines) {
      if (!host(id).equals(one)) {
        vm(id).migrate(new VmService.MigrateRequest(world.call().with("host", new Host().id(one))));
      }
    }
    settle();
    assertThat(on(one)).isEqualTo(3);
  }

  @Test
  void aPolicyThatCountsGuestsMovesOneMachineARound() {
    rounds.balance();
    assertThat(moving()).isZero();
    policy("vm_evenly_distributed", "HighVmCount", "2", "MigrationThreshold", "2");
    rounds.balance();
    assertThat(moving()).isEqualTo(1);
    settle();
    assertThat(on(other)).isEqualTo(1);
    rounds.balance();
    assertThat(moving()).isZero();
    assertThat(events()).anyMatch(text -> text.contains("Load balancing"));
  }

  @Test
  void machinesThatMustBeApartAreParted() {
    String group = group("apart", false);
    try {
      rounds.enforce();
      assertThat(moving()).isEqualTo(1);
      settle();
      assertThat(on(other)).isEqualTo(1);
      rounds.enforce();
      assertThat(moving()).isZero();
    } finally {
      world
          .service(AffinityGroupService.class, group)
          .remove(new AffinityGroupService.RemoveRequest(world.call()));
    }
  }

  @Test
  void aClusterThatCannotBearAFailureIsToldOfOnceItCan() {
    cluster(new Cluster().haReservation(true));
    act(other, false);
    rounds.checkReservation();
    assertThat(told(10300)).isEqualTo(1);
    act(other, true);
    rounds.checkReservation();
    rounds.checkReservation();
    assertThat(told(10301)).isEqualTo(1);
    assertThat(events()).anyMatch(text -> text.contains("not enough spare capacity"));
  }

  @Test
  void aPlanIsShownFirstAndThenCarriedOut() {
    String path = "clusters/" + clusterId() + "/balance";
    String preview = world.extension("GET", path);
    assertThat(preview).contains("\"moves\":[{\"vm\":", "\"to_name\":\"host1\"");
    assertThat(on(other)).isZero();
    String answer = world.extension("POST", path);
    String job = answer.replaceAll(".*\"job\":\"([^\"]+)\".*", "$1");
    world.await(
        "the job to end",
        snapshot ->
            snapshot.find(Kinds.JOB, job).orElseThrow().value().status() != JobStatus.STARTED);
    assertThat(world.snapshot().find(Kinds.JOB, job).orElseThrow().value().status())
        .isEqualTo(JobStatus.FINISHED);
    assertThat(on(other)).isEqualTo(1);
    assertThat(world.extension("GET", path)).contains("\"moves\":[]");
  }

  @Test
  void aPolicyThatAsksForPlansIsBalancedByThem() {
    String id = planned("planned");
    assertThat(world.extension("GET", "schedulingpolicies/" + id + "/selector"))
        .contains("\"balancing\":\"rules\"");
    policy("planned");
    rounds.balance();
    assertThat(moving()).isZero();
    assertThat(
            world.extension(
                "PUT",
                "schedulingpolicies/" + id + "/selector",
                Map.of("balancing", "planner", "profile", "ovirt-3.4")))
        .contains("\"balancing\":\"planner\"", "\"profile\":\"ovirt-3.4\"");
    rounds.balance();
    assertThat(moving()).isEqualTo(1);
    settle();
    assertThat(on(other)).isEqualTo(1);
    rounds.balance();
    assertThat(moving()).as("even enough, and who was moved rests").isZero();
  }

  @Test
  void anEmptiedHostIsPlanned() {
    assertThat(world.extension("GET", "hosts/" + one + "/evacuation"))
        .contains("\"unplaced\":[]", "\"to\":\"" + other + "\"");
  }

  // -- the world -----------------------------------------------------------------

  private static String running(String name, long memory) {
    Vm vm =
        new Vm()
            .name(name)
            .memory(memory)
            .highAvailability(new HighAvailability().enabled(true))
            .cluster(new Cluster().name("Default"))
            .template(new Template().name("Blank"))
            .os(new OperatingSystem().kernel("/boot/vmlinuz"));
    String id =
        Objects.requireNonNull(
                world
                    .service(VmsService.class, "vms")
                    .add(new VmsService.AddRequest(world.call().with("vm", vm)))
                    .entity())
            .requireId();
    await(id, VmStatus.DOWN);
    vm(id).start(new VmService.StartRequest(world.call()));
    await(id, VmStatus.UP);
    world.await("the start's job", snapshot -> entity(id).internal("start_job") == null);
    return id;
  }

  private static void await(String id, VmStatus status) {
    world.await(id + " to be " + status, snapshot -> entity(id).value().status() == status);
  }

  private static VmService vm(String id) {
    return world.service(VmService.class, "vms/" + id);
  }

  private static Entity<Vm> entity(String id) {
    return world.snapshot().find(Kinds.VM, id).orElseThrow();
  }

  private static String host(String id) {
    Host host = entity(id).value().host();
    return host == null ? "" : host.requireId();
  }

  private static long on(String host) {
    return machines.stream().filter(id -> host(id).equals(host)).count();
  }

  private static long moving() {
    return machines.stream().filter(id -> ClusterMachines.moving(entity(id))).count();
  }

  private static void settle() {
    world.await("machines to settle", snapshot -> moving() == 0);
  }

  private static String clusterId() {
    return world.snapshot().all(Kinds.CLUSTER).stream()
        .filter(cluster -> "Default".equals(cluster.value().name()))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static void cluster(Cluster change) {
    world
        .service(ClusterService.class, "clusters/" + clusterId())
        .update(new ClusterService.UpdateRequest(world.call().with("cluster", change)));
  }

  private static void policy(String name, String... properties) {
    String id =
        world.snapshot().all(Kinds.SCHEDULING_POLICY).stream()
            .filter(policy -> name.equals(policy.value().name()))
            .findFirst()
            .orElseThrow()
            .id();
    List<Property> values =
        java.util.stream.IntStream.range(0, properties.length / 2)
            .mapToObj(i -> new Property().name(properties[2 * i]).value(properties[2 * i + 1]))
            .toList();
    cluster(
        new Cluster()
            .schedulingPolicy(new SchedulingPolicy().id(id))
            .customSchedulingPolicyProperties(values));
  }

  /** A policy with the filter for memory and without a balancer. */
  private static String planned(String name) {
    SchedulingPolicy policy =
        Objects.requireNonNull(
            world
                .service(SchedulingPoliciesService.class, "schedulingpolicies")
                .add(
                    new SchedulingPoliciesService.AddRequest(
                        world.call().with("policy", new SchedulingPolicy().name(name))))
                .entity());
    world
        .service(FiltersService.class, "schedulingpolicies/" + policy.requireId() + "/filters")
        .add(
            new FiltersService.AddRequest(
                world
                    .call()
                    .with(
                        "filter",
                        new Filter()
                            .schedulingPolicyUnit(
                                new SchedulingPolicyUnit()
                                    .id("c9ddbb34-0e1d-4061-a8d7-b0893fa80932")))));
    return policy.requireId();
  }

  private static String group(String name, boolean positive) {
    String groups = "clusters/" + clusterId() + "/affinitygroups";
    AffinityGroup group =
        new AffinityGroup()
            .name(name)
            .vmsRule(new AffinityRule().enabled(true).positive(positive).enforcing(true))
            .vms(machines.stream().limit(2).map(id -> new Vm().id(id)).toList());
    return groups
        + "/"
        + Objects.requireNonNull(
                world
                    .service(AffinityGroupsService.class, groups)
                    .add(new AffinityGroupsService.AddRequest(world.call().with("group", group)))
                    .entity())
            .requireId();
  }

  private static void act(String host, boolean activate) {
    HostService service = world.service(HostService.class, "hosts/" + host);
    if (activate) {
      service.activate(new HostService.ActivateRequest(world.call()));
      world.awaitStatus(host, HostStatus.UP);
    } else {
      service.deactivate(new HostService.DeactivateRequest(world.call()));
      world.awaitStatus(host, HostStatus.MAINTENANCE);
    }
  }

  private static List<String> events() {
    return world.snapshot().all(Kinds.EVENT).stream()
        .map(Entity::value)
        .map(Event::description)
        .map(text -> Objects.requireNonNullElse(text, ""))
        .toList();
  }

  private static long told(long code) {
    return world.snapshot().all(Kinds.EVENT).stream()
        .map(Entity::value)
        .filter(event -> Objects.equals(event.code(), code))
        .count();
  }
}
