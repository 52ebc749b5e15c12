package io.overt.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestEngine;
import io.overt.fleet.MovingMachines;
import io.overt.fleet.Reports;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.model.types.SchedulingPolicy;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.scheduling.Placement;
import io.overt.scheduling.Request;
import io.overt.scheduling.unit.Settings;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each test has a cluster of its own with two hosts that have room for one large machine each. */
@Timeout(60)
class PlacementsTest {
  private static final long GIB = 1L << 30;
  private static TestEngine engine;

  private final String cluster = UUID.randomUUID().toString();
  private final String one = UUID.randomUUID().toString();
  private final String two = UUID.randomUUID().toString();
  private final Placements placements = placements();

  @BeforeAll
  static void open() {
    engine = TestEngine.open();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  PlacementsTest() {
    engine
        .inventory()
        .change(
            transaction -> {
              transaction.insert(
                  Kinds.CLUSTER, new Cluster().id(cluster).name("cluster-" + cluster));
              transaction.insert(Kinds.HOST, host(one));
              transaction.insert(Kinds.HOST, host(two));
            });
  }

  private static Placements placements() {
    return new Placements(
        engine::inventory, Reports::new, engine.platform().clock(), Settings.DEFAULT, Outside.NONE);
  }

  private Host host(String id) {
    return new Host()
        .id(id)
        .name("host-" + id)
        .status(HostStatus.UP)
        .memory(10 * GIB)
        .cpu(new Cpu().topology(new CpuTopology().sockets(1L).cores(4L).threads(1L)))
        .cluster(new Cluster().id(cluster));
  }

  private Entity<Vm> machine(VmStatus status, @Nullable String host, Map<String, String> more) {
    String id = UUID.randomUUID().toString();
    return engine
        .inventory()
        .write(
            transaction ->
                transaction.insert(
                    Kinds.VM,
                    new Vm()
                        .id(id)
                        .name("vm-" + id)
                        .status(status)
                        .memory(6 * GIB)
                        .cluster(new Cluster().id(cluster))
                        .host(host == null ? null : new Host().id(host)),
                    null,
                    more));
  }

  private Entity<Vm> idle() {
    return machine(VmStatus.DOWN, null, Map.of());
  }

  private Request request(Entity<Vm> vm) {
    return Request.of(
        new MachineReader(engine.inventory().snapshot(), KnownHosts.NONE)
            .read(vm, null, MachineReader.Connections.NONE),
        engine.platform().clock().millis());
  }

  private Placement find(Placements asked, Entity<Vm> vm) {
    return asked.find(engine.inventory().snapshot(), cluster, request(vm));
  }

  private static String hostOf(Placement placement) {
    assertThat(placement).isInstanceOf(Placement.Chosen.class);
    return ((Placement.Chosen) placement).hostId();
  }

  @Test
  void whatIsClaimedCountsBeforeItIsCommitted() {
    Entity<Vm> first = idle();
    Entity<Vm> second = idle();
    Entity<Vm> third = idle();
    Snapshot snapshot = engine.inventory().snapshot();
    placements.claiming(
        claims -> {
          String taken = hostOf(claims.place(snapshot, cluster, request(first)));
          return placements.claiming(
              others -> {
                String other = hostOf(others.place(snapshot, cluster, request(second)));
                assertThat(other).isNotEqualTo(taken);
                assertThat(find(placements, third))
                    .isInstanceOfSatisfying(
                        Placement.Refused.class,
                        refused ->
                            assertThat(refused.explanation())
                                .contains("Memory removed 2 hosts", "host host-" + one));
                return other;
              });
        });
  }

  @Test
  void whatAFailedWriteClaimedIsGivenBack() {
    Entity<Vm> first = idle();
    Entity<Vm> second = idle();
    Snapshot snapshot = engine.inventory().snapshot();
    Request only = request(first).onlyOn(Set.of(one));
    assertThatThrownBy(
            () ->
                placements.claiming(
                    claims -> {
                      hostOf(claims.place(snapshot, cluster, only));
                      throw new IllegalStateException("the database is away");
                    }))
        .hasMessage("the database is away");
    assertThat(hostOf(placements.find(snapshot, cluster, request(second).onlyOn(Set.of(one)))))
        .isEqualTo(one);
  }

  @Test
  void aCommittedClaimStaysUntilTheMachineIsDown() {
    Entity<Vm> first = idle();
    Entity<Vm> second = idle();
    String host =
        placements.claiming(
            claims ->
                engine
                    .inventory()
                    .write(
                        transaction -> {
                          String chosen =
                              hostOf(claims.place(transaction.snapshot(), cluster, request(first)));
                          Entity<Vm> now = transaction.find(Kinds.VM, first.id()).orElseThrow();
                          transaction.update(
                              now,
                              now.value()
                                  .copy()
                                  .status(VmStatus.WAIT_FOR_LAUNCH)
                                  .host(new Host().id(chosen)));
                          return chosen;
                        }));
    Request there = request(second).onlyOn(Set.of(host));
    assertThat(placements.find(engine.inventory().snapshot(), cluster, there))
        .isInstanceOf(Placement.Refused.class);
    set(first.id(), VmStatus.UP, host);
    assertThat(placements.find(engine.inventory().snapshot(), cluster, there))
        .isInstanceOf(Placement.Refused.class);
    set(first.id(), VmStatus.DOWN, null);
    assertThat(hostOf(placements.find(engine.inventory().snapshot(), cluster, there)))
        .isEqualTo(host);
  }

  private static void set(String vm, VmStatus status, @Nullable String host) {
    engine
        .inventory()
        .change(
            transaction -> {
              Entity<Vm> now = transaction.find(Kinds.VM, vm).orElseThrow();
              transaction.update(
                  now,
                  now.value()
                      .copy()
                      .status(status)
                      .host(host == null ? null : new Host().id(host)));
            });
  }

  @Test
  void anEngineThatStartsKnowsTheClaimsOfTheOneBefore() {
    machine(VmStatus.WAIT_FOR_LAUNCH, one, Map.of());
    Entity<Vm> moving = machine(VmStatus.MIGRATING, one, Map.of(MovingMachines.DESTINATION, two));
    Entity<Vm> next = idle();
    assertThat(find(placements(), next)).isInstanceOf(Placement.Refused.class);
    set(moving.id(), VmStatus.DOWN, null);
    assertThat(hostOf(find(placements(), next))).isEqualTo(two);
  }

  @Test
  void hostsAndPoliciesAreFollowedAsTheyChange() {
    Entity<Vm> vm = idle();
    assertThat(find(placements, vm)).isInstanceOf(Placement.Chosen.class);
    engine
        .inventory()
        .change(
            transaction -> {
              Entity<Host> host = transaction.find(Kinds.HOST, one).orElseThrow();
              transaction.update(host, host.value().copy().status(HostStatus.MAINTENANCE));
            });
    assertThat(hostOf(find(placements, vm))).isEqualTo(two);
    engine
        .inventory()
        .change(
            transaction -> {
              Entity<Cluster> now = transaction.find(Kinds.CLUSTER, cluster).orElseThrow();
              Entity<SchedulingPolicy> closed =
                  transaction
                      .snapshot()
                      .byName(Kinds.SCHEDULING_POLICY, "", "cluster_maintenance")
                      .orElseThrow();
              transaction.update(
                  now, now.value().copy().schedulingPolicy(new SchedulingPolicy().id(closed.id())));
            });
    assertThat(find(placements, vm))
        .isInstanceOfSatisfying(
            Placement.Refused.class,
            refused ->
                assertThat(refused.explanation())
                    .contains("Status removed 1 host", "ClusterInMaintenance removed 1 host"));
  }

  @Test
  void aClaimIsCheckedByTheInventoryAlone() {
    Entity<Vm> vm = idle();
    Snapshot before = engine.inventory().snapshot();
    Entity<Host> host = before.find(Kinds.HOST, one).orElseThrow();
    Cluster its = before.find(Kinds.CLUSTER, cluster).orElseThrow().value();
    assertThat(placements.fits(before, its, host, request(vm))).isTrue();
    machine(VmStatus.WAIT_FOR_LAUNCH, one, Map.of());
    assertThat(placements.fits(engine.inventory().snapshot(), its, host, request(vm))).isFalse();
  }
}
