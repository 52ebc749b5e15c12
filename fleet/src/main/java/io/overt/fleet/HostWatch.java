package io.overt.fleet;

import io.overt.inventory.Entity;
import io.overt.model.types.Host;
import io.overt.vdsmrpc.RpcClient;
import io.overt.vdsmrpc.RpcException;
import io.overt.vdsmrpc.RpcTransportException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one host connected and its reports fresh, on one virtual thread: events as they come, a
 * slow poll for what events do not tell, a new connection with growing pauses when the old one
 * ends. Every node does that, since each answers for reports and gives commands; what the reports
 * mean for the inventory is decided by the node that holds the host's lease.
 */
final class HostWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostWatch.class);

  /** Between a machine's event and the poll for what it does not tell; others may join it. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private final String hostId;
  private final FleetSettings settings;
  private final Connector connector;
  private final Supplier<Optional<Entity<Host>>> host;
  private final HostTransitions transitions;
  private final VmMonitor machines;
  private final HookEvents scripts;
  private final Reports reports;
  private final HostLeases leases;
  private final List<HostPreparation> preparations;
  private final Clock clock;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean pollingSoon = new AtomicBoolean();
  private final AtomicBoolean capabilitiesWanted = new AtomicBoolean();

  /** One reason at most, so that a wake-up before the pause is not lost. */
  private final BlockingQueue<String> wake = new ArrayBlockingQueue<>(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition connected = lock.newCondition();
  private volatile @Nullable HostCalls calls;
  private @Nullable Thread thread;

  /** Opens connections to a host. */
  interface Connector {
    RpcClient connect(Host host, HostWatch watch);
  }

  /** What a watch works with, the same for all hosts. */
  record Parts(
      FleetSettings settings,
      Connector connector,
      HostTransitions transitions,
      VmMonitor machines,
      HookEvents scripts,
      Reports reports,
      HostLeases leases,
      List<HostPreparation> preparations,
      Clock clock) {}

  HostWatch(String hostId, Supplier<Optional<Entity<Host>>> host, Parts parts) {
    this.hostId = hostId;
    this.host = host;
    this.settings = parts.settings();
    this.connector = parts.connector();
    this.transitions = parts.transitions();
    this.machines = parts.machines();
    this.scripts = parts.scripts();
    this.reports = parts.reports();
    this.leases = parts.leases();
    this.preparations = parts.preparations();
    this.clock = parts.clock();
  }

  void start() {
    thread = Thread.ofVirtual().name("host-" + hostId).start(this::run);
  }

  /** Calls to the host while it is connected. */
  Optional<HostCalls> calls() {
    return Optional.ofNullable(calls);
  }

  /** As {@link #calls}, when the host may be about to be connected. */
  Optional<HostCalls> await(Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (calls == null && left > 0 && !closed.get()) {
        left = connected.awaitNanos(left);
      }
      return calls();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void show(@Nullable HostCalls now) {
    lock.lock();
    try {
      calls = now;
      connected.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = settings.retryFirst();
    long silentSince = System.nanoTime();
    while (!closed.get()) {
      Optional<Entity<Host>> current = host.get();
      if (current.isEmpty()) {
        return;
      }
      try (RpcClient client = connector.connect(current.get().value(), this)) {
        HostCalls verbs = new HostCalls(nameOf(current.get()), client, settings.callDeadline());
        serve(current.get(), client, verbs);
        pause = settings.retryFirst();
        silentSince = System.nanoTime();
      } catch (RpcTransportException | HostUnreachable e) {
        LOG.debug("host {}: {}", hostId, e.getMessage());
      } catch (HostCallFailed | RpcException e) {
        LOG.warn("host {}: {}", hostId, e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("watching host {} failed; trying again", hostId, e);
      } finally {
        show(null);
      }
      if (closed.get()) {
        return;
      }
      lost(System.nanoTime() - silentSince);
      sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(settings.retryLast()) > 0
              ? settings.retryLast()
              : pause.multipliedBy(2);
    }
  }

  /** From a fresh connection to its end. */
  private void serve(Entity<Host> entity, RpcClient client, HostCalls verbs) {
    awaitRecovered(verbs);
    Report capabilities = report(verbs.object("Host.getCapabilities", Map.of()));
    Report hardware = report(verbs.object("Host.getHardwareInfo", Map.of()));
    reports.capabilities(hostId, capabilities);
    poll(entity, verbs);
    show(verbs);
    boolean ready = false;
    while (!closed.get() && client.isOpen()) {
      if (!leases.held(hostId)) {
        ready = false;
      } else if (!ready && prepared(verbs)) {
        transitions.up(hostId, HostFacts.of(capabilities, hardware));
        ready = true;
      }
      waitOrEnd(client, settings.poll());
      if (!closed.get() && client.isOpen()) {
        if (capabilitiesWanted.getAndSet(false)) {
          reports.capabilities(hostId, report(verbs.object("Host.getCapabilities", Map.of())));
        }
        poll(host.get().orElse(entity), verbs);
      }
    }
  }

  /** A host that cannot be prepared stays connected and is tried again with every poll. */
  private boolean prepared(HostCalls verbs) {
    Entity<Host> entity = host.get().orElse(null);
    if (entity == null) {
      return false;
    }
    try {
      preparations.forEach(preparation -> preparation.prepare(entity, verbs));
      return true;
    } catch (HostCallFailed | IllegalStateException e) {
      transitions.nonOperational(hostId, String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** An agent that just started answers "recovering" to everything for a while. */
  private void awaitRecovered(HostCalls verbs) {
    long end = System.nanoTime() + settings.recovery().toNanos();
    while (true) {
      try {
        verbs.call("Host.ping2", Map.of());
        return;
      } catch (HostCallFailed e) {
        if (e.code() != HostCallFailed.RECOVERING || closed.get() || System.nanoTime() > end) {
          throw e;
        }
        transitions.initializing(hostId);
        sleep(settings.retryFirst());
      }
    }
  }

  private void poll(Entity<Host> entity, HostCalls verbs) {
    Map<String, Object> told = new HashMap<>(verbs.object("Host.getStats", Map.of()));
    told.computeIfPresent(
        "network", (key, now) -> NetworkRates.of(reports.host(hostId).object("network"), now));
    reports.host(hostId, report(told));
    Set<String> present = new HashSet<>();
    for (Map<String, Object> machine : verbs.objects("Host.getAllVmStats", Map.of())) {
      String vmId = String.valueOf(machine.get("vmId"));
      present.add(vmId);
      reported(entity, vmId, machine, verbs);
    }
    machines.complete(entity, present);
  }

  /** An event of the agent: {@code |virt|VM_status|<id>} and the like. */
  void event(String method, Map<String, Object> parameters) {
    String[] parts = method.split("\\|", -1);
    if (method.startsWith("|hooks|ran|")) {
      host.get().ifPresent(entity -> scripts.ran(entity, parameters));
      return;
    }
    if (parts.length >= 4 && method.startsWith("|virt|VM_migration_status|")) {
      moving(parts[3], parameters);
      return;
    }
    if (parts.length < 4 || !parts[1].equals("virt") || !parts[2].equals("VM_status")) {
      return;
    }
    Optional<Entity<Host>> entity = host.get();
    if (entity.isPresent() && parameters.get(parts[3]) instanceof Map<?, ?> values) {
      @SuppressWarnings("unchecked")
      Map<String, Object> typed = (Map<String, Object>) values;
      reported(entity.get(), parts[3], typed, calls);
      pollSoon();
    }
  }

  private void moving(String vmId, Map<String, Object> parameters) {
    if (parameters.get(vmId) instanceof Map<?, ?> values) {
      Map<String, Object> told = new HashMap<>();
      if (values.get("progress") instanceof Number progress) {
        told.put("migrationProgress", progress.intValue());
      }
      if (values.get("downtime") instanceof Number downtime) {
        told.put("migrationDowntime", downtime.longValue());
      }
      host.get().ifPresent(entity -> machines.progress(entity, vmId, told));
    }
  }

  /** Events tell neither consoles nor devices nor statistics. */
  private void pollSoon() {
    if (pollingSoon.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("poll-soon-" + hostId)
          .start(
              () -> {
                try {
                  Thread.sleep(SOON);
                  pollingSoon.set(false);
                  wakeUp("a machine changed");
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }

  /** A machine that is down is released on the host, as the protocol wants. */
  private void reported(
      Entity<Host> entity, String vmId, Map<String, Object> values, @Nullable HostCalls verbs) {
    boolean down = machines.report(entity, vmId, values);
    if (down && verbs != null) {
      Thread.ofVirtual()
          .name("release-" + vmId)
          .start(
              () -> {
                if (!machines.mayRelease(entity, vmId)) {
                  return;
                }
                try {
                  verbs.call("VM.destroy", Map.of("vmID", vmId));
                } catch (HostCallFailed | HostUnreachable e) {
                  LOG.debug(
                      "machine {} on host {} was not released: {}", vmId, hostId, e.getMessage());
                }
              });
    }
  }

  /** The connection has ended or could not be made; does nothing where all is written already. */
  private void lost(long silenceNanos) {
    if (silenceNanos < settings.grace().toNanos()) {
      transitions.connecting(hostId);
    } else {
      transitions.nonResponsive(hostId);
      host.get().ifPresent(machines::unknown);
    }
  }

  private void waitOrEnd(RpcClient client, Duration time) {
    if (client.isOpen()) {
      sleep(time);
    }
  }

  /** Asks the host anew what it is and has. */
  void refreshCapabilities() {
    capabilitiesWanted.set(true);
    wakeUp("refresh of its capabilities");
  }

  /** Ends a pause early: the connection ended, or somebody wants fresh reports. */
  void wakeUp(String why) {
    if (!wake.offer(why)) {
      LOG.trace("host {} is about to wake up already", hostId);
    }
  }

  private void sleep(Duration time) {
    try {
      String why = wake.poll(time.toMillis(), TimeUnit.MILLISECONDS);
      LOG.trace("host {} woke up: {}", hostId, why);
    } catch (InterruptedException e) {
      closed.set(true);
    }
  }

  private Report report(Map<String, Object> values) {
    return new Report(values, clock.instant());
  }

  private static String nameOf(Entity<Host> entity) {
    String name = entity.value().name();
    return name == null ? entity.id() : name;
  }

  @Override
  public void close() {
    closed.set(true);
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
