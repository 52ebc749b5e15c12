package io.overt.acceptance;

import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.dataCenter;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.hostStorage;
import static org.ovirt.engine.sdk4.builders.Builders.network;

import io.overt.libvirt.testing.PrivateLibvirt;
import io.overt.libvirt.testing.TestGuest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.HostStatus;
import org.ovirt.engine.sdk4.types.Network;
import org.ovirt.engine.sdk4.types.StorageType;
import org.ovirt.engine.sdk4.types.VnicProfile;

/**
 * A host of its own libvirtd and QEMU, in a network namespace, set up through the API as an
 * administrator does it: a local data center and cluster {@code real}, the host, a storage domain
 * in a directory, and the template {@code Tiny} of the demo's guest.
 */
final class RealHost implements AutoCloseable {
  static final String NAME = "real";
  static final String TEMPLATE = "Tiny";

  /** A network besides {@code ovirtmgmt}, and its bridge. */
  static final String NETWORK = "real-wire";

  /** The host's own address on that network. */
  static final String WIRE_ADDRESS = "10.99.0.1";

  private static final int PORT = 54_321;

  private final EngineAccess access;
  private final PrivateLibvirt libvirt = PrivateLibvirt.shared();
  private final NetworkNamespace network;
  private final List<String> settings;
  private AgentProcess agent;

  private RealHost(EngineFixture engine) {
    this.access = engine.access();
    this.network = NetworkNamespace.enter(namespaceFile());
    this.settings = settings(engine);
    makeBridge();
    this.agent = startAgent();
  }

  /** Starts it and waits until the engine can use it. */
  static RealHost start(EngineFixture engine) {
    RealHost real = new RealHost(engine);
    try (Connection connection = real.access.connect()) {
      real.register(connection.systemService());
      return real;
    } catch (Exception e) {
      real.close();
      throw new IllegalStateException("cannot set the host up; its agent said:\n" + real.log(), e);
    }
  }

  private List<String> settings(EngineFixture engine) {
    return HostSetUp.agent(
        HostSetUp.enroll(engine.channel(), engine.config().pkiDirectory(), NAME, "127.0.0.1"),
        PORT,
        "127.0.0.1",
        libvirt.uri(),
        libvirt.directory(),
        "--display-address=127.0.0.1");
  }

  /** What an administrator of the host does for a network; the agent reports it by its name. */
  private void makeBridge() {
    libvirt.inNetwork("ip", "link", "add", NETWORK, "type", "bridge");
    libvirt.inNetwork("ip", "address", "add", WIRE_ADDRESS + "/24", "dev", NETWORK);
    libvirt.inNetwork("ip", "link", "set", NETWORK, "up");
  }

  private AgentProcess startAgent() {
    return AgentProcess.start(
        namespaceFile(), libvirt.directory().resolve("agent.log").toFile(), settings);
  }

  private void register(SystemService system) throws IOException {
    HostSetUp setUp = new HostSetUp(system, NAME);
    setUp.addCluster(true);
    addNetwork(system);
    awaitAgent();
    String id =
        system
            .hostsService()
            .add()
            .host(
                host()
                    .name(NAME)
                    .address("127.0.0.1")
                    .port(network.forward(PORT))
                    .rootPassword("not-needed")
                    .cluster(cluster().name(NAME)))
            .send()
            .host()
            .id();
    Await.until(
        "the host is up",
        () -> system.hostsService().hostService(id).get().send().host().status(),
        HostStatus.UP::equals);
    addStorage(system, NAME, storage());
    setUp.addTemplate();
  }

  private static void addNetwork(SystemService system) {
    Network added =
        system
            .networksService()
            .add()
            .network(network().name(NETWORK).dataCenter(dataCenter().name(NAME)))
            .send()
            .network();
    String group =
        system.clustersService().list().search("name=" + NAME).send().clusters().getFirst().id();
    system
        .clustersService()
        .clusterService(group)
        .networksService()
        .add()
        .network(network().id(added.id()).required(true))
        .send();
  }

  private void awaitAgent() {
    Await.until(
        "the agent listens",
        () -> {
          if (!agent.alive()) {
            throw new IllegalStateException("the agent ended at once");
          }
          return listens(PORT);
        },
        Boolean::booleanValue);
  }

