package io.overt.engine.vms.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.agent.simulated.Faults.Keeping;
import io.overt.agent.simulated.Faults.Operation;
import io.overt.agent.simulated.SimulatedHypervisor;
import io.overt.engine.TestHosts;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.VmNicService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Event;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Nic;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Template;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes of a running machine on a simulated host that does not always do what it is told. */
@Timeout(120)
class HotPlugsTest {
  private static TestHosts world;
  private static String id = "";

  @BeforeAll
  static void open() {
    world = TestHosts.open(1);
    world.addHost(0);
    Vm body =
        new Vm()
            .name("changing")
            .memory(1L << 30)
            .memoryPolicy(new MemoryPolicy().max(4L << 30).guaranteed(1L << 30))
            .cluster(new Cluster().name("Default"))
            .template(new Template().name("Blank"))
            .os(new OperatingSystem().kernel("/boot/vmlinuz"));
    id =
        Objects.requireNonNull(
                world
                    .service(VmsService.class, "vms")
                    .add(new VmsService.AddRequest(world.call().with("vm", body)))
                    .entity())
            .requireId();
    world.await("the machine", snapshot -> vm().value().status() == VmStatus.DOWN);
    service().start(new VmService.StartRequest(world.call()));
    world.await("the start", snapshot -> vm().value().status() == VmStatus.UP);
    world.await("the start's job", snapshot -> vm().internal("start_job") == null);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static Entity<Vm> vm() {
    return world.snapshot().find(Kinds.VM, id).orElseThrow();
  }

  private static VmService service() {
    return world.service(VmService.class, "vms/" + id);
  }

  private static SimulatedHypervisor hypervisor() {
    return world.machines().host(0).hypervisor();
  }

  private static String live() {
    return hypervisor().xml(UUID.fromString(id));
  }

  private static Nic add(String name) {
    VmNicsService nics = service().nics();
    return Objects.requireNonNull(
        nics.add(new VmNicsService.AddRequest(world.call().with("nic", new Nic().name(name))))
            .entity());
  }

  private static List<Long> codes() {
    return world.snapshot().all(Kinds.EVENT).stream().map(Entity::value).map(Event::code).toList();
  }

  @Test
  void anInterfaceThatTheHostRefusesIsNotThere() {
    hypervisor().faults().failNext(Operation.ATTACH_DEVICE, "no more ports");
    assertThatThrownBy(() -> add("refused"))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("no more ports");
    assertThat(world.snapshot().owned(Kinds.NIC, vm().key()))
        .noneMatch(nic -> "refused".equals(nic.value().name()));
  }

  @Test
  void anInterfaceThatTheGuestKeepsStaysPluggedIn() {
    Nic nic = add("kept");
    assertThat(nic.plugged()).isTrue();
    assertThat(live()).contains("ua-" + nic.id(), ";vdsmdummy;");
    VmNicService service = service().nics().nic(nic.requireId());
    hypervisor().faults().keepDevices(UUID.fromString(id), Keeping.REFUSING);
    assertThatThrownBy(() -> service.deactivate(new VmNicService.DeactivateRequest(world.call())))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("keeps");
    assertThat(service.get(new VmNicService.GetRequest(world.call())).plugged()).isTrue();
    hypervisor().faults().clear();
    service.deactivate(new VmNicService.DeactivateRequest(world.call()));
    assertThat(live()).doesNotContain("ua-" + nic.id());
    // As after an answer that was lost: what is gone already is gone.
    service.deactivate(new VmNicService.DeactivateRequest(world.call()));
    service.remove(new VmNicService.RemoveRequest(world.call()));
  }

  private static Vm update(Vm body) {
    service().update(new VmService.UpdateRequest(world.call().with("vm", body)));
    return vm().value();
  }

  private static Vm sockets(long count) {
    return new Vm().cpu(new Cpu().topology(new CpuTopology().sockets(count)));
  }

  @Test
  void processorsComeAtOnceAndWhatTheHostRefusesWaitsForTheNextRun() {
    Vm grown = update(sockets(4));
    assertThat(live()).contains("current=\"4\"");
    assertThat(grown.nextRunConfigurationExists()).isFalse();
    hypervisor().faults().failNext(Operation.SET_PROCESSORS, "the guest is busy");
    Vm pending = update(sockets(6));
    assertThat(pending.nextRunConfigurationExists()).isTrue();
    assertThat(ProcessorLayout.of(pending).sockets()).isEqualTo(4);
    assertThat(ProcessorLayout.of(update(sockets(2))).sockets()).isEqualTo(2);
    assertThat(vm().value().nextRunConfigurationExists()).isFalse();
  }

  @Test
  void memoryComesInBlocks() {
    assertThat(update(new Vm().memory(1536L << 20)).memory()).isEqualTo(1536L << 20);
    assertThat(live()).contains("<memory model=\"dimm\">");
    Vm odd = update(new Vm().memory(1537L << 20));
    assertThat(odd.memory()).isEqualTo(1536L << 20);
    assertThat(odd.nextRunConfigurationExists()).isTrue();
    update(new Vm().memory(1536L << 20));
  }

  @Test
  void aWatchdogThatRanOutIsAnEvent() {
    hypervisor().fireWatchdog(UUID.fromString(id), "reset");
    world.await("the event", snapshot -> codes().contains(9901L));
  }
}
