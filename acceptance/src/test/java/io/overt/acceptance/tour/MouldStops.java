package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What machines are made from: templates, instance types, pools. */
final class MouldStops {
  private final Tour tour;
  private final Client client;

  MouldStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("templates", this::templates),
        new Stop("devices of a template", this::templateDevices),
        new Stop("instance types", this::instanceTypes),
        new Stop("pools", this::pools));
  }

  private Thing template(String name, Thing machine) {
    Thing made =
        client.create(
            "/templates", "{name: '%s', vm: %s}".formatted(name, machine.reference()), "vm");
    return made.awaits("status", "ok");
  }

  private void templates() {
    Thing machine = tour.machine("model");
    Thing disk = tour.disk("moulded");
    machine.create(
        "diskattachments",
        "{interface: 'virtio', bootable: true, disk: %s}".formatted(disk.reference()));
    Thing template = template("mould", machine);
    template.update("{description: 'for more'}");
    assertThat(template.count("diskattachments")).isEqualTo(1);
    template.awaits("status", "ok");
    template.act("export", "{host: {name: 'host0'}, directory: '/var/tmp'}");
    template.awaits("status", "ok");
    Thing cast =
        client
            .create("/vms", "{name: 'cast', cluster: {name: 'Default'}, template: {name: 'mould'}}")
            .awaits("status", "down");
    client.delete(template.path()).refused(409, "cast");
    assertThat(cast.count("diskattachments")).isEqualTo(1);
    cast.remove();
    tour.highlight(template);
    template("short-lived", tour.machine("brief")).remove();
  }

  private void templateDevices() {
    Thing template = template("fitted", tour.machine("fitting"));
    Thing nic = template.create("nics", "{name: 'nic1'}");
    nic.update("{name: 'nic2'}");
    nic.remove();
    template.create("nics", "{name: 'nic3'}");
    Thing watchdog = template.create("watchdogs", "{model: 'i6300esb', action: 'reset'}");
    watchdog.update("{action: 'none'}");
    watchdog.remove();
    template.create("watchdogs", "{model: 'i6300esb', action: 'dump'}");
    MachineStops.mediated(template);
    template.first("graphicsconsoles").remove();
    template.create("graphicsconsoles", "{protocol: 'vnc'}");
    tour.highlight(template);
  }

  private void instanceTypes() {
    Thing type = client.create("/instancetypes", "{name: 'wide', memory: 536870912}");
    type.update("{description: 'wider'}");
    Thing nic = type.create("nics", "{name: 'nic1'}");
    nic.update("{name: 'nic2'}");
    nic.remove();
    type.create("nics", "{name: 'nic3'}");
    Thing watchdog = type.create("watchdogs", "{model: 'i6300esb', action: 'reset'}");
    watchdog.update("{action: 'none'}");
    watchdog.remove();
    type.create("watchdogs", "{model: 'i6300esb', action: 'dump'}");
    type.first("graphicsconsoles").remove();
    type.create("graphicsconsoles", "{protocol: 'vnc'}");
    tour.highlight(type);
    client.create("/instancetypes", "{name: 'brief', memory: 536870912}").remove();
  }

  private void pools() {
    Thing template = template("swimmer", tour.machine("swimming"));
    Thing pool =
        client.create(
            "/vmpools",
            """
            {name: 'pool', description: 'p', size: 2, max_user_vms: 1,
             cluster: {name: 'Default'}, template: %s}
            """
                .formatted(template.reference()));
    pool.update("{description: 'q', size: 3}");
    Thing taken = Thing.of(client, pool.act("allocatevm").body().path("vm"));
    taken.awaits("status", "up");
    taken.act("stop");
    taken.awaits("status", "down");
    taken.act("detach");
    assertThat(pool.field("size")).isEqualTo("2");
    pool.remove();
    taken.reads("{status: 'down'}");
  }
}
