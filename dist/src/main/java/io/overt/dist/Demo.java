package io.overt.dist;

import io.overt.dist.api.ApiClient;
import io.overt.dist.api.ApiException;
import io.overt.dist.api.Entity;
import io.overt.engine.config.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A first virtual machine on this machine, made through the REST API as any client would: local
 * storage, a template, a machine from it. What is there already is used again.
 */
final class Demo {
  static final String TEMPLATE = "Tiny";
  static final String VM = DemoMachine.NAME;
  private static final String SEED = "tiny-seed";
  private static final long MEBIBYTE = 1L << 20;
  private static final long MEMORY = 128 * MEBIBYTE;
  private static final int HEARTBEATS = 3;
  private static final int NOT_IMPLEMENTED = 501;

  private final Installation installation;
  private final Site site;

  Demo(Installation installation, Site site) {
    this.installation = installation;
    this.site = site;
  }

  void run() {
    LocalHost.requireRoot();
    new Startup(installation, site).exclusively(() -> {});
    Path guest = site.state().resolve("guest");
    // Mostly downloading, while the engine starts.
    var building =
        new FutureTask<>(
            () ->
                Programs.run(
                    site.config().logDirectory().resolve("guest.log"),
                    Duration.ofMinutes(10),
                    List.of(installation.guestScript().toString(), guest.toString())));
    Thread.ofVirtual().start(building);
    UpCommand.up(installation, site, null);
    Progress.during("Building the demo guest", () -> finished(building));
    ApiClient api = site.api();
    Entity host =
        api.named("/hosts", "host", LocalHost.NAME)
            .orElseThrow(() -> new Failure("the host " + LocalHost.NAME + " has vanished"));
    Optional<String> storage = ensureStorage(api, host);
    ensureTemplate(api, guest);
    DemoMachine machine = new DemoMachine(api);
    String vm = machine.ensure(TEMPLATE, storage);
    showHeartbeat(vm);
    System.out.println();
    System.out.println("VM " + VM + " was made from template " + TEMPLATE + " and has:");
    machine.parts(vm).forEach(part -> System.out.println("  " + part));
    System.out.println();
    Welcome.print(site);
    nextThings();
  }

