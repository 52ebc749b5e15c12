package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Data centers, clusters, networks and what they are made of. */
final class InfrastructureStops {
  private final Tour tour;
  private final Client client;

  InfrastructureStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("data centers", this::dataCenters),
        new Stop("clusters", this::clusters),
        new Stop("actions of a cluster", this::clusterActions),
        new Stop("networks", this::networks),
        new Stop("networks of a cluster", this::clusterNetworks),
        new Stop("networks of a data center", this::centerNetworks),
        new Stop("vNIC profiles", this::vnicProfiles),
        new Stop("MAC pools", this::macPools),
        new Stop("iSCSI bonds", this::iscsiBonds));
  }

  private void dataCenters() {
    Thing center = client.create("/datacenters", "{name: 'away', local: false}");
    assertThat(center.field("status")).isEqualTo("uninitialized");
    center.update("{description: 'far', quota_mode: 'audit'}");
    client.post("/datacenters", "{name: 'away', local: false}").refused(409, "away");
    tour.center().act("cleanfinishedtasks");
    center.remove();
  }

  private String clusterBody(String name) {
    return """
    {name: '%s', data_center: {name: 'Default'}, description: 'a group',
     cpu: {architecture: 'x86_64', type: 'Intel Nehalem Family'}}
    """
        .formatted(name);
  }

  private void clusters() {
    Thing cluster = client.create("/clusters", clusterBody("group"));
    cluster.update("{comment: 'changed', ballooning_enabled: true}");
    client.post("/clusters", clusterBody("group")).refused(409);
    client
        .post(cluster.path() + "/enabledfeatures", "{id: '00000000-0000-4000-8000-000000000001'}")
        .refused(404);
    cluster.remove();
  }

  private void clusterActions() {
    Thing cluster = tour.cluster();
    cluster.act("upgrade", "{upgrade_action: 'start'}");
    cluster.reads("{upgrade_in_progress: true}");
    cluster.act("upgrade", "{upgrade_action: 'update_progress', upgrade_percent_complete: 40}");
    cluster.reads("{upgrade_percent_complete: 40}");
    cluster.act("upgrade", "{upgrade_action: 'finish'}");
    cluster.reads("{upgrade_in_progress: false}");
    cluster.act("resetemulatedmachine");
    cluster.act("refreshglusterhealstatus");
    Thing empty = client.create("/clusters", clusterBody("empty"));
    empty.act("syncallnetworks");
  }

  private void networks() {
    Thing network =
        client.create(
            "/networks",
            "{name: 'wire', data_center: {name: 'Default'}, vlan: {id: 77}, mtu: 9000}");
    network.update("{description: 'blue', mtu: 1500}");
    Thing label = network.create("networklabels", "{id: 'uplink'}");
    label.remove();
    network.create("networklabels", "{id: 'downlink'}");
    tour.highlight(network);
    tour.network("unused").remove();
  }

  private void clusterNetworks() {
    Thing network = tour.network("grouped");
    Thing assigned =
        tour.cluster().create("networks", "{id: '%s', required: false}".formatted(network.id()));
    assigned.update("{required: true}");
    assigned.update("{required: false, display: true}");
    assigned.remove();
    network.read();
  }

  private void centerNetworks() {
    Thing network = tour.center().create("networks", "{name: 'inside'}");
    network.update("{description: 'from within'}");
    network.remove();
    client.get("/networks/" + network.id()).expect(404);
  }

  private void vnicProfiles() {
    Thing network = tour.network("profiled");
    Thing profile =
        client.create(
            "/vnicprofiles",
            "{name: 'slow', network: %s, port_mirroring: false}".formatted(network.reference()));
    profile.update("{description: 'for guests'}");
    profile.remove();
    Thing assigned = network.create("vnicprofiles", "{name: 'fast'}");
    client.thing("/vnicprofiles/" + assigned.id()).reads("{name: 'fast'}");
    assigned.remove();
    network.create("vnicprofiles", "{name: 'stays'}");
    tour.highlight(network);
  }

  private void macPools() {
    Thing pool =
        client.create(
            "/macpools",
            """
            {name: 'own', description: 'mine', allow_duplicates: true,
             ranges: {range: [{from: '02:16:3e:00:00:00', to: '02:16:3e:00:00:ff'}]}}
            """);
    pool.update("{description: 'changed', allow_duplicates: false}");
    pool.remove();
    client.delete(client.named("/macpools", "Default").path()).refused(400, "default");
  }

  private void iscsiBonds() {
    Thing network = tour.network("paths");
    Thing bond =
        tour.center()
            .create(
                "iscsibonds",
                "{name: 'pair', networks: {network: [%s]}}".formatted(network.reference()),
                "networks");
    bond.update("{description: 'two ways'}");
    assertThat(bond.count("networks")).isEqualTo(1);
    assertThat(bond.count("storageserverconnections")).isZero();
    bond.remove();
    tour.highlight(
        tour.center()
            .create(
                "iscsibonds",
                "{name: 'kept', networks: {network: [%s]}}".formatted(network.reference()),
                "networks"));
  }
}
