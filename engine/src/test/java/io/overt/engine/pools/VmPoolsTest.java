package io.overt.engine.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overt.engine.vms.MachineFixture;
import io.overt.engine.vms.Machines;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.TemplatesService;
import io.overt.model.services.VmPoolService;
import io.overt.model.services.VmPoolsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmPool;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmPoolsTest {
  private final MachineFixture fixture = new MachineFixture();
  private final String template = template();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aPoolHasNumberedStatelessMachines() {
    VmPool pool = add(pool("desk").size(2L).description("p"));

    assertThat(pool.size()).isEqualTo(2);
    assertThat(pool.prestartedVms()).isZero();
    assertThat(pool.stateful()).isFalse();
    Vm sample = Objects.requireNonNull(pool.vm());
    assertThat(sample.name()).isEqualTo("desk-1");
    assertThat(sample.stateless()).isTrue();
    assertThat(sample.cluster()).isNull();
    assertThat(
            fixture.engine.inventory().snapshot().referrers(Kinds.VM, "vm_pool", pool.requireId()))
        .extracting(Entity::value)
        .extracting(Vm::name)
        .containsExactlyInAnyOrder("desk-1", "desk-2");
  }

  @Test
  void aPoolGrowsWithinItsRules() {
    VmPool pool = add(pool("desk").size(2L));
    assertThat(update(pool, new VmPool().size(3L)).size()).isEqualTo(3);
    assertThat(update(pool, new VmPool().prestartedVms(1L)).prestartedVms()).isEqualTo(1);
    refused(409, () -> update(pool, new VmPool().prestartedVms(100L)));
    refused(409, () -> update(pool, new VmPool().size(1L)));
  }

  @Test
  void whatIsWrongIsRefused() {
    add(pool("desk").size(1L));
    refused(409, () -> add(pool("desk").size(1L)));
    refused(400, () -> add(pool("tr??po?").size(1L)));
    refused(400, () -> add(pool("other").size(-1L)));
    refused(409, () -> add(pool("other").size(1L).template(new Template().id(Machines.BLANK))));
  }

  @Test
  void machinesWithoutBootableDiskAreNotHandedOut() {
    VmPool pool = add(pool("desk").size(1L));
    refused(409, () -> one(pool).allocateVm(new VmPoolService.AllocateVmRequest(fixture.call())));
  }

  @Test
  void aPoolIsRemovedWithItsMachines() {
    VmPool pool = add(pool("desk").size(2L));
    assertThat(one(pool).remove(new VmPoolService.RemoveRequest(fixture.call())).job()).isNotNull();
    assertThat(fixture.engine.inventory().snapshot().count(Kinds.VM)).isEqualTo(1);
    refused(404, () -> one(pool).get(new VmPoolService.GetRequest(fixture.call())));
  }

  @Test
  void aMaskPlacesTheNumber() {
    assertThat(PoolMachines.name(pool("a??b"), 7)).isEqualTo("a07b");
    assertThat(PoolMachines.name(pool("a"), 7)).isEqualTo("a-7");
  }

  private String template() {
    Vm source = fixture.add("source");
    Template body = new Template();
    body.name("tpl");
    body.vm(new Vm().id(source.id()));
    var outcome =
        fixture.templates.add(
            new TemplatesService.AddRequest(fixture.call().with("template", body)));
    assertThat(
            fixture
                .operations()
                .await(Objects.requireNonNull(outcome.job()), Duration.ofSeconds(30)))
        .isPresent();
    return Objects.requireNonNull(outcome.entity()).requireId();
  }

  private VmPool pool(String name) {
    VmPool pool = new VmPool();
    pool.name(name);
    return pool.cluster(named("Default")).template(new Template().id(template));
  }

  private static Cluster named(String name) {
    Cluster cluster = new Cluster();
    cluster.name(name);
    return cluster;
  }

  private VmPool add(VmPool body) {
    return Objects.requireNonNull(
        fixture
            .pools
            .add(new VmPoolsService.AddRequest(fixture.call().with("pool", body)))
            .entity());
  }

  private VmPoolService one(VmPool pool) {
    return fixture.pools.pool(pool.requireId());
  }

  private VmPool update(VmPool pool, VmPool body) {
    return Objects.requireNonNull(
        one(pool)
            .update(new VmPoolService.UpdateRequest(fixture.call().with("pool", body)))
            .entity());
  }

  private static void refused(int status, ThrowingCallable call) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(call)
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(status));
  }
}
