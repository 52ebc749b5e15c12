package io.overt.acceptance;

import static org.ovirt.engine.sdk4.builders.Builders.cluster;
import static org.ovirt.engine.sdk4.builders.Builders.customProperty;
import static org.ovirt.engine.sdk4.builders.Builders.host;
import static org.ovirt.engine.sdk4.builders.Builders.hostStorage;
import static org.ovirt.engine.sdk4.builders.Builders.migrationBandwidth;
import static org.ovirt.engine.sdk4.builders.Builders.migrationOptions;
import static org.ovirt.engine.sdk4.builders.Builders.migrationPolicy;
import static org.ovirt.engine.sdk4.builders.Builders.network;
import static org.ovirt.engine.sdk4.builders.Builders.vnicProfile;

import io.overt.engine.config.AdminClient;
import io.overt.libvirt.testing.PrivateHosts;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.builders.MigrationBandwidthBuilder;
import org.ovirt.engine.sdk4.builders.VnicProfileBuilder;
import org.ovirt.engine.sdk4.services.HostService;
import org.ovirt.engine.sdk4.services.SystemService;
import org.ovirt.engine.sdk4.services.VnicProfilesService;
import org.ovirt.engine.sdk4.types.HostStatus;
import org.ovirt.engine.sdk4.types.MigrationBandwidthAssignmentMethod;
import org.ovirt.engine.sdk4.types.StorageType;

/**
 * Two real hosts with shared storage, numbered 1 and 2, and an engine that can be killed: all of
 * them in networks that have no way out. Set up through the API as an administrator does it.
 */
final class RealPair implements AutoCloseable {
  static final String NAME = "pair";
  private static final int PORT = 54_321;

  private static final String MINIMAL_DOWNTIME = "80554327-0569-496b-bdeb-fcbbf52b827b";

  /** The policy that lets a guest go on over there before all of its memory is there. */
  static final String POST_COPY = "a7aeedb2-8d66-4e51-bb22-32595027ce71";

  private final PrivateHosts hosts;
  private final Path engineState = EngineFixture.temporaryDirectory();
  private final int httpsPort = EngineFixture.freePort();
  private final NetworkNamespace network;
  private final List<List<String>> settings = new ArrayList<>();
  private final List<AgentProcess> agents = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private EngineProcess engine;
  private Connection connection;

  private RealPair() {
    hosts = PrivateHosts.start(2);
    network = NetworkNamespace.enter(hosts.switchNetwork(), httpsPort);
    if (network.forward(httpsPort) != httpsPort) {
      throw new IllegalStateException("the engine's port leads elsewhere");
    }
    engine = EngineProcess.start(engineState, httpsPort, hosts.switchNetwork());
    connection = engine.access().connect();
  }

  static RealPair start() {
    RealPair pair = new RealPair();
    try {
      for (int number : List.of(1, 2)) {
        pair.settings.add(pair.settings(number));
        pair.agents.add(pair.startAgent(number));
      }
      pair.register();
      return pair;
    } catch (IOException | RuntimeException e) {
      String log = pair.log(1) + pair.log(2);
      pair.close();
      throw new IllegalStateException("cannot set the hosts up; their agents said:\n" + log, e);
    }
  }

  /**
   * The console logs of both are the same, so that a line may begin on one and end on the other.
   */
  private List<String> settings(int number) throws IOException {
    Path directory = hosts.directory(number);
    Files.createDirectories(directory.resolve("agent"));
    Files.createDirectories(hosts.shared().resolve("console"));
    Files.createSymbolicLink(directory.resolve("agent/console"), hosts.shared().resolve("console"));
    return HostSetUp.agent(
        HostSetUp.enroll(
            new AdminClient(engine.config().runDirectory()),
            engine.config().pkiDirectory(),
            NAME + number,
            hosts.address(number)),
        PORT,
        hosts.address(number),
        hosts.uri(number),
        directory,
        "--migration-uri=" + hosts.uriPattern(),
        "--migration-certificates=" + certificates(number),
        "--unsafe-migration=true");
  }

  private AgentProcess startAgent(int number) {
    return AgentProcess.start(
        hosts.network(number),
        hosts.directory(number).resolve("agent.log").toFile(),
        settings.get(number - 1));
  }

  private void register() throws IOException {
    SystemService system = system();
    HostSetUp setUp = new HostSetUp(system, NAME);
    setUp.addCluster(false);
    for (int number : List.of(1, 2)) {
      ids.add(
          Await.until(
              "the agent listens",
              () -> {
                try {
                  return system
                      .hostsService()
                      .add()
                      .host(
                          host()
                              .name(NAME + number)
                              .address(hosts.address(number))
                              .port(PORT)
                              .rootPassword("not-needed")
                              .cluster(cluster().name(NAME)))
                      .send()
                      .host()
                      .id();
                } catch (org.ovirt.engine.sdk4.Error refused) {
                  if (!agents.get(number - 1).alive()) {
                    throw new IllegalStateException("the agent ended at once", refused);
                  }
                  return "";
                }
              },
              id -> !id.isEmpty()));
    }
    awaitUp(1);
    awaitUp(2);
    setUp.addStorage(
        NAME,
        NAME + 1,
        hostStorage().type(StorageType.POSIXFS).vfsType("ext4").path(storage().toString()),
        storage());
    // Translations that are flushed often make what AgainAfterEmulation describes rarer.
    setUp.addTemplate("pti=on");
  }