  private static <T> T finished(FutureTask<T> task) {
    try {
      return task.get(11, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new Failure("the demo guest was not built: " + e);
    }
  }

  /** The name of the storage domain, where this engine serves them. */
  private Optional<String> ensureStorage(ApiClient api, Entity host) {
    try {
      attachStorage(api, host);
      return Optional.of(LocalHost.NAME);
    } catch (ApiException e) {
      if (e.status() != NOT_IMPLEMENTED) {
        throw e;
      }
      System.err.println("No local storage domain: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void attachStorage(ApiClient api, Entity host) {
    String center =
        api.named("/datacenters", "data_center", LocalHost.NAME)
            .orElseThrow(() -> new Failure("the data center " + LocalHost.NAME + " has vanished"))
            .id();
    String domain =
        api.named("/storagedomains", "storage_domain", LocalHost.NAME)
            .orElseGet(() -> addStorage(api, host))
            .id();
    String attached = "/datacenters/" + center + "/storagedomains";
    if (api.list(attached, "storage_domain").stream().noneMatch(d -> d.id().equals(domain))) {
      Progress.during(
          "Attaching the storage domain", () -> api.post(attached, Map.of("id", domain)));
    }
    awaitStatus(api, attached + "/" + domain, Set.of("active"), "storage domain " + LocalHost.NAME);
  }

  private Entity addStorage(ApiClient api, Entity host) {
    Path directory = site.state().resolve("storage");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Failure("cannot make " + directory + ": " + e);
    }
    return Progress.during(
        "Creating the storage domain",
        () ->
            api.post(
                "/storagedomains",
                Map.of(
                    "name",
                    LocalHost.NAME,
                    "type",
                    "data",
                    "host",
                    Map.of("id", host.id()),
                    "storage",
                    Map.of("type", "localfs", "path", directory.toString()))));
  }

  private static void ensureTemplate(ApiClient api, Path guest) {
    Optional<Entity> template = api.named("/templates", "template", TEMPLATE);
    if (template.isEmpty()) {
      String seed =
          api.named("/vms", "vm", SEED).orElseGet(() -> api.post("/vms", seed(guest))).id();
      awaitStatus(api, "/vms/" + seed, Set.of("down"), "VM " + SEED);
      template =
          Optional.of(api.post("/templates", Map.of("name", TEMPLATE, "vm", Map.of("id", seed))));
    }
    awaitStatus(api, "/templates/" + template.get().id(), Set.of("ok"), "template " + TEMPLATE);
    api.named("/vms", "vm", SEED).ifPresent(seed -> api.delete("/vms/" + seed.id()));
  }

  private static Map<String, Object> seed(Path guest) {
    return Map.of(
        "name", SEED,
        "cluster", Map.of("name", LocalHost.NAME),
        "template", Map.of("name", "Blank"),
        "type", "server",
        "memory", MEMORY,
        "memory_policy", Map.of("guaranteed", MEMORY, "max", MEMORY),
        "console", Map.of("enabled", true),
        "os",
            Map.of(
                "type",
                "other_linux",
                "kernel",
                guest.resolve("kernel").toString(),
                "initrd",
                guest.resolve("initrd-agent.gz").toString(),
                "cmdline",
                "console=ttyS0 overt.name=" + VM));
  }

  private static void awaitStatus(ApiClient api, String path, Set<String> wanted, String what) {
    String[] status = {""};
    Progress.await(
        "Waiting for " + what,
        Duration.ofMinutes(3),
        () -> {
          status[0] = api.get(path).text("status");
          return wanted.contains(status[0]) ? Optional.of(true) : Optional.empty();
        },
        () -> " (" + status[0] + ")");
  }

  /**
   * The guest counts seconds on its serial console, which the agent keeps in a file, with those of
   * earlier boots: a line must be new, and only what its boot said counts.
   */
  private void showHeartbeat(String vm) {
    int old = heartbeat(vm).size();
    List<String> lines =
        Progress.await(
            "Waiting for the guest's heartbeat",
            Duration.ofMinutes(3),
            () ->
                Optional.of(heartbeat(vm))
                    .filter(found -> found.size() > old)
                    .map(Demo::ofLastBoot)
                    .filter(found -> found.size() >= HEARTBEATS),
            () -> "");
    System.out.println("The serial console of " + VM + " says:");
    lines
        .subList(lines.size() - HEARTBEATS, lines.size())
        .forEach(line -> System.out.println("  " + line));
  }

  private static List<String> ofLastBoot(List<String> beats) {
    String boot = boot(beats.getLast());
    return beats.stream().filter(beat -> boot(beat).equals(boot)).toList();
  }

  private static String boot(String beat) {
    return beat.substring(beat.lastIndexOf(' ') + 1);
  }

  private List<String> heartbeat(String vm) {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files =
        Files.find(site.state().resolve("agent"), 3, (path, _) -> named(path, vm))) {
      for (Path file : files.toList()) {
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .lines()
            .filter(line -> line.contains("HEARTBEAT"))
            .map(String::strip)
            .forEach(lines::add);
      }
    } catch (IOException notYet) {
      return List.of();
    }
    return lines;
  }

  private static boolean named(Path path, String vm) {
    String name = path.getFileName().toString();
    return Files.isRegularFile(path) && (name.contains(vm) || name.contains(VM));
  }

  private void nextThings() {
    String curl =
        "curl --cacert %s -u admin@internal %s/api/vms"
            .formatted(site.config().authorityDirectory().resolve("ca.pem"), site.url());
    System.out.println(
        """

        Three things to try next:
          %s
          ./overt status%s
          ./overt coverage
        Scripts in %s/before_vm_start change machines that start here:
          docs/hooks.md"""
            .formatted(curl, stateOption(), LocalHost.hooks(site)));
  }

  private String stateOption() {
    boolean standard = site.state().equals(Machine.local().stateDirectory());
    return standard ? "" : " --state " + site.state();
  }
}
