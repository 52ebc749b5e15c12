package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.api.Entity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's virtual machine: made from the template, with a NIC on the host's bridge and a disk on
 * the storage domain. Both are added while it is down; one that runs is left as it is.
 */
final class DemoMachine {
  static final String NAME = "tiny1";
  private static final String DISK = NAME + "-disk";
  private static final String NETWORK = "ovirtmgmt";
  private static final long DISK_SIZE = 1L << 30;

  private final ApiClient api;

  DemoMachine(ApiClient api) {
    this.api = api;
  }

  /**
   * Makes it run.
   *
   * @param storage the name of the storage domain for its disk; empty for none
   * @return its id
   */
  String ensure(String template, Optional<String> storage) {
    Entity vm =
        api.named("/vms", "vm", NAME)
            .orElseGet(
                () ->
                    api.post(
                        "/vms",
                        Map.of(
                            "name", NAME,
                            "cluster", Map.of("name", LocalHost.NAME),
                            "template", Map.of("name", template))));
    String path = "/vms/" + vm.id();
    String status =
        Progress.await(
            "Waiting for VM " + NAME,
            Duration.ofMinutes(1),
            () -> Optional.of(api.get(path).text("status")).filter(s -> !s.equals("image_locked")),
            () -> "");
    if (status.equals("down")) {
      ensureNic(path);
      storage.ifPresent(domain -> ensureDisk(path, domain));
      api.post(path + "/start", Map.of());
    }
    awaitRunning(path);
    return vm.id();
  }

  private void ensureNic(String path) {
    if (api.list(path + "/nics", "nic").isEmpty()) {
      profile()
          .ifPresent(
              profile ->
                  api.post(
                      path + "/nics",
                      Map.of("name", "nic1", "vnic_profile", Map.of("id", profile.id()))));
    }
  }

  /** The profile of the management network of the host's data center. */
  private Optional<Entity> profile() {
    return api.named("/datacenters", "data_center", LocalHost.NAME)
        .flatMap(
            center -> api.named("/datacenters/" + center.id() + "/networks", "network", NETWORK))
        .flatMap(
            network ->
                api.list("/networks/" + network.id() + "/vnicprofiles", "vnic_profile").stream()
                    .findFirst());
  }

  private void ensureDisk(String path, String domain) {
    if (!api.list(path + "/diskattachments", "disk_attachment").isEmpty()) {
      return;
    }
    Entity attachment =
        api.post(
            path + "/diskattachments",
            Map.of(
                "interface",
                "virtio",
                "active",
                true,
                "bootable",
                true,
                "disk",
                Map.of(
                    "name",
                    DISK,
                    "format",
                    "cow",
                    "provisioned_size",
                    DISK_SIZE,
                    "storage_domains",
                    Map.of("storage_domain", List.of(Map.of("name", domain))))));
    String disk = attachment.child("disk").orElse(attachment).id();
    Progress.await(
        "Waiting for disk " + DISK,
        Duration.ofMinutes(1),
        () -> Optional.of(api.get("/disks/" + disk).text("status")).filter("ok"::equals),
        () -> "");
  }

  /** A start that fails leads back to "down": then the events say why. */
  private void awaitRunning(String path) {
    String[] status = {""};
    long started = System.nanoTime();
    Progress.await(
        "Waiting for VM " + NAME,
        Duration.ofMinutes(3),
        () -> {
          status[0] = api.get(path).text("status");
          boolean early = System.nanoTime() - started < Duration.ofSeconds(3).toNanos();
          if (status[0].equals("down") && !early) {
            throw new Failure(
                "VM " + NAME + " did not start: " + lastEvent() + " (more in ./overt logs)");
          }
          return status[0].equals("up") ? Optional.of(true) : Optional.empty();
        },
        () -> " (" + status[0] + ")");
  }

  private String lastEvent() {
    return api.list("/events?max=1", "event").stream()
        .map(event -> event.text("description"))
        .findFirst()
        .orElse("there is no event about it");
  }

  /** What it consists of, a line each. */
  List<String> parts(String id) {
    String path = "/vms/" + id;
    List<String> parts = new ArrayList<>();
    for (Entity nic : api.list(path + "/nics", "nic")) {
      String address = nic.child("mac").map(mac -> mac.text("address")).orElse("?");
      parts.add("NIC %s: %s on network %s".formatted(nic.text("name"), address, NETWORK));
    }
    for (Entity attachment : api.list(path + "/diskattachments", "disk_attachment")) {
      Entity disk = api.get("/disks/" + attachment.id());
      parts.add(
          "disk %s: %s MiB, %s, on storage domain %s"
              .formatted(
                  disk.text("name"),
                  Long.parseLong(disk.text("provisioned_size")) >> 20,
                  disk.text("format").equals("cow") ? "qcow2" : "raw",
                  LocalHost.NAME));
    }
    consoles(path).forEach(parts::add);
    return parts;
  }

  /** The host tells consoles with its reports, which the engine asks for now and then. */
  private List<String> consoles(String path) {
    String list = path + "/graphicsconsoles?current=true";
    List<String> found = new ArrayList<>();
    for (Entity console : api.list(list, "graphics_console")) {
      found.add(
          "console: %s://%s:%s (needs a ticket)"
              .formatted(console.text("protocol"), console.text("address"), console.text("port")));
    }
    return found;
  }
}
