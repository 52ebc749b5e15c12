package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Storage domains, connections and disks. */
final class StorageStops {
  private final Tour tour;
  private final Client client;

  StorageStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("the life of a storage domain", this::domains),
        new Stop("storage connections", this::connections),
        new Stop("disks", this::disks),
        new Stop("disks of a domain", this::domainDisks),
        new Stop("disks of machines", this::attachments));
  }

  private void domains() {
    Thing domain = tour.domain("second");
    domain.update("{comment: 'spare', warning_low_space_indicator: 15}");
    Thing attached = tour.attach(domain);
    domain.act("isattached", "{host: %s}".formatted(tour.host(0).reference()));
    client.delete(domain.path() + "?host=host0").refused(409, "second");
    attached.act("deactivate");
    attached.awaits("status", "maintenance");
    attached.act("activate");
    attached.awaits("status", "active");
    attached.act("deactivate");
    attached.awaits("status", "maintenance");
    attached.remove();
    domain.remove("?host=host0&format=true");
  }

  private void connections() {
    Thing connection =
        client.create("/storageconnections", "{type: 'nfs', address: 'filer', path: '/export/x'}");
    connection.update("{path: '/export/y'}");
    connection.remove();
    client.create("/storageconnections", "{type: 'nfs', address: 'filer', path: '/export/z'}");
  }

  private void disks() {
    Thing disk = tour.disk("plain");
    disk.update("{alias: 'named', provisioned_size: 2147483648}", "provisioned_size");
    disk.awaits("status", "ok").awaits("provisioned_size", "2147483648");
    disk.act("copy", "{storage_domain: {name: 'first'}, disk: {alias: 'double'}}");
    Thing copy =
        Thing.of(client, client.get("/disks?search=alias%3Ddouble").entries().iterator().next());
    copy.awaits("status", "ok");
    assertThat(copy.field("provisioned_size")).isEqualTo("2147483648");
    disk.awaits("status", "ok").remove();
    tour.highlight(copy);
  }

  private void domainDisks() {
    Thing domain = client.named("/storagedomains", "first");
    String body = "{name: '%s', provisioned_size: 1048576, format: 'raw', sparse: true}";
    for (Thing place : List.of(domain, tour.center().named("storagedomains", "first"))) {
      Thing disk =
          Thing.of(
              client,
              client.post(place.path() + "/disks", body.formatted("in")).expect(201, 202).body());
      Thing here = new Thing(client, place.path() + "/disks/" + disk.id(), disk.id());
      here.awaits("status", "ok");
      here.update("{alias: 'renamed'}");
      here.act("copy", "{storage_domain: {name: 'first'}, disk: {alias: 'twin'}}");
      here.awaits("status", "ok");
      assertThat(here.count("permissions")).isPositive();
      here.remove();
      client.get("/disks/" + disk.id()).expect(404);
    }
  }

  private void attachments() {
    Thing machine = tour.machine("disky");
    Thing made =
        machine.create(
            "diskattachments",
            """
            {bootable: true, interface: 'virtio',
             disk: {alias: 'root', provisioned_size: 1048576, format: 'cow',
                    storage_domains: {storage_domain: [{name: 'first'}]}}}
            """,
            "disk");
    client.thing("/disks/" + made.id()).awaits("status", "ok").reads("{alias: 'root'}");
    made.update("{interface: 'virtio_scsi'}");
    made.remove("?detach_only=true");
    client.thing("/disks/" + made.id()).remove();
    Thing loose = tour.disk("loose");
    machine.create(
        "diskattachments", "{interface: 'virtio', disk: %s}".formatted(loose.reference()));
    tour.highlight(machine);
  }
}
