package io.overt.engine.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.simulated.SimulatedPower;
import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.ClusterService;
import io.overt.model.services.FenceAgentsService;
import io.overt.model.services.HostService;
import io.overt.model.types.Action;
import io.overt.model.types.Agent;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.JobStatus;
import io.overt.model.types.PowerManagement;
import io.overt.model.types.PowerManagementStatus;
import io.overt.model.types.Property;
import io.overt.model.types.SchedulingPolicy;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three empty simulated hosts that are plugged into one device; the first tells of the others. */
@Timeout(120)
class PowerSavingTest {
  private static TestHosts world;
  private static BalancingRounds rounds;
  private static List<String> hosts;

  @BeforeAll
  static void open() {
    world = TestHosts.open(3);
    rounds = world.rounds();
    hosts = IntStream.range(0, 3).mapToObj(world::addHost).toList();
    for (int outlet = 0; outlet < 3; outlet++) {
      plugIn(hosts.get(outlet), outlet, SimulatedPower.PASSWORD);
      // The first stays, as somebody has to speak to the device.
      manage(hosts.get(outlet), new PowerManagement().enabled(true).automaticPmEnabled(outlet > 0));
    }
  }

  @AfterAll
  static void close() {
    rounds.close();
    world.close();
  }

  @BeforeEach
  void nothingIsSaved() {
    reserve(3, false);
  }

  @Test
  void hostsThatAreNotNeededSleepAndAreWoken() {
    reserve(1, true);
    rounds.balance();
    rounds.balance();
    assertThat(in(HostStatus.MAINTENANCE)).as("one a round, the last stays").hasSize(2);
    rounds.balance();
    world.await("a host to be down", snapshot -> in(HostStatus.DOWN).size() == 1);
    rounds.balance();
    world.await("both to be down", snapshot -> in(HostStatus.DOWN).size() == 2);
    assertThat(world.machines().hosts().stream().filter(host -> host.running())).hasSize(1);
    rounds.balance();
    assertThat(in(HostStatus.DOWN)).hasSize(2);
    reserve(3, true);
    rounds.balance();
    world.await("one to be up again", snapshot -> in(HostStatus.UP).size() == 2);
    rounds.balance();
    world.await("all to be up again", snapshot -> in(HostStatus.UP).size() == 3);
    rounds.balance();
    assertThat(in(HostStatus.UP)).hasSize(3);
    assertThat(told(10_250)).isEqualTo(2);
    assertThat(told(10_251)).isEqualTo(2);
    assertThat(told(10_252)).isEqualTo(2);
  }

