package io.overt.engine;

import io.overt.access.pki.CertificateAuthority;
import io.overt.access.pki.Issued;
import io.overt.access.pki.KeyFiles;
import io.overt.access.session.Sessions;
import io.overt.agent.simulated.SimulatedHosts;
import io.overt.agent.simulated.SimulatedTimes;
import io.overt.engine.balancing.BalancingRounds;
import io.overt.engine.balancing.BalancingTimes;
import io.overt.engine.hosts.AgentProbe;
import io.overt.engine.policies.ExternalUnits;
import io.overt.engine.storage.DomainSpace;
import io.overt.engine.templates.Templates;
import io.overt.events.notifier.ConfFiles;
import io.overt.events.notifier.Notifier;
import io.overt.fleet.Fleet;
import io.overt.fleet.FleetSettings;
import io.overt.inventory.Kinds;
import io.overt.inventory.MigrationSet;
import io.overt.inventory.Snapshot;
import io.overt.model.Service;
import io.overt.model.services.HostsService;
import io.overt.model.types.Cluster;
import io.overt.model.types.Host;
import io.overt.model.types.HostStatus;
import io.overt.operations.Nodes;
import io.overt.operations.Operations;
import io.overt.rest.api.Extension;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.vdsmrpc.Tls;
import io.overt.vdsmrpc.TlsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A whole engine without its door, and simulated hosts that its agents run on, over real TLS. */
public final class TestHosts implements AutoCloseable {
  private final AtomicReference<Fleet> laterFleet = new AtomicReference<>();
  private final DomainSpace space = new DomainSpace(laterFleet::get);
  private final TestEngine engine =
      TestEngine.open(new ReportedValues(() -> laterFleet.get().reports(), space, this::snapshot));
  private final Path directory;
  private final SimulatedHosts hosts;
  private final Operations operations;
  private final Fleet fleet;
  private final Features features;
  private final ExternalUnits units;
  private final Nodes nodes;

  private TestHosts(int count, Optional<ExternalScheduler> scheduler) {
    try {
      directory = Files.createTempDirectory("overt-test-pki");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CertificateAuthority authority = CertificateAuthority.open(directory);
    KeyFiles client = authority.client();
    SSLContext tls =
        Tls.context(
            new TlsMaterial(client.certificate(), client.key(), authority.certificateFile()));
    hosts =
        SimulatedHosts.start(
            SimulatedHosts.Plan.of(count, 0)
                .withTls(hostTls(authority))
                .withTimes(SimulatedTimes.instant()));
    AtomicReference<Operations> laterOperations = new AtomicReference<>();
    units = new ExternalUnits(engine.platform(), scheduler, Duration.ofSeconds(20));
    features =
        new Features(
            engine.platform(),
            engine.directory(),
            new Sessions(engine.database().jdbi(), Clock.systemUTC(), Duration.ofMinutes(30)),
            laterFleet::get,
            laterOperations::get,
            AgentProbe.overRpc(tls, Duration.ofSeconds(5)),
            space,
            new Notifier(
                engine.inventory(),
                engine.platform().events(),
                Clock.systemUTC(),
                new ConfFiles(Optional.empty(), Path.of("none"))),
            units);
    if (engine
        .inventory()
        .snapshot()
        .find(Kinds.TEMPLATE, "00000000-0000-0000-0000-000000000000")
        .isEmpty()) {
      engine.inventory().change(Templates::install);
    }
    engine.database().migrate(new MigrationSet("operations", "1"));
    nodes = Nodes.join(engine.database().dataSource(), "test");
    operations =
        new Operations(
            engine.inventory(), nodes, features.operations(), Clock.systemUTC(), UUID::randomUUID);
    fleet =
        new Fleet(
            engine.inventory(),
            engine.platform().events(),
            new NodeMembership(nodes),
            settings(),
            tls,
            features.hostPreparations(),
            Clock.systemUTC());
    laterFleet.set(fleet);
    laterOperations.set(operations);
    fleet.open();
    operations.open();
    units.open(new NodeMembership(nodes));
  }

  public static TestHosts open(int count) {
    return new TestHosts(count, Optional.empty());
  }

  /**
   * @param scheduler units of others; whoever opened it closes it
   */
  public static TestHosts open(int count, ExternalScheduler scheduler) {
    return new TestHosts(count, Optional.of(scheduler));
  }

  private static FleetSettings settings() {
    return new FleetSettings(
        54321,
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5));
  }

