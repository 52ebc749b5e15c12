package io.overt.bench;

import io.overt.dist.api.ApiClient;
import io.overt.engine.config.AdminClient;
import io.overt.engine.config.ConfigLoader;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.config.Machine;
import io.overt.libvirt.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An engine and two hosts with shared storage, in networks that have no way out; this process is in
 * the network that connects them.
 */
final class TwoHosts implements AutoCloseable {
  private static final String NAME = "pair";
  private static final int PORT = 54_321;
  private static final long MEMORY = 128L << 20;

  private final Path state;
  private final Path guest;
  private final BenchEngine engine;
  private final List<Process> agents = new ArrayList<>();
  private final List<Connection> libvirts = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();

  /**
   * @param state holds {@code hosts}, as {@code hosts.sh} starts them
   */
  TwoHosts(Site site, Path state, Path guest) throws IOException {
    this.state = state;
    this.guest = guest;
    this.engine = BenchEngine.start(site.installation(), state.resolve("engine"));
    Files.createDirectories(storage());
    Files.createDirectories(consoles());
    EngineConfig config =
        ConfigLoader.load(
                Map.of("state-directory", state.resolve("engine").toString()),
                Map.of(),
                Machine.local())
            .config();
    for (int number : List.of(1, 2)) {
      agents.add(startAgent(config, number));
      libvirts.add(Connection.open(uri(Integer.toString(number))));
    }
    register();
  }

  private Path hosts() {
    return state.resolve("hosts");
  }

  private Path storage() {
    return hosts().resolve("shared/storage");
  }

  private Path consoles() {
    return hosts().resolve("shared/console");
  }

  String uri(String host) {
    return "qemu+unix:///system?socket=" + hosts() + "/" + host + "/run/libvirt-sock";
  }

  static String address(int number) {
    return "10.77.0.1" + number;
  }

  private Process startAgent(EngineConfig config, int number) throws IOException {
    Path directory = hosts().resolve(Integer.toString(number));
    Path keys = config.pkiDirectory().resolve("hosts").resolve(NAME + number);
    new AdminClient(config.runDirectory())
        .call(
            "enroll host",
            Map.of(
                "name", NAME + number,
                "addresses", List.of(address(number)),
                "directory", keys.toString()));
    Files.createDirectories(directory.resolve("agent"));
    Files.createSymbolicLink(directory.resolve("agent/console"), consoles());
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=" + directory.resolve("network-namespace"),
                "--",
                "unshare",
                "--mount",
                "--",
                "sh",
                "-c",
                "mount -t sysfs sysfs /sys && exec \"$@\"",
                "agent",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.overt.agent.AgentMain",
                "--tls-certificate=" + keys.resolve("cert.pem"),
                "--tls-key=" + keys.resolve("key.pem"),
                "--tls-authority=" + keys.resolve("ca.pem"),
                "--port=" + PORT,
                "--bind-address=" + address(number),
                "--libvirt-uri=" + uri(Integer.toString(number)),
                "--migration-uri=" + uri("{host}"),
                "--unsafe-migration=true",
                "--virt-type=qemu",
                "--state-directory=" + directory.resolve("agent"),
                "--storage-root=" + directory.resolve("storage-root"),
                "--hooks=" + directory.resolve("hooks"),
                "--serial-log=true",
                "--serial-sockets=" + directory.resolve("serial"),
                "--console-address=127.0.0.1"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("agent.log").toFile())
        .start();
  }

  private void register() {
    api().post("/datacenters", Map.of("name", NAME, "local", false));
    api()
        .post(
            "/clusters",
            Map.of(
                "name",
                NAME,
                "data_center",
                Map.of("name", NAME),
                // What virsh is told as well: the links of these hosts would allow more.
                "migration",
                Map.of("bandwidth", Map.of("assignment_method", "hypervisor_default"))));
    for (int number : List.of(1, 2)) {
      Map<String, Object> host =
          Map.of(
              "name",
              NAME + number,
              "address",
              address(number),
              "port",
              PORT,
              "root_password",
              "unused",
              "cluster",
              Map.of("name", NAME));
      Site.await(
          () -> {
            try {
              ids.add(api().post("/hosts", host).id());
              return true;
            } catch (io.overt.dist.api.ApiException early) {
              return false;
            }
          },
          "the agent of host " + number + " answers");
    }
    for (String id : ids) {
      Site.await(() -> status("/hosts/" + id).equals("up"), "host " + id + " is up");
    }
    String domain =
        api()
            .post(
                "/storagedomains",
                Map.of(
                    "name",
                    NAME,
                    "type",
                    "data",
                    "host",
                    Map.of("name", NAME + 1),
                    "storage",
                    Map.of("type", "posixfs", "vfs_type", "ext4", "path", storage().toString())))
            .id();
    String center = api().named("/datacenters", "data_center", NAME).orElseThrow().id();
    String attached = "/datacenters/" + center + "/storagedomains";
    api().post(attached, Map.of("id", domain));
    Site.await(
        () -> status(attached + "/" + domain).equals("active"), "the storage domain is active");
  }

  ApiClient api() {
    return engine.api();
  }

  String status(String path) {
    return api().get(path).text("status");
  }

  /** The id of a host in the engine. */
  String host(int number) {
    return ids.get(number - 1);
  }

  Connection libvirt(int number) {
    return libvirts.get(number - 1);
  }

  Path console(String vm) {
    return consoles().resolve(vm + ".log");
  }

  /** A running machine whose guest writes to its disk all the time; the id. */
  String machine(String name) {
    String id =
        api()
            .post(
                "/vms",
                Map.of(
                    "name",
                    name,
                    "cluster",
                    Map.of("name", NAME),
                    "template",
                    Map.of("name", "Blank"),
                    "memory",
                    MEMORY,
                    "memory_policy",
                    Map.of("guaranteed", MEMORY, "max", MEMORY),
                    "os",
                    Map.of(
                        "type",
                        "other_linux",
                        "kernel",
                        guest.resolve("kernel").toString(),
                        "initrd",
                        guest.resolve("initrd.gz").toString(),
                        "cmdline",
                        "console=ttyS0 overt.write=vda")))
            .id();
    String path = "/vms/" + id;
    Site.await(() -> status(path).equals("down"), "the machine is made");
    Map<String, Object> disk =
        Map.of(
            "name",
            name + "-disk",
            "provisioned_size",
            64L << 20,
            "format",
            "raw",
            "storage_domains",
            Map.of("storage_domain", List.of(Map.of("name", NAME))));
    String diskId =
        api()
            .post(
                path + "/diskattachments",
                Map.of("bootable", false, "active", true, "interface", "virtio", "disk", disk))
            .id();
    Site.await(() -> status("/disks/" + diskId).equals("ok"), "the disk is made");
    api().post(path + "/start", Map.of());
    Site.await(() -> status(path).equals("up"), "the machine is up");
    return id;
  }

  @Override
  public void close() {
    libvirts.forEach(Connection::close);
    engine.close();
    agents.forEach(Process::destroy);
  }
}
