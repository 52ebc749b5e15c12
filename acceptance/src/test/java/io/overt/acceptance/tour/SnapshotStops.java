package io.overt.acceptance.tour;

import java.util.List;

/** Suspended machines, snapshots of machines, and disks that move. */
final class SnapshotStops {
  private final Tour tour;
  private final Client client;

  SnapshotStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("suspended machines", this::suspended),
        new Stop("snapshots", this::snapshots),
        new Stop("machines and templates that a snapshot becomes", this::madeOfASnapshot),
        new Stop("disks that move", this::moves));
  }

  private void suspended() {
    Thing machine = tour.machine("drowsy");
    client.post(machine.path() + "/suspend", "{}").refused(409);
    machine.act("start");
    machine.awaits("status", "up");
    machine.act("suspend");
    machine.awaits("status", "suspended");
    machine.act("start");
    machine.awaits("status", "up");
    machine.act("suspend");
    machine.awaits("status", "suspended");
    machine.act("stop");
    machine.awaits("status", "down").remove();
  }

  private Thing snapshot(Thing machine, String name) {
    return machine
        .create("snapshots", "{description: '%s', persist_memorystate: false}".formatted(name))
        .awaits("snapshot_status", "ok");
  }

  private void snapshots() {
    Thing machine = tour.machine("pictured");
    Thing disk = tour.disk("film");
    machine.create(
        "diskattachments", "{interface: 'virtio', disk: %s}".formatted(disk.reference()));
    machine.create("nics", "{name: 'nic1'}");
    Thing first = snapshot(machine, "first");
    for (String devices : List.of("disks", "nics", "cdroms")) {
      first.first(devices).read();
    }
    client.post(machine.path() + "/undosnapshot", "{}").refused(400);
    machine.act("previewsnapshot", "{snapshot: %s}".formatted(first.reference()));
    first.awaits("snapshot_status", "in_preview");
    client.post(machine.path() + "/snapshots", "{description: 'no'}").refused(409);
    machine.act("undosnapshot");
    first.awaits("snapshot_status", "ok");
    machine.awaits("status", "down");
    machine.act("previewsnapshot", "{snapshot: %s}".formatted(first.reference()));
    first.awaits("snapshot_status", "in_preview");
    machine.act("commitsnapshot");
    first.awaits("snapshot_status", "ok");
    machine.awaits("status", "down");

    machine.act("start");
    machine.awaits("status", "up");
    Thing live =
        machine.create("snapshots", "{description: 'live'}").awaits("snapshot_status", "ok");
    live.remove();
    machine.act("stop");
    machine.awaits("status", "down");
    disk.awaits("status", "ok");
    first.act("restore");
    first.awaits("snapshot_status", "ok");
    machine.awaits("status", "down");
    first.remove();
    machine.awaits("status", "down").remove();
  }

  /** They are as the machine was, not as it is. */
  private void madeOfASnapshot() {
    Thing machine = tour.machine("model");
    Thing nic = machine.create("nics", "{name: 'then'}");
    Thing snapshot = snapshot(machine, "then");
    nic.remove();
    machine.create("nics", "{name: 'now'}");
    String reference = "snapshots: {snapshot: [%s]}".formatted(snapshot.reference());
    Thing copy =
        client
            .create(
                "/vms",
                "{name: 'model-copy', cluster: {name: 'Default'}, %s}".formatted(reference),
                "snapshots")
            .awaits("status", "down");
    Thing template =
        client
            .create(
                "/templates",
                "{name: 'model-template', vm: {id: '%s', %s}}".formatted(machine.id(), reference),
                "vm")
            .awaits("status", "ok");
    for (Thing made : List.of(copy, template)) {
      made.named("nics", "then");
      if (made.count("nics") != 1) {
        throw new AssertionError(made + " has more than the snapshot's network interface");
      }
      made.remove();
    }
    machine.remove();
  }

  private void moves() {
    Thing domain = tour.domain("removal");
    Thing attached = tour.attach(domain);
    Thing disk = tour.disk("mover");
    disk.act("sparsify");
    disk.awaits("status", "ok");
    disk.act("move", "{storage_domain: %s}".formatted(domain.reference()));
    disk.awaits("status", "ok");
    disk.remove();
    attached.act("deactivate");
    attached.awaits("status", "maintenance");
    attached.remove();
    domain.remove("?host=host0&format=true");
  }
}
