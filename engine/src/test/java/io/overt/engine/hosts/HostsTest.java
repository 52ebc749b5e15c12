package io.overt.engine.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.HostHooksService;
import io.overt.model.services.HostNicsService;
import io.overt.model.services.HostService;
import io.overt.model.services.HostsService;
import io.overt.model.services.StatisticsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Event;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.Spm;
import io.overt.model.types.Statistic;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HostsTest {
  private static final String NOBODY = "11111111-2222-3333-4444-555555555555";
  private static TestHosts world;

  @BeforeAll
  static void open() {
    world = TestHosts.open(4);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static Host add(Host host) {
    return Objects.requireNonNull(
        world
            .service(HostsService.class, "hosts")
            .add(new HostsService.AddRequest(world.call().with("host", host)))
            .entity());
  }

  private static HostService host(String id) {
    return world.service(HostService.class, "hosts/" + id);
  }

  private static Host get(String id) {
    return host(id).get(new HostService.GetRequest(world.call()));
  }

  private static void refuses(Host host, ApiFault.Category category, String reason) {
    assertThatThrownBy(() -> add(host))
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> {
              assertThat(fault.category()).isEqualTo(category);
              assertThat(fault.reason()).isEqualTo(reason);
            });
  }

  @Test
  void aHostWhoseAgentAnswersComesUpWithWhatItSaysOfItself() {
    Host added = add(world.description(0));
    assertThat(added.status()).isEqualTo(HostStatus.UNASSIGNED);
    assertThat(added.rootPassword()).isNull();
    assertThat(Objects.requireNonNull(added.certificate()).subject()).contains("127.0.0.1");
    String id = added.requireId();
    world.awaitStatus(id, HostStatus.UP);
    Host up = get(id);
    assertThat(up.memory()).isPositive();
    assertThat(up.maxSchedulingMemory()).isPositive();
    assertThat(Objects.requireNonNull(up.summary()).total()).isZero();
    assertThat(Objects.requireNonNull(Objects.requireNonNull(up.cpu()).topology()).sockets())
        .isPositive();
    List<Statistic> statistics =
        world
            .service(StatisticsService.class, "hosts/" + id + "/statistics")
            .list(new StatisticsService.ListRequest(world.call()));
    assertThat(statistics)
        .extracting(Statistic::name)
        .contains("memory.total", "cpu.current.idle", "boot.time", "ksm.cpu.current");
    assertThat(
            world
                .service(HostNicsService.class, "hosts/" + id + "/nics")
                .list(new HostNicsService.ListRequest(world.call())))
        .allSatisfy(nic -> assertThat(nic.mac()).isNotNull());
    assertThat(world.snapshot().all(Kinds.EVENT).stream().map(Entity::value).map(Event::code))
        .contains(42L, 13L);
  }

  @Test
  void whereNoAgentAnswersNothingIsRegistered() {
    Host nowhere = world.description(1).name("nowhere").port(1L);
    refuses(nowhere, ApiFault.Category.CONFLICT, "Operation Failed");
    assertThat(world.snapshot().byName(Kinds.HOST, "", "nowhere")).isEmpty();
  }

  @Test
  void badDescriptionsAreRefusedBeforeAnybodyIsAsked() {
    refuses(new Host(), ApiFault.Category.BAD_PARAMETER, "Incomplete parameters");
    refuses(
        world.description(1).address("not a host!"),
        ApiFault.Category.BAD_PARAMETER,
        "Operation Failed");
    refuses(
        world.description(1).name("tr ho!"), ApiFault.Category.BAD_PARAMETER, "Operation Failed");
    refuses(
        world.description(1).spm(new Spm().priority(1000L)),
        ApiFault.Category.BAD_PARAMETER,
        "Operation Failed");
    refuses(
        world.description(1).rootPassword(null),
        ApiFault.Category.BAD_PARAMETER,
        "Operation Failed");
    refuses(
        world.description(1).cluster(new Cluster().name("nosuch")),
        ApiFault.Category.NOT_FOUND,
        "Operation Failed");
  }

  @Test
  void aHostGoesToMaintenanceAndBack() {
    String id = world.addHost(1);
    assertThatThrownBy(() -> host(id).remove(new HostService.RemoveRequest(world.call())))
        .isInstanceOf(ApiFault.class);
    refuses(world.description(1), ApiFault.Category.CONFLICT, "Operation Failed");
    host(id).deactivate(new HostService.DeactivateRequest(world.call()));
    assertThat(get(id).status()).isEqualTo(HostStatus.MAINTENANCE);
    assertThatThrownBy(() -> host(id).deactivate(new HostService.DeactivateRequest(world.call())))
        .isInstanceOf(ApiFault.class);
    host(id).activate(new HostService.ActivateRequest(world.call()));
    world.awaitStatus(id, HostStatus.UP);
    Host renamed =
        Objects.requireNonNull(
            host(id)
                .update(
                    new HostService.UpdateRequest(
                        world.call().with("host", new Host().name("renamed").comment("x"))))
                .entity());
    assertThat(renamed.name()).isEqualTo("renamed");
    assertThatThrownBy(
            () ->
                host(id)
                    .update(
                        new HostService.UpdateRequest(
                            world.call().with("host", new Host().address("10.0.0.1")))))
        .isInstanceOf(ApiFault.class);
    host(id).deactivate(new HostService.DeactivateRequest(world.call()));
    host(id).remove(new HostService.RemoveRequest(world.call()));
    assertThat(world.snapshot().find(Kinds.HOST, id)).isEmpty();
  }

  @Test
  void aLostAgentIsFoundAgain() {
    String id = world.addHost(2);
    int port = world.machines().host(2).port();
    world.machines().host(2).stopAgent();
    world.awaitStatus(id, HostStatus.CONNECTING);
    world.awaitStatus(id, HostStatus.NON_RESPONSIVE);
    world.machines().host(2).startAgent();
    // Simulated machines get any free port; the host moves along.
    host(id)
        .update(
            new HostService.UpdateRequest(
                world
                    .call()
                    .with("host", new Host().port((long) world.machines().host(2).port()))));
    world.awaitStatus(id, HostStatus.UP);
    assertThat(port).isPositive();
  }

  @Test
  void withoutActivationItStaysInMaintenance() {
    Host added =
        Objects.requireNonNull(
            world
                .service(HostsService.class, "hosts")
                .add(
                    new HostsService.AddRequest(
                        world
                            .call()
                            .with("host", world.description(3))
                            .with("activate", Boolean.FALSE)))
                .entity());
    assertThat(added.status()).isEqualTo(HostStatus.MAINTENANCE);
  }

  @Test
  void hostsThatDoNotExistAnswerAsRecorded() {
    assertThatThrownBy(() -> get(NOBODY))
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> assertThat(fault.category()).isEqualTo(ApiFault.Category.NOT_FOUND));
    assertThatThrownBy(() -> host(NOBODY).activate(new HostService.ActivateRequest(world.call())))
        .isInstanceOfSatisfying(
            ApiFault.class,
            fault -> assertThat(fault.category()).isEqualTo(ApiFault.Category.BAD_PARAMETER));
    assertThat(
            world
                .service(HostHooksService.class, "hosts/" + NOBODY + "/hooks")
                .list(new HostHooksService.ListRequest(world.call())))
        .isEmpty();
    assertThatThrownBy(
            () ->
                world
                    .service(HostNicsService.class, "hosts/" + NOBODY + "/nics")
                    .list(new HostNicsService.ListRequest(world.call())))
        .isInstanceOf(ApiFault.class);
  }
}
