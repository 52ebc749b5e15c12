package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Hosts. */
final class HostStops {
  private final Tour tour;
  private final Client client;

  HostStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("the life of a host", this::life),
        new Stop("fence agents", this::fenceAgents),
        new Stop("networks of a host", this::networks));
  }

  private void life() {
    Thing host = client.create("/hosts", tour.hostBody(2), "root_password").awaits("status", "up");
    host.update("{comment: 'third'}");
    host.act("refresh");
    client.delete(host.path()).refused(409, "maintenance");
    host.act("deactivate", "{reason: 'dust'}");
    host.awaits("status", "maintenance");
    host.act("fence", "{fence_type: 'manual'}");
    host.act("activate");
    host.awaits("status", "up");
    assertThat(host.count("statistics")).isPositive();
    host.act("deactivate");
    host.awaits("status", "maintenance");
    host.remove();
  }

  private void fenceAgents() {
    Thing host = tour.host(0);
    Thing agent =
        host.create(
            "fenceagents",
            """
            {type: 'ipmilan', address: '192.0.2.7', username: 'admin', password: 'hidden', order: 1}
            """,
            "password");
    agent.update("{address: '192.0.2.8'}");
    assertThat(agent.read().toString()).doesNotContain("hidden");
    agent.remove();
    host.create(
        "fenceagents",
        "{type: 'ilo', address: '192.0.2.9', username: 'admin', password: 'x', order: 1}",
        "password");
    tour.highlight(host);
  }

  private void networks() {
    Thing host = tour.host(0);
    Thing network = tour.center().create("networks", "{name: 'arranged', vlan: {id: '31'}}");
    Thing card = host.named("nics", "eth0");
    String address =
        "ip_address_assignments: {ip_address_assignment: [{assignment_method: 'static',"
            + " ip: {address: '%s', netmask: '255.255.255.0', version: 'v4'}}]}";
    Thing attachment =
        host.create(
            "networkattachments",
            "{network: {id: '%s'}, host_nic: {id: '%s'}, %s}"
                .formatted(network.id(), card.id(), address.formatted("192.0.2.20")));
    attachment.update("{" + address.formatted("192.0.2.21") + "}");
    host.act("commitnetconfig");
    attachment.remove();
    host.act(
        "setupnetworks",
        """
        {modified_network_attachments: {network_attachment:
          [{network: {id: '%s'}, host_nic: {id: '%s'}}]}, check_connectivity: 'true',
          commit_on_success: 'true'}
        """
            .formatted(network.id(), card.id()));
    String copied = "{source_host: {id: '%s'}}".formatted(host.id());
    tour.host(1).act("copyhostnetworks", copied);
    assertThat(tour.host(1).count("networkattachments"))
        .isEqualTo(host.count("networkattachments"));
    host.act(
        "setupnetworks",
        """
        {removed_network_attachments: {network_attachment: [{network: {id: '%s'}}]}}
        """
            .formatted(network.id()));
    tour.host(1).act("copyhostnetworks", copied);
    client.delete("/networks/" + network.id()).expect(200);
  }
}