  /** Whether something listens on this port of the host. */
  boolean listens(int port) {
    try (Socket socket = network.connect(port)) {
      return socket.isConnected();
    } catch (IOException | IllegalStateException refused) {
      return false;
    }
  }

  /** Adds a storage domain of this name; its id. */
  String addStorage(Connection connection, String name) throws IOException {
    return addStorage(connection.systemService(), name, libvirt.directory().resolve(name));
  }

  private static String addStorage(SystemService system, String name, Path directory)
      throws IOException {
    return new HostSetUp(system, NAME)
        .addStorage(
            name,
            NAME,
            hostStorage().type(StorageType.LOCALFS).path(directory.toString()),
            directory);
  }

  /** The file behind a disk on a storage domain that was added. */
  Path storage(String name, Disk disk) {
    return libvirt
        .directory()
        .resolve(name)
        .resolve(disk.storageDomains().getFirst().id())
        .resolve("images")
        .resolve(disk.id())
        .resolve(disk.imageId());
  }

  /** What connects a NIC with a network of this host. */
  VnicProfile profile(Connection connection, String name) {
    return connection.systemService().vnicProfilesService().list().send().profiles().stream()
        .filter(profile -> profile.name().equals(name))
        .filter(
            profile -> {
              Network network = connection.followLink(profile.network());
              return connection.followLink(network.dataCenter()).name().equals(NAME);
            })
        .findFirst()
        .orElseThrow();
  }

  /** Gives the host another network card, whose cable ends in the host itself. */
  void addCard(String name) {
    libvirt.inNetwork("ip", "link", "add", name, "type", "veth", "peer", "name", name + "-end");
  }

  /** The host's network devices and their addresses, a line each. */
  String devices() {
    return libvirt.inNetwork("ip", "-o", "link") + libvirt.inNetwork("ip", "-o", "address");
  }

  /** A port of this machine that leads to the agent. */
  int agentPort() {
    return network.forward(PORT);
  }

  /** A file on a medium that the agent made for a machine. */
  String fileOnMedium(String vm, String drive, String path) {
    Path image = libvirt.directory().resolve("agent/payloads").resolve(vm + "." + drive + ".img");
    return libvirt.inNetwork("isoinfo", "-i", image.toString(), "-J", "-x", path);
  }

  /** Where an administrator puts scripts; each point has a directory. */
  Path scripts() {
    return libvirt.directory().resolve("hooks");
  }

  /** The directory that is the storage domain. */
  Path storage() {
    return libvirt.directory().resolve("storage");
  }

  /** What runs on this libvirt, by domain id. */
  List<String> domains() {
    return lines(libvirt.inNetwork("virsh", "-q", "-c", libvirt.uri(), "list", "--uuid"));
  }

  String domainXml(String vm) {
    return libvirt.inNetwork("virsh", "-q", "-c", libvirt.uri(), "dumpxml", vm);
  }

  /**
   * Runs a shell command in a guest, by the guest agent in it.
   *
   * @return its exit status
   */
  int inGuest(String vm, String command) {
    String started =
        agentCommand(
            vm,
            """
            {"execute": "guest-exec", "arguments": {"path": "/bin/sh", "arg": ["-c", "%s"]}}"""
                .formatted(command));
    String pid = started.replaceAll("\\D", "");
    String status =
        Await.until(
            "the guest's command '" + command + "' ends",
            () ->
                agentCommand(
                    vm,
                    """
                    {"execute": "guest-exec-status", "arguments": {"pid": %s}}"""
                        .formatted(pid)),
            answer -> answer.contains("\"exited\":true"));
    return Integer.parseInt(status.replaceAll(".*\"exitcode\":(\\d+).*", "$1").strip());
  }

  private String agentCommand(String vm, String json) {
    return libvirt.inNetwork(
        "virsh", "-q", "-c", libvirt.uri(), "qemu-agent-command", "--timeout", "20", vm, json);
  }

  /** What {@code qemu-img info} says of an image, even while a guest uses it. */
  String imageInformation(Path image) {
    return libvirt.inNetwork("qemu-img", "info", "--force-share", image.toString());
  }

  /** Fills the first mebibyte of an image that no guest uses. */
  void write(Path image, int pattern) {
    libvirt.inNetwork(
        "qemu-io", "-f", "qcow2", "-c", "write -P " + pattern + " 0 1M", image.toString());
  }

