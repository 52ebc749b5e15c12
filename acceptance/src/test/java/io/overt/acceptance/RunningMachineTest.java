package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.cdrom;
import static org.ovirt.engine.sdk4.builders.Builders.cpu;
import static org.ovirt.engine.sdk4.builders.Builders.cpuTopology;
import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.diskAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.file;
import static org.ovirt.engine.sdk4.builders.Builders.initialization;
import static org.ovirt.engine.sdk4.builders.Builders.ip;
import static org.ovirt.engine.sdk4.builders.Builders.memoryPolicy;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.nicConfiguration;
import static org.ovirt.engine.sdk4.builders.Builders.ticket;
import static org.ovirt.engine.sdk4.builders.Builders.vm;
import static org.ovirt.engine.sdk4.builders.Builders.vnicProfile;
import static org.ovirt.engine.sdk4.builders.Builders.watchdog;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.DiskAttachmentService;
import org.ovirt.engine.sdk4.services.VmCdromService;
import org.ovirt.engine.sdk4.services.VmGraphicsConsoleService;
import org.ovirt.engine.sdk4.services.VmNicService;
import org.ovirt.engine.sdk4.types.BootProtocol;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskInterface;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.GraphicsConsole;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.ReportedDevice;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;
import org.ovirt.engine.sdk4.types.WatchdogAction;
import org.ovirt.engine.sdk4.types.WatchdogModel;

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
      machine
          .service()
          .update()
          .vm(
              vm().memory(256L << 20)
                  .initialization(
                      initialization()
                          .hostName("configured")
                          .userName("fred")
                          .rootPassword("a secret word")
                          .authorizedSshKeys("ssh-ed25519 AAAA fred")
                          .customScript("packages: [tree]")
                          .timezone("Europe/Berlin")
                          .dnsServers("192.0.2.53")
                          .nicConfigurations(
                              nicConfiguration()
                                  .name("eth0")
                                  .onBoot(true)
                                  .bootProtocol(BootProtocol.STATIC)
                                  .ip(ip().address("192.0.2.7").netmask("255.255.255.0"))))
                  .memoryPolicy(memoryPolicy().max(1L << 30).guaranteed(128L << 20)))
          .send();
      machine
          .service()
          .watchdogsService()
          .add()
          .watchdog(watchdog().model(WatchdogModel.I6300ESB).action(WatchdogAction.RESET))
          .send();
      machine.start();
      assertThat(host.domainXml(machine.id()))
          .contains("<watchdog model='i6300esb' action='reset'>", "<backend model='random'>");
      theGuestIsConfigured(machine);
      ticketsOpenTheConsoleUntilTheyExpire(machine);
      thePageShowsTheConsole(machine);
      theSerialConsoleIsOneUsersAtATime(machine);
      interfacesComeAndGo(connection, machine);
      disksComeAndGo(connection, machine);
      discsChange(machine);
      fileSystemsFreeze(machine);
      theScreenIsSeen(machine);
      theBrowserDrawsTheScreen(machine);
      processorsAndMemoryGrow(connection, machine);
      theGuestHasRandomNumbers(machine);
      theWatchdogFires(connection, machine);
      machine.stop();
      machine.remove();
    }
  }

  private void theGuestIsConfigured(RealMachine machine) {
    assertThat(host.fileOnMedium(machine.id(), "sdy", "/openstack/latest/meta_data.json"))
        .contains("\"hostname\":\"configured\"", "ssh-ed25519 AAAA fred", machine.id());
    assertThat(host.fileOnMedium(machine.id(), "sdy", "/openstack/latest/user_data"))
        .startsWith("#cloud-config\n")
        .contains("user: \"fred\"", "password: \"a secret word\"", "packages: [tree]")
        .contains("timezone: \"Europe/Berlin\"");
    assertThat(host.fileOnMedium(machine.id(), "sdy", "/openstack/latest/network_data.json"))
        .contains("192.0.2.7", "192.0.2.53")
        .contains(machine.service().nicsService().list().send().nics().getFirst().mac().address());
    assertThat(host.domainXml(machine.id()))
        .contains("config-2", ".sdy.img")
        .doesNotContain("a secret word", "YSBzZWNyZXQgd29yZA");
    Vm whole = machine.service().get().allContent(true).send().vm();
    assertThat(whole.initialization().hostName()).isEqualTo("configured");
    assertThat(whole.initialization().rootPasswordPresent()).isFalse();
    assertThat(whole.initialization().configuration().data()).doesNotContain("a secret word");
  }

  private void ticketsOpenTheConsoleUntilTheyExpire(RealMachine machine) {
    GraphicsConsole console =
        Await.until(
                "the host reports a console",
                () ->
                    machine
                        .service()
                        .graphicsConsolesService()
                        .list()
                        .query("current", "true")
                        .send()
                        .consoles(),
                found -> !found.isEmpty())
            .getFirst();
    assertThat(console.address()).isEqualTo("127.0.0.1");
    int port = console.portAsInteger();
    assertThat(opens(port, "early")).isFalse();
    String value = machine.service().ticket().ticket(ticket().expiry(2)).send().ticket().value();
    assertThat(opens(port, "wrong")).isFalse();
    assertThat(opens(port, value)).isTrue();
    Await.until("the ticket expires", () -> opens(port, value), accepted -> !accepted);
    VmGraphicsConsoleService service =
        machine.service().graphicsConsolesService().consoleService(console.id());
    String another = service.ticket().ticket(ticket().expiry(120)).send().ticket().value();
    assertThat(opens(port, another)).isTrue();
    String file = service.remoteViewerConnectionFile().send().remoteViewerConnectionFile();
    assertThat(file).contains("[virt-viewer]", "type=vnc", "port=" + port);
    String password =
        file.lines().filter(line -> line.startsWith("password=")).findFirst().orElseThrow();
    assertThat(opens(port, password.substring("password=".length()))).isTrue();
  }

  /** Through the engine, which reaches the host's own loopback by a forwarded port. */
  private static int displayPort(RealMachine machine) {
    GraphicsConsole console =
        machine
            .service()
            .graphicsConsolesService()
            .list()
            .query("current", "true")
            .send()
            .consoles()
            .getFirst();
    return console.portAsInteger();
  }

  private void theBrowserDrawsTheScreen(RealMachine machine) {
    int port = displayPort(machine);
    try (NetworkNamespace door = NetworkNamespace.enter(host.namespaceFile(), port)) {
      door.forward(port);
      BrowserSuite.run("console", engine.config(), Map.of("OVERT_VM", machine.get().name()));
    }
  }

  private void thePageShowsTheConsole(RealMachine machine) throws IOException {
    int port = displayPort(machine);
    try (NetworkNamespace door = NetworkNamespace.enter(host.namespaceFile(), port);
        RestClient client = RestClient.open(engine.access())) {
      door.forward(port);
      JsonNode given =
          client.post("/overt/api/vms/" + machine.id() + "/console?type=vnc", "").document();
      String path = given.path("path").asText();
      try (PageConsole page = PageConsole.open(engine.access(), path)) {
        int[] pixels = Rfb.screen(page.input(), page.output(), given.path("password").asText());
        assertThat(pixels).hasSizeGreaterThan(640 * 400);
        assertThat(Arrays.stream(pixels).anyMatch(pixel -> pixel != 0)).isTrue();
      }
      assertThatThrownBy(() -> PageConsole.open(engine.access(), path))
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
  }

  private void theSerialConsoleIsOneUsersAtATime(RealMachine machine) throws IOException {
    try (RestClient client = RestClient.open(engine.access());
        PageConsole first = serial(client, machine, "")) {
      first.type("\r");
      first.awaitText("# ");
      first.type("echo $((6 * 7))-apples\r");
      first.awaitText("\n42-apples");
      try (PageConsole other = serial(client, machine, "")) {
        assertThat(other.awaitEnd()).startsWith("4423 ").contains("is at this serial console");
      }
      try (PageConsole other = serial(client, machine, "&take=true")) {
        first.awaitText("took this console over");
        assertThat(first.awaitEnd()).startsWith("1000 ");
        other.type("echo $((6 * 8))-pears\r");
        other.awaitText("\n48-pears");
      }
    }
  }

  private PageConsole serial(RestClient client, RealMachine machine, String more)
      throws IOException {
    String path = "/overt/api/vms/" + machine.id() + "/console?type=serial" + more;
    return PageConsole.open(
        engine.access(), client.post(path, "").document().path("path").asText());
  }

  private boolean opens(int port, String password) {
    try {
      return Rfb.accepts(host.namespace().connect(port), password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    aScriptRefusesAnInterface(machine);
    assertThat(codes(connection, machine)).contains(932L, 933L, 934L, 1012L, 1014L, 930L);
  }

  private void disksComeAndGo(Connection connection, RealMachine machine) throws Exception {
    Disk disk = machine.addDisk("real-plugged", DiskFormat.COW);
    DiskAttachmentService service =
        machine.service().diskAttachmentsService().attachmentService(disk.id());
    Await.until(
        "it is plugged in",
        () -> service.get().send().attachment().active(),
        Boolean::booleanValue);
    assertThat(host.domainXml(machine.id())).contains(disk.imageId(), "ua-" + disk.id());
    service.update().diskAttachment(diskAttachment().active(false)).send();
    assertThat(host.domainXml(machine.id())).doesNotContain(disk.id());
    service.update().diskAttachment(diskAttachment().active(true)).send();
    assertThat(host.domainXml(machine.id())).contains(disk.id());
    service.remove().send();
    assertThat(host.domainXml(machine.id())).doesNotContain(disk.id());
    machine
        .service()
        .diskAttachmentsService()
        .add()
        .attachment(
            diskAttachment()
                .disk(disk().id(disk.id()))
                .interface_(DiskInterface.VIRTIO_SCSI)
                .bootable(false)
                .active(true))
        .send();
    assertThat(host.domainXml(machine.id())).contains(disk.id(), "bus='scsi'");
    service.remove().send();
    connection.systemService().disksService().diskService(disk.id()).remove().send();
    assertThat(codes(connection, machine)).contains(2000L, 2002L, 2016L);
  }

  private void discsChange(RealMachine machine) throws Exception {
    Path disc = Files.writeString(host.storage().resolve("disc.iso"), "x".repeat(4096));
    VmCdromService drive =
        machine
            .service()
            .cdromsService()
            .cdromService(machine.service().cdromsService().list().send().cdroms().getFirst().id());
    drive.update().cdrom(cdrom().file(file().id(disc.toString()))).current(true).send();
    assertThat(host.domainXml(machine.id())).contains(disc.toString());
    assertThat(drive.get().send().cdrom().filePresent()).isFalse();
    drive.update().cdrom(cdrom().file(file().id(""))).current(true).send();
    assertThat(host.domainXml(machine.id())).doesNotContain(disc.toString());
  }

  private void theGuestHasRandomNumbers(RealMachine machine) {
    assertThat(host.inGuest(machine.id(), "head -c 16 /dev/hwrng | grep -q .")).isZero();
  }

  /** The guest starts the device, at the faster of its clocks, and never feeds it. */
  private void theWatchdogFires(Connection connection, RealMachine machine) {
    host.inGuest(
        machine.id(),
        "cd $(dirname $(grep -l 0x25ab /sys/bus/pci/devices/*/device));"
            + " printf '\\\\004\\\\000' | dd of=config bs=2 seek=48 count=1;"
            + " printf '\\\\002' | dd of=config bs=1 seek=104 count=1");
    Await.until(
        "the watchdog has fired", () -> codes(connection, machine), codes -> codes.contains(9901L));
    assertThat(machine.get().status()).isNotEqualTo(VmStatus.DOWN);
  }

  private void theScreenIsSeen(RealMachine machine) throws Exception {
    BufferedImage screen = screenshot(machine);
    // The text screen of a PC.
    assertThat(screen.getWidth()).isEqualTo(720);
    assertThat(screen.getHeight()).isEqualTo(400);
    assertThat(Arrays.stream(screen.getRGB(0, 0, 720, 400, null, 0, 720)).distinct().count())
        .as("it shows letters")
        .isGreaterThan(1);
    GraphicsConsole console =
        machine.service().graphicsConsolesService().list().send().consoles().getFirst();
    String file =
        machine
            .service()
            .graphicsConsolesService()
            .consoleService(console.id())
            .remoteViewerConnectionFile()
            .send()
            .remoteViewerConnectionFile();
    try (Viewer viewer = Viewer.open(host.namespaceFile(), file)) {
      Await.until(
          "remote-viewer shows the guest's screen", () -> seen(viewer, machine), seen -> seen);
    }
  }

  private boolean seen(Viewer viewer, RealMachine machine) {
    try {
      return viewer.shows(screenshot(machine));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BufferedImage screenshot(RealMachine machine) throws IOException {
    try (RestClient rest = RestClient.open(engine.access())) {
      return ImageIO.read(rest.download("/api/vms/%s/screenshot".formatted(machine.id())));
    }
  }

  private void fileSystemsFreeze(RealMachine machine) {
    machine.service().freezeFilesystems().send();
    machine.service().thawFilesystems().send();
    Vm told = machine.get();
    assertThat(told.fqdn()).isEqualTo("overt-guest");
    assertThat(told.guestOperatingSystem().kernel().version().fullVersion()).startsWith("6.1");
  }

  private void processorsAndMemoryGrow(Connection connection, RealMachine machine) {
    machine.service().update().vm(vm().cpu(cpu().topology(cpuTopology().sockets(3)))).send();
    assertThat(host.domainXml(machine.id())).contains("current='3'>16</vcpu>");
    assertThat(machine.get().cpu().topology().socketsAsInteger()).isEqualTo(3);
    assertThat(machine.get().nextRunConfigurationExists()).isFalse();
    machine.service().update().vm(vm().memory(512L << 20)).send();
    assertThat(host.domainXml(machine.id())).contains("<memory model='dimm'", "unit='KiB'>262144<");
    assertThat(machine.get().memory().longValue()).isEqualTo(512L << 20);
    assertThat(machine.get().nextRunConfigurationExists()).isFalse();
    machine.service().update().vm(vm().memory(256L << 20)).send();
    assertThat(host.domainXml(machine.id())).doesNotContain("<memory model='dimm'");
    assertThat(machine.get().memory().longValue()).isEqualTo(256L << 20);
    assertThat(machine.get().nextRunConfigurationExists()).isFalse();
    machine.service().update().vm(vm().cpu(cpu().topology(cpuTopology().cores(2)))).send();
    assertThat(machine.get().nextRunConfigurationExists()).isTrue();
    assertThat(codes(connection, machine)).contains(2033L, 2039L);
  }

  private void aScriptRefusesAnInterface(RealMachine machine) {
    Path script = host.scripts().resolve("before_nic_hotplug/50_refuses");
    try {
      Files.createDirectories(script.getParent());
      Files.writeString(script, "#!/bin/sh\necho not on this host >&2\nexit 2\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThatThrownBy(() -> machine.addNic("refused", RealHost.NETWORK))
          .hasMessageContaining("409")
          .hasMessageContaining("not on this host");
      Files.delete(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(machine.service().nicsService().list().send().nics()).hasSize(1);
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