  EngineProcess engine() {
    return engine;
  }

  Path storage() {
    return hosts.shared().resolve("storage");
  }

  /** Where an administrator of a host puts scripts; each point has a directory. */
  Path scripts(int number) {
    return hosts.directory(number).resolve("hooks");
  }

  Connection connection() {
    return connection;
  }

  SystemService system() {
    return connection.systemService();
  }

  /** A host's id in the engine. */
  String id(int number) {
    return ids.get(number - 1);
  }

  HostService service(int number) {
    return system().hostsService().hostService(id(number));
  }

  void awaitUp(int number) {
    Await.until(
        "host " + number + " is up",
        () -> service(number).get().send().host().status(),
        HostStatus.UP::equals);
  }

  /** A profile of the management network with a custom property of devices, {@code wire=red}. */
  VnicProfileBuilder wire() {
    VnicProfilesService profiles = system().vnicProfilesService();
    String network =
        system()
            .networksService()
            .list()
            .search("name=ovirtmgmt and datacenter=" + NAME)
            .send()
            .networks()
            .getFirst()
            .id();
    return vnicProfile()
        .id(
            profiles
                .add()
                .profile(
                    vnicProfile()
                        .name("wire")
                        .network(network().id(network))
                        .customProperties(customProperty().name("wire").value("red")))
                .send()
                .profile()
                .id());
  }

  /** How fast machines may move, in megabits a second for each host; 0 for what its link takes. */
  void limit(int megabits) {
    limit(megabits, MINIMAL_DOWNTIME);
  }

  /** The same, and by which policy. */
  void limit(int megabits, String policy) {
    String id =
        system().clustersService().list().search("name=" + NAME).send().clusters().getFirst().id();
    MigrationBandwidthBuilder bandwidth =
        megabits == 0
            ? migrationBandwidth().assignmentMethod(MigrationBandwidthAssignmentMethod.AUTO)
            : migrationBandwidth()
                .assignmentMethod(MigrationBandwidthAssignmentMethod.CUSTOM)
                .customValue(BigInteger.valueOf(megabits));
    system()
        .clustersService()
        .clusterService(id)
        .update()
        .cluster(
            cluster()
                .migration(
                    migrationOptions().bandwidth(bandwidth).policy(migrationPolicy().id(policy))))
        .send();
  }

  /** A machine's number of connections when it moves, which the SDK of 4.4 has no word for. */
  void parallel(String vm, int connections) {
    try (RestClient client = RestClient.open(engine.access())) {
      RestClient.Answer answer =
          client.put(
              "/api/vms/" + vm,
              """
              {"migration": {"parallel_migrations_policy": "custom",
                             "custom_parallel_migrations": %d}}"""
                  .formatted(connections));
      if (answer.status() != 200) {
        throw new IllegalStateException(answer.toString());
      }
    }
  }

  /** The guests that a host has, running or on their way. */
  List<String> domains(int number) {
    return virsh(number, "list", "--uuid")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  String virsh(int number, String... words) {
    List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", hosts.uri(number)));
    command.addAll(List.of(words));
    return hosts.run(number, command.toArray(String[]::new));
  }

  /** Waits until the host's libvirt tells an event of a guest with this word in it. */
  String awaitEvent(int number, String vm, String word) {
    return hosts.run(
        number,
        "bash",
        "-c",
        "grep -m 1 '%s' < <(exec stdbuf -oL virsh -q -c '%s' event %s --event lifecycle --loop --timeout 50); found=$?; kill $!; exit $found"
            .formatted(word, hosts.uri(number), vm));
  }

  /** What QEMU's monitor says of a guest. */
  String monitor(int number, String vm, String command) {
    return virsh(number, "qemu-monitor-command", "--hmp", vm, command);
  }

  /** The disc with a guest's first configuration, as the host's agent made or got it. */
  Path configuration(int number, String vm) {
    return hosts.directory(number).resolve("agent/payloads").resolve(vm + ".sdy.img");
  }

  /** Where the host's QEMU finds its certificate. */
  Path certificates(int number) {
    return hosts.directory(number).resolve("etc/migration-certificates");
  }

  /** Runs a program in the host's network. */
  String run(int number, String... command) {
    return hosts.run(number, command);
  }

  /** What the guest wrote to its console, wherever it was. */
  String consoleOf(String vm) {
    return RealHost.text(hosts.shared().resolve("console").resolve(vm + ".log"));
  }

  void killAgent(int number) {
    agents.get(number - 1).kill();
  }

  void restartAgent(int number) {
    agents.set(number - 1, startAgent(number));
  }

  /** The host's daemon, its guests and its agent are gone at once. */
  void crash(int number) {
    hosts.crash(number);
    killAgent(number);
  }

  void revive(int number) {
    hosts.revive(number);
    restartAgent(number);
  }

  /** {@code kill -9} of the engine, and another on the same state. */
  void restartEngine() {
    engine.kill();
    engine = EngineProcess.start(engineState, httpsPort, hosts.switchNetwork());
    connection = engine.access().connect();
  }

  String log(int number) {
    return RealHost.text(hosts.directory(number).resolve("agent.log"));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      engine.close();
      agents.forEach(AgentProcess::close);
      network.close();
      hosts.close();
      EngineFixture.delete(engineState);
    }
  }
}
