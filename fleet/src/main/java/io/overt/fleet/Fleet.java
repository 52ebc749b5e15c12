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
import io.overt.vdsmrpc.RpcClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** All hosts of this engine: connected while their state wants it. */
public final class Fleet implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private final Inventory inventory;
  private final Reports reports = new Reports();
  private final HostWatch.Parts parts;
  private final Map<String, HostWatch> watches = new ConcurrentHashMap<>();

  /**
   * @param tls the engine's certificate and the authority that signs the hosts'
   * @param preparations run, in order, each time a host connects
   */
  public Fleet(
      Inventory inventory,
      EventLog events,
      FleetSettings settings,
      SSLContext tls,
      List<HostPreparation> preparations,
      Clock clock) {
    this.inventory = inventory;
    HostTransitions transitions = new HostTransitions(inventory, events, settings.grace());
    VmMonitor machines = new VmMonitor(inventory, events, reports, clock, settings.vanished());
    this.parts =
        new HostWatch.Parts(
            settings,
            (host, watch) -> connect(settings, tls, host, watch),
            transitions,
            machines,
            reports,
            List.copyOf(preparations),
            clock);
  }

  private static RpcClient connect(
      FleetSettings settings, SSLContext tls, Host host, HostWatch watch) {
    String address = host.address();
    if (address == null) {
      throw new HostUnreachable("the host has no address", null);
    }
    Long port = host.port();
    return RpcClient.builder(address, port == null ? settings.port() : port.intValue())
        .tls(tls)
        .expectedName(address)
        .connectTimeout(CONNECT)
        .callTimeout(settings.callDeadline())
        .events(watch::event)
        .closed(cause -> watch.wakeUp("the connection ended"))
        .connect();
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

  public Optional<HostCalls> find(String hostId) {
    return Optional.ofNullable(watches.get(hostId)).flatMap(HostWatch::calls);
  }

  /** Asks for fresh reports of a host without waiting for them. */
  public void refresh(String hostId) {
    Optional.ofNullable(watches.get(hostId)).ifPresent(watch -> watch.wakeUp("refresh"));
  }

  private void changed(Change change) {
    if (!change.key().kind().equals(Kinds.HOST.name())) {
      return;
    }
    Optional<Entity<Host>> host = inventory.snapshot().find(Kinds.HOST, change.key().id());
    if (host.isPresent()) {
      watch(host.get());
    } else {
      forget(change.key().id());
      reports.forgetHost(change.key().id());
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
    watches.values().forEach(HostWatch::close);
    watches.clear();
  }
}