  /** Fills one mebibyte of an image that no guest uses. */
  void write(Path image, int pattern, int mebibyte) {
    libvirt.inNetwork(
        "qemu-io",
        "-f",
        "qcow2",
        "-c",
        "write -P %d %dM 1M".formatted(pattern, mebibyte),
        image.toString());
  }

  private byte[] read(Path image, long bytes) {
    Path copy = libvirt.directory().resolve("image-content");
    libvirt.inNetwork(
        "qemu-img",
        "dd",
        "-f",
        "qcow2",
        "-O",
        "raw",
        "bs=512",
        "count=" + bytes / 512,
        "if=" + image,
        "of=" + copy);
    try {
      byte[] content = Files.readAllBytes(copy);
      Files.delete(copy);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first byte of each of the first mebibytes of an image. */
  List<Integer> patterns(Path image, int mebibytes) {
    byte[] content = read(image, (long) mebibytes << 20);
    List<Integer> patterns = new ArrayList<>();
    for (int index = 0; index < mebibytes; index++) {
      patterns.add((int) content[index << 20]);
    }
    return patterns;
  }

  /** The text in each of the first sectors of an image. */
  List<String> lines(Path image, int sectors) {
    byte[] content = read(image, sectors * 512L);
    List<String> lines = new ArrayList<>();
    for (int index = 0; index < sectors; index++) {
      String sector = new String(content, index * 512, 512, StandardCharsets.ISO_8859_1);
      lines.add(sector.lines().findFirst().orElse("").replace("\0", "").strip());
    }
    return lines;
  }

  /** What is in an appliance, unpacked beside it. */
  List<String> unpack(Path appliance) {
    return lines(
        libvirt.inNetwork(
            "tar", "-C", appliance.getParent().toString(), "-xvf", appliance.toString()));
  }

  /** What {@code qemu-img check} says. */
  String check(Path image) {
    return libvirt.inNetwork("qemu-img", "check", image.toString());
  }

  String firstLine(Path image) {
    return lines(image, 1).getFirst();
  }

  /** Fails unless guests would see the same in both images. */
  void compareImages(Path one, Path other) {
    libvirt.inNetwork("qemu-img", "compare", one.toString(), other.toString());
  }

  /** The QEMU processes of a machine, of which there should be at most one. */
  static List<Long> processes(String vm) {
    return ProcessHandle.allProcesses()
        .filter(process -> isEmulator(process.pid(), vm))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean isEmulator(long pid, String vm) {
    try {
      String[] words = Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0");
      return words[0].contains("qemu-system") && List.of(words).contains(vm);
    } catch (IOException gone) {
      return false;
    }
  }

  /** The heartbeats on a machine's serial console so far. */
  List<TestGuest.Heartbeat> heartbeats(String vm) {
    List<TestGuest.Heartbeat> beats = new ArrayList<>();
    for (String line : lines(consoleOf(vm))) {
      // The last line may be half written.
      if (line.matches("HEARTBEAT \\d+ up=\\S+ boot=[0-9a-f]{8}")) {
        String[] words = line.split(" ");
        beats.add(
            new TestGuest.Heartbeat(
                Integer.parseInt(words[1]), words[3].substring("boot=".length())));
      }
    }
    return beats;
  }

  /** What a machine wrote to its serial console. */
  String consoleOf(String vm) {
    return text(libvirt.directory().resolve("agent/console").resolve(vm + ".log"));
  }

  private String log() {
    return text(libvirt.directory().resolve("agent.log"));
  }

  static String text(Path file) {
    try {
      return Files.exists(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  NetworkNamespace namespace() {
    return network;
  }

  /** Where the host's network is mounted: for programs that have to run in it. */
  Path namespaceFile() {
    return libvirt.directory().resolve("network-namespace");
  }

  /** {@code kill -9} of the agent. */
  void killAgent() {
    agent.kill();
  }

  /** Starts an agent where the last one was, if that is dead. */
  void ensureAgent() {
    if (!agent.alive()) {
      agent = startAgent();
      awaitAgent();
    }
  }

  /** The agent's note that it accepted a machine's launch. */
  Path promise(String vm) {
    return libvirt.directory().resolve("agent/vms").resolve(vm + ".vm");
  }

  /** Stops the agent; the guests and libvirtd end with this JVM. */
  @Override
  public void close() {
    agent.close();
    network.close();
  }
}
