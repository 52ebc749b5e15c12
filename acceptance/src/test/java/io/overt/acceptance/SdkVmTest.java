package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.operatingSystem;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.builders.VmBuilder;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.GraphicsConsole;
import org.ovirt.engine.sdk4.types.Host;
import org.ovirt.engine.sdk4.types.Job;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.Statistic;
import org.ovirt.engine.sdk4.types.Template;
import org.ovirt.engine.sdk4.types.TemplateStatus;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** The life of machines on simulated hosts, through the SDK. */
@ExtendWith(SharedEngine.class)
class SdkVmTest {
  private static final long MEBIBYTE = 1L << 20;

  private final EngineFixture engine;

  SdkVmTest(EngineFixture engine) {
    this.engine = engine;
  }

  @BeforeEach
  void hostsAreUp() {
    engine.farm();
  }

  /** A machine that boots a kernel, so that it needs no disk. */
  static VmBuilder diskless(String name) {
    return vm().name(name)
        .cluster(cluster().name("Default"))
        .template(template().name("Blank"))
        .memory(256 * MEBIBYTE)
        .os(operatingSystem().kernel("/boot/vmlinuz").initrd("/boot/initrd").cmdline("quiet"));
  }

  static VmStatus status(VmService machine) {
    return machine.get().send().vm().status();
  }

  @Test
  void aMachineStartsIsWatchedAndStops() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Vm added = system.vmsService().add().vm(diskless("sdk-life")).send().vm();
      assertThat(added.memory().longValue()).isEqualTo(256 * MEBIBYTE);
      VmService machine = system.vmsService().vmService(added.id());
      Await.until("it is made", () -> status(machine), VmStatus.DOWN::equals);

      machine.start().send();
      Vm up =
          Await.until(
              "it is up", () -> machine.get().send().vm(), found -> found.status() == VmStatus.UP);
      assertThat(up.startTime()).isNotNull();
      Host host = connection.followLink(up.host());
      assertThat(host.name()).startsWith("shared-");
      assertThat(connection.followLink(up.cluster()).name()).isEqualTo("Default");
      assertThat(engine.farm().ids()).contains(host.id());

      List<Statistic> statistics = machine.statisticsService().list().send().statistics();
      assertThat(statistics.stream().map(Statistic::name))
          .contains("memory.installed", "cpu.current.total");
      List<GraphicsConsole> consoles =
          Await.until(
              "the host reports a console",
              () ->
                  machine
                      .graphicsConsolesService()
                      .list()
                      .query("current", "true")
                      .send()
                      .consoles(),
              found -> !found.isEmpty());
      assertThat(consoles.getFirst().portPresent() || consoles.getFirst().tlsPortPresent())
          .isTrue();

      assertThatThrownBy(() -> machine.start().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409");
      assertThatThrownBy(() -> machine.remove().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409");

      machine.stop().send();
      Await.until("it is down", () -> status(machine), VmStatus.DOWN::equals);
      machine.remove().send();
      assertThatThrownBy(() -> machine.get().send()).hasMessageContaining("404");
    }
  }

  @Test
  void whatHappenedIsToldByEventsAndJobs() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Vm added = system.vmsService().add().vm(diskless("sdk-told")).send().vm();
      VmService machine = system.vmsService().vmService(added.id());
      machine.start().send();
      Await.until("it is up", () -> status(machine), VmStatus.UP::equals);
      Await.until(
          "its job is over",
          () -> system.jobsService().list().send().jobs(),
          jobs ->
              jobs.stream()
                  .filter(job -> job.description().contains("sdk-told"))
                  .map(Job::status)
                  .anyMatch(state -> state.value().equals("finished")));
      List<Event> events = system.eventsService().list().send().events();
      assertThat(events.stream().map(Event::description))
          .anyMatch(text -> text.startsWith("VM sdk-told: up, host shared-"));
      assertThat(events)
          .anySatisfy(
              event -> {
                assertThat(event.vmPresent()).isTrue();
                assertThat(event.vm().id()).isEqualTo(added.id());
              });
      machine.shutdown().send();
      Await.until("it is down", () -> status(machine), VmStatus.DOWN::equals);
      machine.remove().send();
    }
  }

  @Test
  void aMachineBecomesATemplateAndATemplateAMachine() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Vm added = system.vmsService().add().vm(diskless("sdk-mould")).send().vm();
      VmService machine = system.vmsService().vmService(added.id());
      Await.until("it is made", () -> status(machine), VmStatus.DOWN::equals);
      Template made =
          system
              .templatesService()
              .add()
              .template(template().name("sdk-template").vm(vm().id(added.id())))
              .send()
              .template();
      Await.until(
          "the template is made",
          () ->
              system.templatesService().templateService(made.id()).get().send().template().status(),
          TemplateStatus.OK::equals);
      Vm copy =
          system
              .vmsService()
              .add()
              .vm(
                  vm().name("sdk-cast")
                      .cluster(cluster().name("Default"))
                      .template(template().id(made.id())))
              .send()
              .vm();
      assertThat(copy.memory().longValue()).isEqualTo(256 * MEBIBYTE);
      assertThat(copy.os().kernel()).isEqualTo("/boot/vmlinuz");
      assertThatThrownBy(() -> system.templatesService().templateService(made.id()).remove().send())
          .hasMessageContaining("409")
          .hasMessageContaining("sdk-cast");
      Await.until(
          "the copy is made",
          () -> status(system.vmsService().vmService(copy.id())),
          VmStatus.DOWN::equals);
      system.vmsService().vmService(copy.id()).remove().send();
      system.templatesService().templateService(made.id()).remove().send();
      machine.remove().send();
    }
  }

  @Test
  void aMachineHasNetworkInterfacesWithAddressesOfItsOwn() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Vm added = system.vmsService().add().vm(diskless("sdk-nics")).send().vm();
      VmService machine = system.vmsService().vmService(added.id());
      Nic first = machine.nicsService().add().nic(nic().name("nic1")).send().nic();
      Nic second = machine.nicsService().add().nic(nic().name("nic2")).send().nic();
      assertThat(first.mac().address()).isNotEqualTo(second.mac().address());
      Vm followed = machine.get().follow("nics").send().vm();
      assertThat(followed.nics().stream().map(Nic::name)).containsExactlyInAnyOrder("nic1", "nic2");
      assertThat(connection.followLink(machine.get().send().vm().nics())).hasSize(2);
      assertThatThrownBy(() -> machine.nicsService().add().nic(nic().name("nic1")).send())
          .hasMessageContaining("409");
      machine.nicsService().nicService(first.id()).remove().send();
      assertThat(machine.nicsService().list().send().nics()).hasSize(1);
      machine.remove().send();
    }
  }
}