  private SSLContext hostTls(CertificateAuthority authority) {
    try {
      Issued issued = authority.issueHost(List.of("127.0.0.1"));
      Path certificate = Files.writeString(directory.resolve("host.cer"), issued.certificatePem());
      Path key = Files.writeString(directory.resolve("host.key"), issued.keyPem());
      return Tls.context(new TlsMaterial(certificate, key, authority.certificateFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The machines, to make things go wrong. */
  public SimulatedHosts machines() {
    return hosts;
  }

  public TestCall call() {
    return engine.call();
  }

  public Snapshot snapshot() {
    return engine.inventory().snapshot();
  }

  /** What the engine does by itself for its clusters; nothing of it is timed. */
  public BalancingRounds rounds() {
    return rounds(() -> true);
  }

  /** The same, as far as it is this engine that has to do it. */
  public BalancingRounds roundsOfLeader() {
    return rounds(new NodeMembership(nodes)::leads);
  }

  private BalancingRounds rounds(BooleanSupplier leads) {
    return new BalancingRounds(
        engine.platform(),
        features.placements(),
        units.outside(),
        features.lifeCycle().migrations(),
        features.switchPower(),
        fleet::refresh,
        BalancingTimes.DEFAULT,
        leads);
  }

  /** Another engine on the same database, which does its part of the rounds until it is closed. */
  public final class Neighbour implements AutoCloseable {
    private final Nodes itself;
    private final Operations jobs;

    private Neighbour(String id) {
      itself = Nodes.join(engine.database().dataSource(), id);
      jobs =
          new Operations(
              engine.inventory(), itself, List.of(), Clock.systemUTC(), UUID::randomUUID);
      jobs.open();
    }

    public BalancingRounds rounds() {
      return TestHosts.this.rounds(new NodeMembership(itself)::leads);
    }

    @Override
    public void close() {
      jobs.close();
    }
  }

  /**
   * @param id this engine's is {@code test}
   */
  public Neighbour neighbour(String id) {
    return new Neighbour(id);
  }

  /** What Overt's own API answers, as JSON. */
  public String extension(String method, String path) {
    return extension(method, path, Map.of());
  }

  public String extension(String method, String path, Map<String, String> query) {
    List<String> segments = List.of(path.split("/"));
    for (Extension extension : features.extensions()) {
      String[] pattern = extension.path().split("/");
      Map<String, String> names = new HashMap<>();
      boolean matches = extension.method().equals(method) && pattern.length == segments.size();
      for (int index = 0; matches && index < pattern.length; index++) {
        if (pattern[index].startsWith("{")) {
          names.put(pattern[index].replaceAll("[{}]", ""), segments.get(index));
        } else {
          matches = pattern[index].equals(segments.get(index));
        }
      }
      if (matches) {
        return extension.handler().answer(new Extension.Request(call(), names, query)).toString();
      }
    }
    throw new IllegalArgumentException("there is no extension " + method + " " + path);
  }

  /** The service at a URL below the API's root: {@code hosts/<id>/statistics}. */
  public <T extends Service> T service(Class<T> type, String path) {
    String[] segments = path.split("/");
    Service service = Objects.requireNonNull(features.services().get(segments[0]), path);
    for (int index = 1; index < segments.length; index++) {
      service = Objects.requireNonNull(service.locate(segments[index]), path);
    }
    return type.cast(service);
  }

  /** A host whose agent runs on the machine with that number, as a client would describe it. */
  public Host description(int number) {
    return new Host()
        .name("host" + number)
        .address("127.0.0.1")
        .port((long) hosts.host(number).port())
        .rootPassword("unused")
        .cluster(new Cluster().name("Default"));
  }

  /** Registers a host and waits until it is up; returns its id. */
  public String addHost(int number) {
    Host added =
        Objects.requireNonNull(
            service(HostsService.class, "hosts")
                .add(new HostsService.AddRequest(call().with("host", description(number))))
                .entity());
    awaitStatus(added.requireId(), HostStatus.UP);
    return added.requireId();
  }

  public void awaitStatus(String hostId, HostStatus status) {
    await(
        "host " + hostId + " to be " + status,
        snapshot ->
            snapshot
                .find(Kinds.HOST, hostId)
                .filter(h -> h.value().status() == status)
                .isPresent());
  }

  /** Waits until the inventory satisfies a condition. */
  public void await(String what, Function<Snapshot, Boolean> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.apply(snapshot())) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    operations.close();
    fleet.close();
    hosts.close();
    engine.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
