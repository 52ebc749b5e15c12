package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.customProperty;
import static org.ovirt.engine.sdk4.builders.Builders.network;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.vm;
import static org.ovirt.engine.sdk4.builders.Builders.vnicProfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.builders.CustomPropertyBuilder;
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

  /** Gives the guest's first NIC a MAC address that the host does not know. */
  private static final String SPOOF =
      "ip link set eth0 down; ip link set eth0 address 02:99:99:99:99:99; ip link set eth0 up; ";

  private final EngineFixture engine;
  private final RealHost host;
  private Path script;

  HookTest(EngineFixture engine, RealHost host) {
    this.engine = engine;
    this.host = host;
  }

  @BeforeEach
  void install() throws IOException {
    script = install("before_vm_start", "50_macspoof", FREE_MAC);
  }

  private Path install(String point, String name, String text) throws IOException {
    Path file = Files.createDirectories(host.scripts().resolve(point)).resolve(name);
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void remove() throws IOException {
    Files.delete(script);
  }

  private static void set(RealMachine machine, String name, String value) {
    machine.service().update().vm(vm().customProperties(property(name, value))).send();
  }

  @Test
  void aPropertyOfAMachineReachesTheHostsScript() throws Exception {
    try (Connection connection = engine.access().connect()) {
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "hooked");
      machine.addNic("nic1", RealHost.NETWORK);
      machine.tell("overt.ip=10.99.0.2/24");

      machine.start();
      assertThat(host.domainXml(machine.id())).contains("vdsm-no-mac-spoofing");
      assertThat(reachesTheHost(machine, "")).as("with its own MAC address").isTrue();
      assertThat(reachesTheHost(machine, SPOOF)).as("with another one").isFalse();
      machine.stop();

      assertThatThrownBy(() -> set(machine, "colour", "blue"))
          .hasMessageContaining("'colour' is not declared");
      assertThatThrownBy(() -> set(machine, "ifacemacspoof", "maybe"))
          .hasMessageContaining("'maybe' but must match ^(true|false)$");
      set(machine, "ifacemacspoof", "true");
      assertThat(machine.get().customProperties().getFirst().value()).isEqualTo("true");

      assertThatAPreviewSaysSo(machine);
      machine.start();
      assertThat(host.domainXml(machine.id())).contains("<interface").doesNotContain("filterref");
      assertThat(reachesTheHost(machine, SPOOF)).as("spoofed, with the property").isTrue();
      assertThatItIsTold(connection.systemService(), machine);
      machine.stop();

      machine
          .service()
          .start()
          .vm(vm().customProperties(property("ifacemacspoof", "false")))
          .send();
      machine.await(VmStatus.UP);
      assertThat(host.domainXml(machine.id())).contains("vdsm-no-mac-spoofing");
      assertThat(machine.get().runOnce()).isTrue();
      assertThat(machine.get().customProperties().getFirst().value()).isEqualTo("true");
      machine.stop();
      machine.remove();
    }
  }

  @Test
  void thePropertiesOfAProfileReachTheScriptsOfItsNics() throws Exception {
    Path seen = host.scripts().resolve("seen");
    Path recorder = install("before_device_create", "50_wire", "#!/bin/sh\necho $wire > " + seen);
    try (Connection connection = engine.access().connect()) {
      var profile = host.profile(connection, RealHost.NETWORK);
      var profiles = connection.systemService().vnicProfilesService();
      assertThatThrownBy(
              () ->
                  profiles
                      .profileService(profile.id())
                      .update()
                      .profile(vnicProfile().customProperties(property("wire", "R2")))
                      .send())
          .hasMessageContaining("profile.custom_properties: 'wire' is 'R2' but must match");
      String coloured =
          profiles
              .add()
              .profile(
                  vnicProfile()
                      .name("coloured")
                      .network(network().id(profile.network().id()))
                      .customProperties(property("wire", "red")))
              .send()
              .profile()
              .id();
      RealMachine machine = RealMachine.from(connection, host, RealHost.TEMPLATE, "coloured");
      machine
          .service()
          .nicsService()
          .add()
          .nic(nic().name("nic1").vnicProfile(vnicProfile().id(coloured)))
          .send();
      machine.service().start().pause(true).send();
      machine.await(VmStatus.PAUSED);
      assertThat(seen).hasContent("red");
      machine.stop();
      machine.remove();
      profiles.profileService(coloured).remove().send();
    } finally {
      Files.delete(recorder);
    }
  }

  private static CustomPropertyBuilder property(String name, String value) {
    return customProperty().name(name).value(value);
  }

  private void assertThatAPreviewSaysSo(RealMachine machine) {
    String path = "/overt/api/vms/" + machine.id() + "/hook-preview";
    try (RestClient client = RestClient.open(engine.access())) {
      RestClient.Answer shown = client.post(path + "?point=before_vm_start", "");
      assertThat(shown.status()).as("%s", shown).isEqualTo(200);
      JsonNode preview = shown.document();
      assertThat(preview.path("diff").asText())
          .contains("\n-      <filterref filter=\"vdsm-no-mac-spoofing\"/>")
          .doesNotContain("\n+ ");
      assertThat(preview.path("before").asText()).contains("passwd=\"***\"");
      assertThat(preview.path("refused").asBoolean()).isFalse();
      JsonNode run = preview.path("scripts").path(0);
      assertThat(run.path("script").asText()).isEqualTo(script.toString());
      assertThat(run.path("stderr").asText()).contains("every MAC address goes");
      assertThat(host.domains()).doesNotContain(machine.id());
      assertThat(client.post(path + "?point=before_lunch", "").document().path("detail").asText())
          .contains("'point' is 'before_lunch' but must be one of [before_vdsm_start");
      assertThat(client.post(path + "?host=nowhere", "").status()).isEqualTo(400);
      assertThat(client.get(path).status()).isEqualTo(405);
      String missing = "/overt/api/vms/" + UUID.randomUUID() + "/hook-preview";
      assertThat(client.post(missing, "").status()).isEqualTo(404);
    }
  }

  /** Whether packets of the guest cross the bridge and come back. */
  private boolean reachesTheHost(RealMachine machine, String before) {
    String ping = "for try in 1 2 3; do ping -c 1 -W 1 " + RealHost.WIRE_ADDRESS + " && exit; done";
    return host.inGuest(machine.id(), before + ping + "; exit 1") == 0;
  }

  private void assertThatItIsTold(SystemService system, RealMachine machine) {
    List<Event> told =
        Await.until(
            "the events of the script's runs",
            () ->
                system.eventsService().list().search("type=100001").send().events().stream()
                    .filter(event -> event.description().contains("VM hooked"))
                    .toList(),
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
