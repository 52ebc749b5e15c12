package io.overt.engine;

import io.overt.access.directory.Directory;
import io.overt.access.login.Logins;
import io.overt.access.login.Setup;
import io.overt.access.permissions.Permissions;
import io.overt.access.permissions.Visibility;
import io.overt.access.pki.CertificateAuthority;
import io.overt.access.pki.KeyFiles;
import io.overt.access.pki.KnownAuthority;
import io.overt.access.pki.Tls;
import io.overt.access.rules.Guard;
import io.overt.access.rules.OperationRules;
import io.overt.access.session.Sessions;
import io.overt.engine.balancing.BalancingRounds;
import io.overt.engine.config.AdminChannel;
import io.overt.engine.config.EngineConfig;
import io.overt.engine.door.CallGuard;
import io.overt.engine.door.EventTap;
import io.overt.engine.door.JobDesk;
import io.overt.engine.door.LoginDesk;
import io.overt.engine.door.LoginReports;
import io.overt.engine.hosts.AgentProbe;
import io.overt.engine.policies.ExternalUnits;
import io.overt.engine.resource.Platform;
import io.overt.engine.storage.DomainSpace;
import io.overt.engine.system.ApiRoot;
import io.overt.engine.webadmin.WebAdmin;
import io.overt.engine.webadmin.dashboard.DashboardData;
import io.overt.engine.webadmin.playbooks.PlaybookSite;
import io.overt.engine.webadmin.playbooks.Playbooks;
import io.overt.events.EngineRuns;
import io.overt.events.EventLog;
import io.overt.events.notifier.Notifier;
import io.overt.fleet.Fleet;
import io.overt.fleet.FleetSettings;
import io.overt.inventory.Database;
import io.overt.inventory.DatabaseConfig;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.MigrationSet;
import io.overt.inventory.postgres.BundledPostgres;
import io.overt.inventory.search.SearchEngine;
import io.overt.model.Service;
import io.overt.operations.Node;
import io.overt.operations.Nodes;
import io.overt.operations.Operations;
import io.overt.rest.ApiPorts;
import io.overt.rest.ApiServer;
import io.overt.rest.ApiServerConfig;
import io.overt.rest.Mount;
import io.overt.rest.api.Cors;
import io.overt.rest.http.Limits;
import io.overt.rest.pages.Certificates;
import io.overt.scheduling.external.ExternalScheduler;
import io.overt.vdsmrpc.TlsMaterial;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One engine process, from its configuration to its close; read {@link #start} top to bottom. */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** How long a new host may take to answer. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  /** How long another engine on the same database may take for its first steps. */
  private static final Duration SETUP = Duration.ofMinutes(2);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final EngineConfig config;

  private Engine(EngineConfig config) {
    this.config = config;
  }

  /** Starts everything; when a part fails, what has started is stopped again. */
  public static Engine start(EngineConfig config) {
    Engine engine = new Engine(config);
    try {
      engine.start();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** The API's root without an engine behind it: for tools that count what is implemented. */
  @SuppressWarnings("NullAway") // nothing of it is called
  public static Service services() {
    Platform nothing = new Platform(null, null, null, null, null, null, null, null);
    Supplier<Fleet> noFleet = () -> null;
    Supplier<Operations> noOperations = () -> null;
    AgentProbe nobody = (address, port) -> null;
    return new ApiRoot(
        nothing,
        "",
        new Features(
                nothing,
                null,
                null,
                noFleet,
                noOperations,
                nobody,
                null,
                null,
                new ExternalUnits(nothing, Optional.empty(), Duration.ZERO))
            .services());
  }

  private void start() {
    Clock clock = Clock.systemUTC();
    Database database = keep(Database.open(database()));
    AutoCloseable alone = keep(database.exclusive(SETUP));
    Setup.migrate(database);
    database.migrate(new MigrationSet("operations", "1"));
    Inventory inventory = keep(Inventory.open(database));
    database.migrate(new MigrationSet("events", "1"));

    EventLog events = new EventLog(clock);
    Notifier notifier = new Notifier(inventory, events, clock, config.notifierFiles());
    Permissions permissions = new Permissions();
    Visibility visibility = new Visibility(permissions);
    Directory directory = new Directory(database.jdbi(), clock);
    Sessions sessions = new Sessions(database.jdbi(), clock, config.sessionTimeout());
    AtomicReference<Fleet> fleet = new AtomicReference<>();
    DomainSpace space = new DomainSpace(later(fleet));
    ReportedValues reported =
        new ReportedValues(() -> later(fleet).get().reports(), space, inventory::snapshot);
    Platform platform =
        new Platform(
            inventory,
            new SearchEngine(reported, clock, Locale.ROOT),
            permissions,
            visibility,
            events,
            clock,
            UUID::randomUUID,
            config.customProperties());

    Optional<ExternalScheduler> scheduler = OutsideScheduler.open(config);
    scheduler.ifPresent(this::keep);
    ExternalUnits externalUnits =
        new ExternalUnits(platform, scheduler, config.outsideUnits().response());
    AtomicReference<Operations> operations = new AtomicReference<>();
    CertificateAuthority authority = authority(database);
    SSLContext hostTls = hostTls(authority);
    Features features =
        new Features(
            platform,
            directory,
            sessions,
            later(fleet),
            later(operations),
            AgentProbe.overRpc(hostTls, PROBE),
            space,
            notifier,
            externalUnits);
    keep(features.placements());
    KeyFiles server = authority.server(config.hostNames());
    Nodes nodes = Nodes.join(database.dataSource(), config.nodeId());
    NodeMembership membership = new NodeMembership(nodes);
    operations.set(
        keep(new Operations(inventory, nodes, features.operations(), clock, UUID::randomUUID)));
    fleet.set(
        keep(
            new Fleet(
                inventory,
                events,
                membership,
                FleetSettings.defaults(),
                hostTls,
                features.hostPreparations(),
                clock)));

    Logins logins = new Logins(inventory, directory, sessions, permissions, clock, true);
    EventTap tap = new EventTap(platform);
    LoginDesk desk =
        new LoginDesk(logins, new LoginReports(inventory, events, clock, config.sessionTimeout()));
    ApiPorts ports =
        new ApiPorts(
            desk,
            new CallGuard(platform, new Guard(OperationRules.read(), permissions, visibility)),
            new JobDesk(later(operations).get(), clock),
            tap,
            kind ->
                kind == Certificates.Kind.ENGINE
                    ? Optional.of(io.overt.access.pki.Certificates.read(server.certificate()))
                    : Optional.of(authority.certificate()),
            new DatabaseHealth(database),
            clock);
    DashboardData dashboard =
        keep(new DashboardData(platform, () -> later(fleet).get().reports(), space));
    Playbooks playbooks = keep(new Playbooks(platform, playbookSite(authority)));
    WebAdmin webAdmin = keep(new WebAdmin(config.webAdmin(), desk, dashboard, playbooks));
    Service root = new ApiRoot(platform, config.nodeId(), features.services());
    ApiServer door =
        keep(
            new ApiServer(
                doorConfig(),
                Tls.server(server),
                root,
                ports,
                features.extensions(),
                mounts(webAdmin, features)));

    // From here on what the inventory holds is needed; it was loaded meanwhile.
    Setup.run(inventory, directory, () -> AdminPassword.first(config));
    install(inventory, features);
    release(alone);
    later(fleet).get().open();
    later(operations).get().open();
    tap.open();
    dashboard.open();
    door.start();
    externalUnits.open(membership);
    keep(
        AdminChannel.open(
            config.runDirectory(),
            new AdminCommands(inventory, directory, logins, authority, notifier, config)
                .handlers()));
    keep(new Housekeeping(inventory, sessions, notifier, clock)).open();
    keep(new BalancingRounds(
            platform,
            features.placements(),
            externalUnits.outside(),
            features.lifeCycle().migrations(),
            features.switchPower(),
            host -> later(fleet).get().refresh(host),
            config.balancing(),
            membership::leads))
        .open();
    // Before the events of this engine's start and, as it closes after, of its stop.
    keep(notifier).open(membership);
    Node self = nodes.self();
    EngineRuns runs = new EngineRuns(inventory, events, self.id(), self.epoch());
    keep(new EngineWatch(inventory, runs, nodes)).open(config.database().isPresent());
    LOG.info("the engine answers at {}", config.url());
  }

  private static List<Mount> mounts(WebAdmin page, Features features) {
    return Stream.concat(page.mounts().stream(), features.mounts().stream()).toList();
  }

  private DatabaseConfig database() {
    if (config.database().isPresent()) {
      return ExternalPostgres.config(config.database().get());
    }
    return keep(BundledPostgres.start(config.databaseDirectory())).config();
  }

  /** A new engine's objects, unless they are there. */
  private static void install(Inventory inventory, Features features) {
    if (inventory.snapshot().count(Kinds.TAG) > 0) {
      return;
    }
    inventory.writeRetrying(
        transaction -> {
          if (transaction.snapshot().count(Kinds.TAG) == 0) {
            features.install(transaction);
          }
          return true;
        });
  }

  private PlaybookSite playbookSite(CertificateAuthority authority) {
    return new PlaybookSite(
        config.webAdmin().playbooks(),
        config.webAdmin().ansiblePlaybook(),
        config.playbookRunsDirectory(),
        config.url() + "/api",
        authority.certificateFile());
  }

  private CertificateAuthority authority(Database database) {
    Path directory = config.authorityDirectory();
    CertificateAuthority authority = CertificateAuthority.open(directory, config.pkiDirectory());
    KnownAuthority.check(database.jdbi(), authority.certificate(), directory);
    return authority;
  }

  private static SSLContext hostTls(CertificateAuthority authority) {
    KeyFiles client = authority.client();
    return io.overt.vdsmrpc.Tls.context(
        new TlsMaterial(client.certificate(), client.key(), authority.certificateFile()));
  }

  private ApiServerConfig doorConfig() {
    ApiServerConfig standard = ApiServerConfig.DEFAULT;
    Limits limits = Limits.DEFAULT;
    return new ApiServerConfig(
        config.bindAddress(),
        config.httpsPort(),
        config.httpPort(),
        new Limits(
            (int) config.bodyLimit(),
            limits.headerBytes(),
            limits.headerTime(),
            limits.bodyTime(),
            limits.idleTime(),
            limits.connections(),
            limits.requests(),
            limits.streams()),
        new Cors(config.corsOrigins()),
        standard.forgeryProtection(),
        standard.longestWait());
  }

  private static <T> Supplier<T> later(AtomicReference<T> reference) {
    return () -> {
      T value = reference.get();
      if (value == null) {
        throw new IllegalStateException("the engine is not started yet");
      }
      return value;
    };
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** Lets other engines on this database go on with their start. */
  private static void release(AutoCloseable turn) {
    try {
      turn.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot let other engines start", e);
    }
  }

  /** Waits until {@link #close} was called. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  /** Stops the parts, the last started first. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("a part of the engine did not stop cleanly", e);
      }
    }
    stopped.countDown();
  }
}
