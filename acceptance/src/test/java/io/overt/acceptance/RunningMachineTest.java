package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.vnicProfile;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.VmNicService;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.ReportedDevice;

/** Changes of a machine while it runs in QEMU, through the SDK and seen by the guest. */
@Timeout(600)
@ExtendWith({SharedEngine.class, RealHosts.class})
class RunningMachineTest {
  private final EngineFixture engine;
  private final RealHost host;

  RunningMachineTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  @Test
  void aMachineChangesWhileItRuns() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "real-running");
      machine.addNic("nic1", "ovirtmgmt");
      machine.start();
      interfacesComeAndGo(connection, machine);
      machine.stop();
      machine.remove();
    }
  }

  private void interfacesComeAndGo(Connection connection, RealMachine machine) {
    Nic added = machine.addNic("nic2", RealHost.NETWORK);
    assertThat(added.plugged()).isTrue();
    String address = added.mac().address();
    assertThat(host.domainXml(machine.id())).contains(address);
    awaitGuest(connection, machine, address, true);

    VmNicService service = machine.service().nicsService().nicService(added.id());
    service.update().nic(nic().linked(false)).send();
    assertThat(interfaceXml(machine, address)).contains("<link state='down'/>");
    service.update().nic(nic().linked(true)).send();
    assertThat(interfaceXml(machine, address)).contains("<link state='up'/>");
    service
        .update()
        .nic(nic().vnicProfile(vnicProfile().id(host.profile(connection, "ovirtmgmt").id())))
        .send();
    assertThat(interfaceXml(machine, address)).contains("bridge='ovirtmgmt'");
    service.update().nic(nic().vnicProfile(vnicProfile())).send();
    assertThat(interfaceXml(machine, address)).contains("bridge=';vdsmdummy;'", "state='down'");
    assertThatThrownBy(() -> service.remove().send()).hasMessageContaining("409");

    service.deactivate().send();
    assertThat(service.get().send().nic().plugged()).isFalse();
    assertThat(host.domainXml(machine.id())).doesNotContain(address);
    awaitGuest(connection, machine, address, false);
    service.activate().send();
    assertThat(host.domainXml(machine.id())).contains(address);
    service.update().nic(nic().plugged(false)).send();
    assertThat(host.domainXml(machine.id())).doesNotContain(address);
    service.remove().send();
    assertThat(codes(connection, machine)).contains(932L, 934L, 1012L, 1014L, 930L);
  }

  private String interfaceXml(RealMachine machine, String address) {
    String xml = host.domainXml(machine.id());
    int at = xml.indexOf(address);
    assertThat(at).isPositive();
    return xml.substring(xml.lastIndexOf("<interface", at), xml.indexOf("</interface>", at));
  }

  /** Waits until the guest's own agent says that it has such an interface, or has it no more. */
  private static void awaitGuest(
      Connection connection, RealMachine machine, String address, boolean there) {
    Await.until(
        "the guest says that it " + (there ? "has " : "lacks ") + address,
        RealMachine.PATIENCE,
        () -> {
          connection
              .systemService()
              .hostsService()
              .hostService(machine.get().host().id())
              .refresh()
              .send();
          return machine.service().reportedDevicesService().list().send().reportedDevice();
        },
        devices -> !devices.isEmpty() && there == hasAddress(devices, address));
  }

  private static boolean hasAddress(List<ReportedDevice> devices, String address) {
    return devices.stream().anyMatch(device -> device.mac().address().equals(address));
  }

  private static List<Long> codes(Connection connection, RealMachine machine) {
    return connection.systemService().eventsService().list().max(100).send().events().stream()
        .filter(event -> event.vmPresent() && event.vm().id().equals(machine.id()))
        .map(Event::code)
        .map(Number::longValue)
        .toList();
  }
}