  @Test
  void aHostThatAUserSwitchedOffIsNotWoken() {
    String host = hosts.get(2);
    assertThatThrownBy(() -> fence(host, "stop"))
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.detail()).contains("maintenance first"));
    service(host).deactivate(new HostService.DeactivateRequest(world.call()));
    assertThat(power(host)).isEqualTo(PowerManagementStatus.ON);
    finished(fence(host, "stop"));
    world.awaitStatus(host, HostStatus.DOWN);
    assertThat(power(host)).isEqualTo(PowerManagementStatus.OFF);
    reserve(3, true);
    rounds.balance();
    assertThat(in(HostStatus.DOWN)).containsExactly(host);
    finished(fence(host, "start"));
    world.awaitStatus(host, HostStatus.UP);
    service(host).deactivate(new HostService.DeactivateRequest(world.call()));
    finished(fence(host, "restart"));
    assertThat(in(HostStatus.MAINTENANCE)).as("where it was before").containsExactly(host);
    service(host).activate(new HostService.ActivateRequest(world.call()));
    world.awaitStatus(host, HostStatus.UP);
  }

  @Test
  void aDeviceThatRefusesLeavesTheHostWhereItWas() {
    String host = hosts.get(1);
    String agents = "hosts/" + host + "/fenceagents";
    for (Entity<Agent> agent : world.snapshot().owned(Kinds.AGENT, Kinds.HOST.key(host))) {
      remove(agents, agent.id());
    }
    service(host).deactivate(new HostService.DeactivateRequest(world.call()));
    assertThatThrownBy(() -> fence(host, "stop"))
        .isInstanceOfSatisfying(
            ApiFault.class, fault -> assertThat(fault.detail()).contains("no fence agent"));
    Agent wrong = plugIn(host, 1, "wrong");
    assertThat(wrong.password()).isNull();
    String job = fence(host, "stop");
    ended(job, JobStatus.FAILED);
    assertThat(in(HostStatus.MAINTENANCE)).containsExactly(host);
    remove(agents, wrong.requireId());
    plugIn(host, 1, SimulatedPower.PASSWORD);
    service(host).activate(new HostService.ActivateRequest(world.call()));
    world.awaitStatus(host, HostStatus.UP);
  }

  // -- the world -----------------------------------------------------------------

  private static Agent plugIn(String host, int outlet, String password) {
    Agent agent =
        new Agent()
            .type_(SimulatedPower.KIND)
            .address("192.0.2.1")
            .username("admin")
            .password(password)
            .port((long) outlet)
            .order(1L);
    return Objects.requireNonNull(
        world
            .service(FenceAgentsService.class, "hosts/" + host + "/fenceagents")
            .add(new FenceAgentsService.AddRequest(world.call().with("agent", agent)))
            .entity());
  }

  private static void remove(String agents, String id) {
    world
        .service(FenceAgentsService.class, agents)
        .agent(id)
        .remove(new io.overt.model.services.FenceAgentService.RemoveRequest(world.call()));
  }

  private static void manage(String host, PowerManagement power) {
    service(host)
        .update(
            new HostService.UpdateRequest(
                world.call().with("host", new Host().powerManagement(power))));
  }

  private static HostService service(String host) {
    return world.service(HostService.class, "hosts/" + host);
  }

  private static String fence(String host, String type) {
    return Objects.requireNonNull(act(host, type).job());
  }

  private static Outcome<Action> act(String host, String type) {
    return service(host).fence(new HostService.FenceRequest(world.call().with("fence_type", type)));
  }

  private static PowerManagementStatus power(String host) {
    Action action = Objects.requireNonNull(act(host, "status").entity());
    return Objects.requireNonNull(Objects.requireNonNull(action.powerManagement()).status());
  }

  private static void finished(String job) {
    ended(job, JobStatus.FINISHED);
  }

  private static void ended(String job, JobStatus status) {
    world.await(
        "job to be " + status,
        snapshot -> snapshot.find(Kinds.JOB, job).orElseThrow().value().status() == status);
  }

  private static List<String> in(HostStatus status) {
    return hosts.stream()
        .filter(
            id -> world.snapshot().find(Kinds.HOST, id).orElseThrow().value().status() == status)
        .toList();
  }

  private static void reserve(int count, boolean automatic) {
    Entity<Cluster> cluster = world.snapshot().byName(Kinds.CLUSTER, "", "Default").orElseThrow();
    String policy =
        world.snapshot().all(Kinds.SCHEDULING_POLICY).stream()
            .filter(each -> "power_saving".equals(each.value().name()))
            .findFirst()
            .orElseThrow()
            .id();
    Cluster change =
        new Cluster()
            .schedulingPolicy(new SchedulingPolicy().id(policy))
            .customSchedulingPolicyProperties(
                List.of(
                    new Property().name("HostsInReserve").value(Integer.toString(count)),
                    new Property()
                        .name("EnableAutomaticHostPowerManagement")
                        .value(Boolean.toString(automatic))));
    world
        .service(ClusterService.class, "clusters/" + cluster.id())
        .update(new ClusterService.UpdateRequest(world.call().with("cluster", change)));
  }

  private static long told(long code) {
    return world.snapshot().all(Kinds.EVENT).stream()
        .filter(event -> Objects.equals(event.value().code(), code))
        .count();
  }
}
