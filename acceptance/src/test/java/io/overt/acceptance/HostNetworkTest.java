package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.bonding;
import static org.ovirt.engine.sdk4.builders.Builders.dataCenter;
import static org.ovirt.engine.sdk4.builders.Builders.hostNic;
import static org.ovirt.engine.sdk4.builders.Builders.ip;
import static org.ovirt.engine.sdk4.builders.Builders.ipAddressAssignment;
import static org.ovirt.engine.sdk4.builders.Builders.network;
import static org.ovirt.engine.sdk4.builders.Builders.networkAttachment;
import static org.ovirt.engine.sdk4.builders.Builders.option;
import static org.ovirt.engine.sdk4.builders.Builders.vlan;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.builders.Builders;
import org.ovirt.engine.sdk4.builders.NetworkAttachmentBuilder;
import org.ovirt.engine.sdk4.services.HostService;
import org.ovirt.engine.sdk4.services.NetworkService;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.BootProtocol;
import org.ovirt.engine.sdk4.types.Event;
import org.ovirt.engine.sdk4.types.Host;
import org.ovirt.engine.sdk4.types.HostNic;
import org.ovirt.engine.sdk4.types.IpVersion;
import org.ovirt.engine.sdk4.types.Network;
import org.ovirt.engine.sdk4.types.NetworkAttachment;

/** Networks of hosts, arranged through the SDK: on simulated devices, and on real ones. */
@Timeout(300)
@ExtendWith({SharedEngine.class, RealHosts.class})
class HostNetworkTest {
  private final EngineFixture engine;
  private final RealHost real;

  HostNetworkTest(EngineFixture engine, RealHost real) {
    this.engine = engine;
    this.real = real;
  }

  private static Network add(SystemService system, String center, String name, int tag) {
    var wanted = network().name(name).dataCenter(dataCenter().name(center));
    return system
        .networksService()
        .add()
        .network(tag == 0 ? wanted : wanted.vlan(vlan().id(tag)))
        .send()
        .network();
  }

  private static HostService host(SystemService system, String name) {
    return system
        .hostsService()
        .hostService(
            system.hostsService().list().search("name=" + name).send().hosts().getFirst().id());
  }

  private static NetworkAttachmentBuilder attachment(Network network, String nic, String address) {
    return networkAttachment()
        .network(network().id(network.id()))
        .hostNic(hostNic().name(nic))
        .ipAddressAssignments(
            ipAddressAssignment()
                .assignmentMethod(BootProtocol.STATIC)
                .ip(ip().version(IpVersion.V4).address(address).netmask("255.255.255.0")));
  }

  private static List<NetworkAttachment> attachments(HostService host, Network network) {
    return host.networkAttachmentsService().list().send().attachments().stream()
        .filter(known -> known.network().id().equals(network.id()))
        .toList();
  }

