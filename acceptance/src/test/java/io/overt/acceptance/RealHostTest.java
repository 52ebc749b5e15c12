package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.template;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.StatisticsService;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.TemplateService;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.Statistic;
import org.ovirt.engine.sdk4.types.Template;
import org.ovirt.engine.sdk4.types.TemplateStatus;
import org.ovirt.engine.sdk4.types.Vm;

/** The life of machines on real libvirt and QEMU, through the SDK. */
@Timeout(600)
@ExtendWith({SharedEngine.class, RealHosts.class})
class RealHostTest {
  private final EngineFixture engine;
  private final RealHost host;

  RealHostTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  private Path image(Disk disk) {
    return RealMachine.image(host, disk);
  }

  @Test
  void aMachineWithDisksAndNicsRunsInQemu() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-life");
      Disk thin = machine.addDisk("real-disk-9", DiskFormat.COW);
      Disk raw = machine.addDisk("real-disk-10", DiskFormat.RAW);
      assertThat(host.imageInformation(image(thin)))
          .contains("file format: qcow2")
          .contains("virtual size: 64 MiB");
      assertThat(host.imageInformation(image(raw)))
          .contains("file format: raw")
          .contains("virtual size: 64 MiB");
      Nic nic = machine.addNic("nic1", "ovirtmgmt");
      Nic other = machine.addNic("nic2", RealHost.NETWORK);
      machine.tell("overt.write=vda");

      machine.start();
      assertThat(RealHost.processes(machine.id())).hasSize(1);
      assertThat(host.domains()).contains(machine.id());
      assertThat(host.domainXml(machine.id()))
          .contains(image(thin).getFileName().toString())
          .contains(image(raw).getFileName().toString())
          .contains("type='qcow2'", "type='raw'")
          .contains(nic.mac().address(), other.mac().address())
          .contains("bridge='ovirtmgmt'", "bridge='" + RealHost.NETWORK + "'");
      assertMeasured(connection, machine, thin, nic);
      assertLinked(connection, machine, thin, nic);

      machine.stop();
      assertThat(host.domains()).doesNotContain(machine.id());
      assertThat(RealHost.processes(machine.id())).isEmpty();
      machine.remove();
      assertGone(connection, thin, raw);
    }
  }

  private void assertMeasured(Connection connection, RealMachine machine, Disk disk, Nic nic) {
    SystemService system = connection.systemService();
    Await.until(
        "all was measured twice",
        () -> {
          system.hostsService().hostService(machine.get().host().id()).refresh().send();
          return values(
              machine.service().statisticsService(),
              system.disksService().diskService(disk.id()).statisticsService(),
              machine.service().nicsService().nicService(nic.id()).statisticsService());
        },
        values ->
            values.get("cpu.current.total").signum() > 0
                && values.get("memory.used").signum() > 0
                && values.get("elapsed.time").signum() > 0
                && values.get("data.current.write").signum() > 0
                && values.getOrDefault("data.total.tx", BigDecimal.ZERO).signum() > 0
                && values.get("data.current.tx").signum() > 0);
    Map<String, BigDecimal> memory = values(machine.service().statisticsService());
    assertThat(memory.get("memory.installed")).isEqualByComparingTo("134217728");
    assertThat(memory.get("memory.used")).isLessThan(memory.get("memory.installed"));
  }

  private static Map<String, BigDecimal> values(StatisticsService... services) {
    return List.of(services).stream()
        .flatMap(service -> service.list().send().statistics().stream())
        .filter(statistic -> statistic.valuesPresent() && !statistic.values().isEmpty())
        .filter(statistic -> statistic.values().getFirst().datumPresent())
        .collect(
            Collectors.toMap(
                Statistic::name, statistic -> statistic.values().getFirst().datum(), (a, _) -> a));
  }

  private static void assertLinked(Connection connection, RealMachine machine, Disk disk, Nic nic) {
    Vm plain = machine.get();
    assertThat(connection.followLink(plain.cluster()).name()).isEqualTo(RealHost.NAME);
    assertThat(connection.followLink(plain.host()).name()).isEqualTo(RealHost.NAME);
    assertThat(connection.followLink(plain.template()).name()).isEqualTo(RealHost.TEMPLATE);
    Vm whole = machine.service().get().follow("cluster,nics,disk_attachments.disk").send().vm();
    assertThat(whole.cluster().name()).isEqualTo(RealHost.NAME);
    assertThat(whole.nics().stream().map(Nic::id)).contains(nic.id()).hasSize(2);
    assertThat(whole.diskAttachments().stream().map(each -> each.disk().name()))
        .contains(disk.name());
  }

  /** From the inventory, and from storage. */
  private void assertGone(Connection connection, Disk... disks) {
    for (Disk disk : disks) {
      Await.until(
          "the disk is removed",
          () -> connection.systemService().disksService().list().send().disks(),
          left -> left.stream().noneMatch(other -> other.id().equals(disk.id())));
      assertThat(image(disk).getParent()).doesNotExist();
    }
  }

  @Test
  void aTemplateHasACopyOfTheDiskAndItsMachinesLayersAboveIt() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine mould = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-mould");
      Disk original = mould.addDisk("real-original", DiskFormat.COW);
      host.write(image(original), 0x5a);
      Template made = addTemplate(connection, mould, "real-template");
      TemplateService service =
          connection.systemService().templatesService().templateService(made.id());
      Disk copy =
          RealMachine.awaitDisk(
              connection,
              service.diskAttachmentsService().list().send().attachments().getFirst().disk().id());
      assertThat(image(copy)).isNotEqualTo(image(original)).isRegularFile();
      host.compareImages(image(original), image(copy));
      mould.remove();
      assertGone(connection, original);

      RealMachine cast = RealMachine.from(connection, host, "real-template", "real-cast");
      Disk layer = cast.onlyDisk();
      assertThat(layer.id()).isNotEqualTo(copy.id());
      assertThat(host.imageInformation(image(layer)))
          .contains("file format: qcow2")
          .contains("backing file: " + copy.imageId());
      host.compareImages(image(copy), image(layer));
      cast.start();
      assertThat(host.domainXml(cast.id())).contains("<backingStore").contains(copy.imageId());
      assertThatThrownBy(() -> service.remove().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409")
          .hasMessageContaining("real-cast");
      cast.stop();
      cast.remove();
      assertGone(connection, layer);
      service.remove().send();
      assertGone(connection, copy);
    }
  }

  private static Template addTemplate(Connection connection, RealMachine machine, String name) {
    SystemService system = connection.systemService();
    Template made =
        system
            .templatesService()
            .add()
            .template(template().name(name).vm(vm().id(machine.id())))
            .send()
            .template();
    return Await.until(
        "the template is made",
        () -> system.templatesService().templateService(made.id()).get().send().template(),
        found -> found.status() == TemplateStatus.OK);
  }

  @Test
  void whatTheEngineRefusesIsATypedError() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-refused");
      assertThatThrownBy(
              () -> RealMachine.from(connection, host, RealHost.TEMPLATE, "real-refused"))
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409")
          .hasMessageContaining("real-refused");
      machine.remove();
      assertThatThrownBy(machine::get)
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("404");
      assertThatThrownBy(
              () -> system.vmsService().add().vm(vm().cluster(cluster().name("real"))).send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("400")
          .hasMessageContaining("name");
      assertThat(engine.access().post("vms", "<vm><name>n</name><type>submarine</type></vm>"))
          .startsWith("400")
          .contains("submarine", "desktop");
    }
  }
}
