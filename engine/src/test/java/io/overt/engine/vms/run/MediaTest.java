package io.overt.engine.vms.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.engine.vms.Secrets;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.types.BootProtocol;
import io.overt.model.types.CloudInitNetworkProtocol;
import io.overt.model.types.Cluster;
import io.overt.model.types.File;
import io.overt.model.types.Initialization;
import io.overt.model.types.Ip;
import io.overt.model.types.NicConfiguration;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Payload;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MediaTest {
  private static final String ID = "11111111-2222-3333-4444-555555555555";

  private static List<Medium> media(Vm vm, Map<String, String> internals) {
    vm.id(ID).name("web");
    return Media.of(
        new VmParts(
            new Entity<>(Kinds.VM, vm, null, internals, 1),
            new Cluster(),
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private static Vm configured() {
    return new Vm().initialization(new Initialization().hostName("web1"));
  }

  @Test
  void aGuestIsConfiguredAtItsFirstRunOnly() {
    assertThat(media(new Vm(), Map.of())).isEmpty();
    assertThat(media(configured(), Map.of()))
        .singleElement()
        .satisfies(
            medium -> {
              assertThat(medium.label()).isEqualTo("config-2");
              assertThat(medium.files())
                  .containsOnlyKeys(
                      "openstack/latest/meta_data.json", "openstack/latest/user_data");
              assertThat(medium.files().get("openstack/latest/meta_data.json"))
                  .contains("\"hostname\":\"web1\"");
            });
    assertThat(media(configured(), Map.of(Media.INITIALIZED, "true"))).isEmpty();
  }

  @Test
  void aSealedWindowsFindsItsAnswers() {
    Vm windows = configured().os(new OperatingSystem().type_("windows_2022"));
    Initialization wanted = windows.initialization();
    assertThat(wanted).isNotNull();
    wanted
        .hostName("a-name-of-many-letters")
        .domain("example.org")
        .activeDirectoryOu("OU=a<b")
        .orgName("Example")
        .userLocale("de-DE")
        .timezone("W. Europe Standard Time");
    Map<String, String> secret = Map.of(Secrets.ROOT_PASSWORD, "a secret word");
    assertThat(media(windows, secret))
        .singleElement()
        .satisfies(
            medium -> {
              assertThat(medium.label()).isEqualTo("UNATTEND");
              assertThat(medium.files()).containsOnlyKeys("Unattend.xml");
              assertThat(medium.files().get("Unattend.xml"))
                  .contains("<ComputerName>a-name-of-many-</ComputerName>")
                  .contains("<JoinDomain>example.org</JoinDomain>", "OU=a&lt;b")
                  .contains("<Value>a secret word</Value>", "<UserLocale>de-DE</UserLocale>");
              assertThat(medium.toString()).doesNotContain("a secret word");
            });
    assertThat(media(windows, Map.of(Media.INITIALIZED, "true"))).isEmpty();
    Vm old = configured().os(new OperatingSystem().type_("windows_xp"));
    assertThat(media(old, secret).getFirst().files().get("sysprep.inf"))
        .contains("[UserData]\r\nComputerName=\"web1\"\r\n", "AdminPassword=\"a secret word\"");
    wanted.customScript("<mine/>");
    assertThat(media(windows, Map.of()).getFirst().files())
        .isEqualTo(Map.of("Unattend.xml", "<mine/>"));
  }

  @Test
  void thePasswordComesFromWhereItIsKeptAndIsNotShown() {
    List<Medium> media = media(new Vm(), Map.of(Secrets.ROOT_PASSWORD, "a secret word"));
    assertThat(media.getFirst().files().get("openstack/latest/user_data"))
        .contains("password: \"a secret word\"\n", "user: \"root\"\n");
    assertThat(media.toString()).doesNotContain("a secret word");
  }

  @Test
  void theNetworkCanBeInDebiansFormat() {
    Vm vm = configured();
    Initialization wanted = vm.initialization();
    assertThat(wanted).isNotNull();
    wanted
        .cloudInitNetworkProtocol(CloudInitNetworkProtocol.ENI)
        .dnsServers("192.0.2.53 192.0.2.54")
        .nicConfigurations(
            List.of(
                new NicConfiguration()
                    .name("eth0")
                    .bootProtocol(BootProtocol.STATIC)
                    .ip(
                        new Ip()
                            .address("192.0.2.7")
                            .netmask("255.255.255.0")
                            .gateway("192.0.2.1")),
                new NicConfiguration().name("eth1").bootProtocol(BootProtocol.DHCP),
                new NicConfiguration().name("eth2").onBoot(false)));
    Map<String, String> files = media(vm, Map.of()).getFirst().files();
    assertThat(files.get("openstack/latest/meta_data.json"))
        .contains("\"content_path\":\"/content/0000\"");
    assertThat(files.get("openstack/content/0000"))
        .contains("auto eth0\niface eth0 inet static\n  address 192.0.2.7\n")
        .contains("  gateway 192.0.2.1\n  dns-nameservers 192.0.2.53 192.0.2.54\n")
        .contains("auto eth1\niface eth1 inet dhcp\n")
        .doesNotContain("eth2");
  }

  @Test
  void payloadsAreDiscsOfTheirOwn() {
    Vm vm = new Vm();
    vm.payloads(
        List.of(
            new Payload()
                .volumeId("answers")
                .files(List.of(new File().name("a.txt").content("yes")))));
    assertThat(media(vm, Map.of(Media.INITIALIZED, "true")))
        .containsExactly(new Medium("sdx", "answers", Map.of("a.txt", "yes")));
  }
}