  @Test
  void aBondCarriesATaggedNetwork() throws Exception {
    engine.farm();
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Network tagged = add(system, "Default", "tagged", 27);
      HostService host =
          host(
              system,
              system
                  .hostsService()
                  .list()
                  .search("cluster=Default")
                  .send()
                  .hosts()
                  .getFirst()
                  .name());
      assertThatThrownBy(
              () ->
                  host.setupNetworks()
                      .modifiedNetworkAttachments(attachment(tagged, "eth9", "10.9.0.1"))
                      .send())
          .hasMessageContaining("network_attachment.host_nic 'eth9' must be one of the host's");

      host.setupNetworks()
          .modifiedBonds(
              hostNic()
                  .name("bond7")
                  .bonding(
                      bonding()
                          .slaves(hostNic().name("eth0"))
                          .options(option().name("mode").value("1"))))
          .modifiedNetworkAttachments(attachment(tagged, "bond7", "10.9.0.1"))
          .checkConnectivity(true)
          .connectivityTimeout(30)
          .commitOnSuccess(true)
          .send();
      NetworkAttachment attached = attachments(host, tagged).getFirst();
      assertThat(attached.ipAddressAssignments().getFirst().ip().address()).isEqualTo("10.9.0.1");
      HostNic bond =
          host.nicsService().list().send().nics().stream()
              .filter(nic -> nic.name().equals("bond7"))
              .findFirst()
              .orElseThrow();
      assertThat(attached.hostNic().id()).isEqualTo(bond.id());
      assertThat(bond.bonding().slaves()).hasSize(1);

      host.networkAttachmentsService().attachmentService(attached.id()).remove().send();
      assertThat(attachments(host, tagged)).isEmpty();
      host.setupNetworks().removedBonds(hostNic().name("bond7")).send();
      remove(system, tagged);
    }
  }

  @Test
  void aHostGetsTheNetworksOfAnother() throws Exception {
    engine.farm();
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Network tagged = add(system, "Default", "copied", 28);
      List<Host> hosts = system.hostsService().list().search("cluster=Default").send().hosts();
      HostService source = host(system, hosts.get(0).name());
      HostService target = host(system, hosts.get(1).name());
      Host reference = Builders.host().id(hosts.get(0).id()).build();
      int before = target.networkAttachmentsService().list().send().attachments().size();
      source
          .setupNetworks()
          .modifiedBonds(hostNic().name("bond8").bonding(bonding().slaves(hostNic().name("eth0"))))
          .modifiedNetworkAttachments(attachment(tagged, "bond8", "10.9.8.1"))
          .send();

      target.copyHostNetworks().sourceHost(reference).send();
      NetworkAttachment copy = attachments(target, tagged).getFirst();
      assertThat(bonds(target)).containsEntry(copy.hostNic().id(), "bond8");
      // two hosts cannot have one address
      assertThat(String.valueOf(copy.ipAddressAssignments().getFirst().ip().address()))
          .isNotEqualTo("10.9.8.1");
      assertThat(system.eventsService().list().search("type=10928").send().events())
          .extracting(Event::description)
          .anySatisfy(told -> assertThat(told).contains(hosts.get(0).name(), hosts.get(1).name()));
      assertThatThrownBy(() -> source.copyHostNetworks().sourceHost(reference).send())
          .hasMessageContaining("source_host must be another host");

      NetworkAttachment own = attachments(source, tagged).getFirst();
      source.networkAttachmentsService().attachmentService(own.id()).remove().send();
      source.setupNetworks().removedBonds(hostNic().name("bond8")).send();
      target.copyHostNetworks().sourceHost(reference).send();
      assertThat(target.networkAttachmentsService().list().send().attachments()).hasSize(before);
      assertThat(bonds(target)).isEmpty();
      remove(system, tagged);
    }
  }

  private static Map<String, String> bonds(HostService host) {
    return host.nicsService().list().send().nics().stream()
        .filter(nic -> nic.bondingPresent())
        .collect(Collectors.toMap(HostNic::id, HostNic::name));
  }

  @Test
  void aBridgeWithAnAddressIsMadeOnARealHost() throws Exception {
    real.addCard("nic7");
    try (Connection connection = engine.access().connect()) {
      SystemService system = connection.systemService();
      Network plain = add(system, RealHost.NAME, "plainwire", 0);
      HostService host = host(system, RealHost.NAME);
      host.refresh().send();
      Await.until(
          "the card is known",
          () -> host.nicsService().list().send().nics(),
          nics -> nics.stream().anyMatch(nic -> nic.name().equals("nic7")));

      NetworkAttachment attached =
          host.networkAttachmentsService()
              .add()
              .attachment(attachment(plain, "nic7", "10.97.0.1"))
              .send()
              .attachment();
      assertThat(real.devices())
          .containsPattern("nic7\\S* .* master plainwire ")
          .containsPattern("plainwire .* inet 10\\.97\\.0\\.1/24 ");
      host.commitNetConfig().send();

      host.networkAttachmentsService().attachmentService(attached.id()).remove().send();
      assertThat(real.devices()).contains("nic7").doesNotContain("plainwire", "10.97.0.1");
      remove(system, plain);
    }
  }

  private static void remove(SystemService system, Network network) {
    NetworkService service = system.networksService().networkService(network.id());
    service.remove().send();
  }
}
