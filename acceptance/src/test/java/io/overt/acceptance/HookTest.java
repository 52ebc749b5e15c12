package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.customProperty;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.HostService;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.Hook;
import org.ovirt.engine.sdk4.types.VmStatus;

/** Scripts on a real host, steered by custom properties of machines through the SDK. */
@Timeout(600)
@ExtendWith({SharedEngine.class, RealHosts.class})
class HookTest {
  private static final String FREE_MAC =
      """
      #!/usr/bin/python3
      import os
      import hooking

      if hooking.tobool(os.environ.get('ifacemacspoof')):
          document = hooking.read_domxml()
          for interface in document.getElementsByTagName('interface'):
              for filter in interface.getElementsByTagName('filterref'):
                  interface.removeChild(filter)
          hooking.write_domxml(document)
          hooking.log('every MAC address goes')
      """;

  private final EngineFixture engine;
  private final RealHost host;
  private Path script;

  HookTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  @BeforeEach
  void install() throws IOException {
    script =
        Files.createDirectories(host.scripts().resolve("before_vm_start")).resolve("50_macspoof");
    Files.writeString(script, FREE_MAC);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void remove() throws IOException {
    Files.delete(script);
  }

  private static void set(RealMachine machine, String name, String value) {
    machine
        .service()
        .update()
        .vm(vm().customProperties(customProperty().name(name).value(value)))
        .send();
  }

  @Test
  void aPropertyOfAMachineReachesTheHostsScript() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "hooked");
      machine.addNic("nic1", RealHost.NETWORK);

      machine.service().start().send();
      machine.await(VmStatus.UP);
      assertThat(host.domainXml(machine.id())).contains("vdsm-no-mac-spoofing");
      machine.stop();

      assertThatThrownBy(() -> set(machine, "colour", "blue"))
          .hasMessageContaining("'colour' is not declared");
      assertThatThrownBy(() -> set(machine, "ifacemacspoof", "maybe"))
          .hasMessageContaining("'maybe' but must match ^(true|false)$");
      set(machine, "ifacemacspoof", "true");
      assertThat(machine.get().customProperties().getFirst().value()).isEqualTo("true");

      machine.service().start().send();
      machine.await(VmStatus.UP);
      assertThat(host.domainXml(machine.id())).contains("<interface").doesNotContain("filterref");
      assertThatItIsTold(connection.systemService(), machine);
      machine.stop();
      machine.remove();
    }
  }

  private void assertThatItIsTold(SystemService system, RealMachine machine) {
    List<Event> told =
        Await.until(
            "the events of the script's runs",
            () -> system.eventsService().list().search("type=100001").send().events(),
            events -> events.size() >= 2);
    assertThat(told)
        .allSatisfy(
            event -> {
              assertThat(event.description())
                  .contains(script.toString(), "before_vm_start of VM hooked", "exit code 0");
              assertThat(event.vm().id()).isEqualTo(machine.id());
            });
  }

  @Test
  void theHostsScriptsAreListed() throws Exception {
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      String id =
          system
              .hostsService()
              .list()
              .search("name=" + RealHost.NAME)
              .send()
              .hosts()
              .getFirst()
              .id();
      HostService service = system.hostsService().hostService(id);
      service.refresh().send();
      Hook hook =
          Await.until(
                  "the script is known",
                  () -> service.hooksService().list().send().hooks(),
                  hooks -> !hooks.isEmpty())
              .getFirst();
      assertThat(hook.name()).isEqualTo("50_macspoof");
      assertThat(hook.eventName()).isEqualTo("before_vm_start");
      assertThat(hook.md5()).matches("[0-9a-f]{64}");
      assertThat(service.hooksService().hookService(hook.id()).get().send().hook().md5())
          .isEqualTo(hook.md5());
    }
  }
}
