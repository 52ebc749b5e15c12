package io.overt.engine.vms.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.engine.TestHosts;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.services.ClusterNetworksService;
import io.overt.model.services.NetworkAttachmentsService;
import io.overt.model.services.NetworksService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmService;
import io.overt.model.services.VmsService;
import io.overt.model.types.BootProtocol;
import io.overt.model.types.Cluster;
import io.overt.model.types.DataCenter;
import io.overt.model.types.HostNic;
import io.overt.model.types.Ip;
import io.overt.model.types.IpAddressAssignment;
import io.overt.model.types.Network;
import io.overt.model.types.NetworkAttachment;
import io.overt.model.types.NetworkUsage;
import io.overt.model.types.Nic;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Template;
import io.overt.model.types.Vlan;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.model.types.VnicProfile;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines start where hosts say that they carry what machines are connected to. */
@Timeout(120)
class CarriedNetworksTest {
  private TestHosts world;
  private List<String> hosts;
  private String network;

  @BeforeEach
  void open() {
    world = TestHosts.open(2);
    hosts = List.of(world.addHost(0), world.addHost(1));
    network =
        Objects.requireNonNull(
                world
                    .service(NetworksService.class, "networks")
                    .add(
                        new NetworksService.AddRequest(
                            world
                                .call()
                                .with(
                                    "network",
                                    new Network()
                                        .name("blue")
                                        .vlan(new Vlan().id(12L))
                                        .dataCenter(new DataCenter().name("Default")))))
                    .entity())
            .requireId();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void assign(NetworkUsage usage) {
    String cluster = world.snapshot().byName(Kinds.CLUSTER, "", "Default").orElseThrow().id();
    world
        .service(ClusterNetworksService.class, "clusters/" + cluster + "/networks")
        .add(
            new ClusterNetworksService.AddRequest(
                world
                    .call()
                    .with(
                        "network",
                        new Network().id(network).required(false).usages(List.of(usage)))));
  }

  private void attach(String host, String address) {
    NetworkAttachment wanted =
        new NetworkAttachment()
            .network(new Network().id(network))
            .hostNic(new HostNic().name("eth0"));
    world
        .service(NetworkAttachmentsService.class, "hosts/" + host + "/networkattachments")
        .add(
            new NetworkAttachmentsService.AddRequest(
                world
                    .call()
                    .with(
                        "attachment",
                        address.isEmpty()
                            ? wanted
                            : wanted.ipAddressAssignments(
                                List.of(
                                    new IpAddressAssignment()
                                        .assignmentMethod(BootProtocol.STATIC)
                                        .ip(
                                            new Ip()
                                                .address(address)
                                                .netmask("255.255.255.0")))))));
  }

  private String machine() {
    return Objects.requireNonNull(
            world
                .service(VmsService.class, "vms")
                .add(
                    new VmsService.AddRequest(
                        world
                            .call()
                            .with(
                                "vm",
                                new Vm()
                                    .name("connected")
                                    .memory(128L << 20)
                                    .cluster(new Cluster().name("Default"))
                                    .template(new Template().name("Blank"))
                                    .os(new OperatingSystem().kernel("/boot/vmlinuz")))))
                .entity())
        .requireId();
  }

  private void connect(String machine) {
    String profile =
        world.snapshot().referrers(Kinds.VNIC_PROFILE, "network", network).getFirst().id();
    world
        .service(VmNicsService.class, "vms/" + machine + "/nics")
        .add(
            new VmNicsService.AddRequest(
                world
                    .call()
                    .with(
                        "nic", new Nic().name("nic1").vnicProfile(new VnicProfile().id(profile)))));
  }

  private void start(String machine) {
    world
        .service(VmService.class, "vms/" + machine)
        .start(new VmService.StartRequest(world.call()));
  }

  private void awaitUpOn(String machine, String host) {
    world.await(
        machine + " to be up",
        snapshot -> snapshot.find(Kinds.VM, machine).orElseThrow().value().status() == VmStatus.UP);
    assertThat(
            Objects.requireNonNull(
                    world.snapshot().find(Kinds.VM, machine).orElseThrow().value().host())
                .id())
        .isEqualTo(host);
  }

  @Test
  void aHostWithoutTheNetworkOfAnInterfaceIsNoChoice() {
    assign(NetworkUsage.VM);
    String machine = machine();
    connect(machine);
    assertThatThrownBy(() -> start(machine))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("lacks the networks blue");

    attach(hosts.get(1), "");
    start(machine);
    awaitUpOn(machine, hosts.get(1));
  }

  @Test
  void consolesNeedAnAddressInTheirNetwork() {
    assign(NetworkUsage.DISPLAY);
    String machine = machine();
    attach(hosts.get(0), "");
    assertThatThrownBy(() -> start(machine))
        .isInstanceOf(ApiFault.class)
        .hasMessageContaining("has no address on the display network blue");

    attach(hosts.get(1), "192.0.2.7");
    start(machine);
    awaitUpOn(machine, hosts.get(1));
  }
}
