package io.overt.fleet;

import io.overt.events.EventLog;
import io.overt.inventory.Change;
import io.overt.inventory.ChangeListener;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Host;
import io.overt.model.types.Vm;
import io.overt.model.types.VmStatus;
import io.overt.vdsmrpc.ByteStream;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcTransportException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All hosts of this engine: connected while their state wants it, and each watched by one node of
 * those that share the database.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** How often to look for hosts that nobody watches any more. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  private final Inventory inventory;
  private final FleetSettings settings;
  private final SSLContext tls;
  private final Reports reports = new Reports();
  private final HostLeases leases;
  private final VmMonitor machines;
  private final HostWatch.Parts parts;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, HostWatch> watches = new ConcurrentHashMap<>();

  /**
   * @param membership this node among those that share the database
   * @param tls the engine's certificate and the authority that signs the hosts'
   * @param preparations run, in order, each time a host connects
   */
  public Fleet(
      Inventory inventory,
      EventLog events,
      Membership membership,
      FleetSettings settings,
      SSLContext tls,
      List<HostPreparation> preparations,
      Clock clock) {
    this.inventory = inventory;
    this.settings = settings;
    this.tls = tls;
    this.leases = new HostLeases(inventory, membership);
    HostTransitions transitions = new HostTransitions(inventory, events, leases, settings.grace());
    this.machines = new VmMonitor(inventory, events, reports, clock, settings.vanished(), leases);
    this.parts =
        new HostWatch.Parts(
            settings,
            (host, watch) -> connect(settings, tls, host, watch),
            transitions,
            machines,
            new HookEvents(inventory, events, leases),
            reports,
            leases,
            List.copyOf(preparations),
            clock);
  }

  private static RpcClient connect(
      FleetSettings settings, SSLContext tls, Host host, HostWatch watch) {
    return agent(settings, tls, host)
        .callTimeout(settings.callDeadline())
        .events(watch::event)
        .closed(cause -> watch.wakeUp("the connection ended"))
        .connect();
  }

  private static RpcClient.Builder agent(FleetSettings settings, SSLContext tls, Host host) {
    String address = host.address();
    if (address == null) {
      throw new HostUnreachable("the host has no address", null);
    }
    Long port = host.port();
    return RpcClient.builder(address, port == null ? settings.port() : port.intValue())
        .tls(tls)
        .expectedName(address)
        .connectTimeout(CONNECT);
  }

  /**
   * A machine's serial console, over a connection of its own.
   *
   * @param user who comes, as others shall read it
   * @param take whether whoever is there has to leave
   * @throws io.overt.vdsmrpc.StreamRefused when the host refuses
   * @throws HostUnreachable when it does not answer
   */
  public ByteStream serialConsole(Host host, String vmId, String user, boolean take) {
    try {
      return agent(settings, tls, host).stream("/serial/" + vmId, user, take);
    } catch (RpcTransportException e) {
      throw new HostUnreachable("Host " + host.name() + ": " + e.getMessage(), e);
    }
  }

  /** Begins to watch, now and as hosts come and go. */
  public void open() {
    inventory.onChange(
        new ChangeListener() {
          @Override
          public void changed(ChangeSet changes) {
            changes.changes().forEach(Fleet.this::changed);
          }

          @Override
          public void resync(Snapshot snapshot) {
            snapshot.all(Kinds.HOST).forEach(Fleet.this::watch);
          }
        });
    inventory.snapshot().all(Kinds.HOST).forEach(this::watch);
    Thread.ofVirtual().name("host-leases").start(this::keepLeases);
  }

  private void keepLeases() {
    do {
      try {
        sweep();
      } catch (RuntimeException e) {
        LOG.warn("looking for hosts that nobody watches is postponed: {}", e.getMessage());
      }
    } while (!closedWithin(SWEEP));
  }

  private boolean closedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void sweep() {
    Set<String> alive = null;
    for (String hostId : watches.keySet()) {
      alive = leases.takeIfFree(hostId, alive);
    }
  }

  public Reports reports() {
    return reports;
  }

  /**
   * The calls of a connected host.
   *
   * @throws HostUnreachable when it is not connected now
   */
  public HostCalls host(String hostId) {
    return find(hostId)
        .orElseThrow(() -> new HostUnreachable("Host " + hostId + " is not connected", null));
  }

  /**
   * As {@link #host(String)}, waiting for a host that is about to be connected: this node started a
   * moment ago, or the agent did.
   */
  public HostCalls host(String hostId, Duration patience) {
    return Optional.ofNullable(watches.get(hostId))
        .flatMap(watch -> watch.await(patience))
        .orElseThrow(() -> new HostUnreachable("Host " + hostId + " is not connected", null));
  }

  public Optional<HostCalls> find(String hostId) {
    return Optional.ofNullable(watches.get(hostId)).flatMap(HostWatch::calls);
  }

  /** Asks for fresh reports of a host without waiting for them. */
  public void refresh(String hostId) {
    Optional.ofNullable(watches.get(hostId)).ifPresent(watch -> watch.wakeUp("refresh"));
  }

  /** The same, and what the host is and has is asked anew. */
  public void refreshCapabilities(String hostId) {
    Optional.ofNullable(watches.get(hostId)).ifPresent(HostWatch::refreshCapabilities);
  }

  private void changed(Change change) {
    if (change.key().kind().equals(Kinds.VM.name())) {
      machineChanged(change.key().id());
      return;
    }
    if (!change.key().kind().equals(Kinds.HOST.name())) {
      return;
    }
    Optional<Entity<Host>> host = inventory.snapshot().find(Kinds.HOST, change.key().id());
    if (host.isPresent()) {
      watch(host.get());
      takeIfNew(change);
    } else {
      forget(change.key().id());
      reports.forgetHost(change.key().id());
    }
  }

  private void machineChanged(String vmId) {
    Optional<Entity<Vm>> vm = inventory.snapshot().find(Kinds.VM, vmId);
    if (vm.isEmpty()) {
      machines.forget(vmId);
      reports.forgetMachine(vmId);
    } else if (machines.moved(vm.get())) {
      refresh(String.valueOf(VmMonitor.hostOf(vm.get().value())));
    } else if (VmMonitor.status(vm.get().value()) == VmStatus.DOWN) {
      reports.forgetMachine(vmId);
    }
  }

  /** A new host need not wait for the next sweep, and a new watcher looks at once. */
  private void takeIfNew(Change change) {
    String hostId = change.key().id();
    if (leases.held(hostId)) {
      boolean gained = change.before() == null || !leases.isOf(change.before());
      if (gained) {
        refresh(hostId);
      }
    } else if (watches.containsKey(hostId)) {
      Thread.ofVirtual().name("take-host-" + hostId).start(() -> leases.takeIfNew(hostId));
    }
  }

  private void watch(Entity<Host> host) {
    if (!HostTransitions.MONITORED.contains(HostTransitions.status(host.value()))) {
      forget(host.id());
      return;
    }
    watches.computeIfAbsent(
        host.id(),
        id -> {
          HostWatch watch =
              new HostWatch(id, () -> inventory.snapshot().find(Kinds.HOST, id), parts);
          watch.start();
          return watch;
        });
  }

  private void forget(String hostId) {
    HostWatch watch = watches.remove(hostId);
    if (watch != null) {
      watch.close();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    watches.values().forEach(HostWatch::close);
    watches.clear();
  }
}
