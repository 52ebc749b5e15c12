package io.overt.acceptance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.acceptance.Await;
import java.util.List;

/** Virtual machines, their actions and devices. */
final class MachineStops {
  private final Tour tour;
  private final Client client;

  MachineStops(Tour tour) {
    this.tour = tour;
    this.client = tour.client();
  }

  List<Stop> stops() {
    return List.of(
        new Stop("the life of a machine", this::life),
        new Stop("running machines", this::running),
        new Stop("clones", this::clones),
        new Stop("network interfaces", this::nics),
        new Stop("devices", this::devices),
        new Stop("NUMA nodes", this::numaNodes));
  }

  private void life() {
    Thing machine = tour.machine("lively");
    machine.update("{description: 'changed', memory: 536870912, memory_policy: {max: 1073741824}}");
    client
        .post("/vms", "{name: 'lively', cluster: {name: 'Default'}, template: {name: 'Blank'}}")
        .refused(409);
    machine.remove();
  }

  private void running() {
    Thing machine = tour.machine("runner", ", display: {type: 'vnc'}");
    machine.act("start");
    machine.awaits("status", "up");
    client.post(machine.path() + "/start", "{}").refused(409);
    machine.act("ticket", "{ticket: {value: 'secret12', expiry: 120}}");
    Thing console = machine.first("graphicsconsoles");
    console.act("ticket", "{ticket: {expiry: 60}}");
    Await.until(
        "the host reports the console",
        () -> client.post(console.path() + "/remoteviewerconnectionfile", "{}"),
        answer -> answer.status() == 200 && answer.text().contains("[virt-viewer]"));
    whileItRuns(machine);
    machine.act("reboot");
    machine.awaits("status", "up");
    machine.act("reset");
    machine.awaits("status", "up");
    machine.act("migrate");
    machine.awaits("status", "up");
    machine.act("migrate");
    machine.act("cancelmigration");
    machine.awaits("status", "up");
    machine.act("shutdown");
    machine.awaits("status", "down");
    machine.act("start");
    machine.awaits("status", "up");
    machine.act("stop");
    machine.awaits("status", "down");
    machine.act("start");
    machine.awaits("status", "up");
    tour.highlight(machine);
  }

  private void whileItRuns(Thing machine) {
    Thing nic = machine.create("nics", "{name: 'hot', interface: 'virtio'}");
    nic.update("{linked: false}");
    nic.act("deactivate");
    nic.act("activate");
    machine.act("freezefilesystems");
    machine.act("thawfilesystems");
    machine.act("screenshot");
    String host = "/hosts/" + machine.read().path("host").path("id").asText();
    Await.until(
        "the guest's agent is heard",
        () -> {
          client.post(host + "/refresh", "{}").expect(200, 202);
          return machine.count("reporteddevices");
        },
        devices -> devices > 0);
    for (String told : List.of("reporteddevices", "sessions", "applications")) {
      machine.first(told).read();
    }
  }

  private void clones() {
    Thing machine = tour.machine("original");
    machine.create("nics", "{name: 'nic1'}");
    machine.act("clone", "{vm: {name: 'copied'}}");
    Thing copy = client.named("/vms", "copied").awaits("status", "down");
    assertThat(copy.count("nics")).isEqualTo(1);
    copy.reads("{memory: 268435456}");
    copy.remove();
    machine.act("reordermacaddresses");
    machine.act("export", "{host: {name: 'host0'}, directory: '/var/tmp', filename: 'a.ova'}");
    machine.awaits("status", "down");
  }

  private void nics() {
    Thing machine = tour.machine("wired");
    Thing nic = machine.create("nics", "{name: 'nic1', interface: 'e1000', linked: true}");
    nic.update("{name: 'nic1b', linked: false}");
    nic.act("deactivate");
    nic.reads("{plugged: false}");
    nic.act("activate");
    nic.reads("{plugged: true}");
    Thing parameter = nic.create("networkfilterparameters", "{name: 'IP', value: '192.0.2.7'}");
    parameter.update("{name: 'IP', value: '192.0.2.8'}");
    parameter.remove();
    nic.create("networkfilterparameters", "{name: 'MASK', value: '255.255.255.0'}");
    machine.create("nics", "{name: 'nic2'}").remove();
    tour.highlight(machine);
    tour.highlight(nic);
  }

  private void devices() {
    Thing machine = tour.machine("equipped");
    Thing watchdog = machine.create("watchdogs", "{model: 'i6300esb', action: 'reset'}");
    watchdog.update("{action: 'poweroff'}");
    watchdog.remove();
    machine.create("watchdogs", "{model: 'i6300esb', action: 'none'}");
    mediated(machine);
    Thing console = machine.first("graphicsconsoles");
    console.remove();
    machine.create("graphicsconsoles", "{protocol: 'vnc'}");
    machine.create("cdroms", "{file: {id: 'tour.iso'}}");
    machine.first("cdroms").update("{file: {id: ''}}", "file");
    tour.highlight(machine);
  }

  /** Of a machine, or what machines are made from. */
  static void mediated(Thing owner) {
    String parameters = "{spec_params: {property: [{name: 'mdevType', value: 'nvidia-%d'}]}}";
    Thing device = owner.create("mediateddevices", parameters.formatted(11));
    device.update(parameters.formatted(12));
    device.remove();
  }

  private void numaNodes() {
    Thing machine = tour.machine("large", ", cpu: {topology: {cores: 4}}");
    Thing node =
        machine.create(
            "numanodes",
            """
            {index: 0, memory: 128, numa_tune_mode: 'interleave',
             cpu: {cores: {core: [{index: 0}, {index: 1}]}}}
            """);
    node.update("{memory: 64}");
    node.remove();
    machine.create("numanodes", "{index: 0, memory: 64, cpu: {cores: {core: [{index: 0}]}}}");
    tour.highlight(machine);
  }
}
