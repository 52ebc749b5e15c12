package io.overt.agent.simulated;

import io.overt.agent.hypervisor.BlockWork;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainState.PauseCause;
import io.overt.agent.hypervisor.DomainState.StopCause;
import io.overt.agent.hypervisor.DomainStatistics;
import io.overt.agent.hypervisor.DomainSummary;
import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.HostDevice;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorEvent;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.hypervisor.NodeFacts;
import io.overt.agent.hypervisor.NodeStatistics;
import io.overt.agent.hypervisor.Transfer;
import io.overt.agent.hypervisor.TransferProgress;
import io.overt.agent.simulated.Faults.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A hypervisor in memory. Its guests outlive the agents in front of it, as real ones do: stop an
 * agent, start another on the same instance, and everything is found again. Its {@link Faults}
 * decide what goes wrong; {@link #crash} and {@link #losePower} are the rest of the bad news.
 */
public final class SimulatedHypervisor implements Hypervisor {

  private static final UUID NO_DOMAIN = new UUID(0, 0);

  private final Map<UUID, SimulatedDomain> domains = new ConcurrentHashMap<>();
  private final List<HypervisorListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final long bootTimeSeconds = Instant.now().getEpochSecond();
  private final SimulatedNode node;
  private final SimulatedLayer networks;
  private final SimulatedTimes times;
  private final Faults faults;
  private final ScheduledExecutorService timers;
  private final SimulatedNetwork network;
  private final Set<String> saved;
  private final Map<UUID, SimulatedMove> moves = new ConcurrentHashMap<>();

  /** One from which no guest can go anywhere else. */
  public SimulatedHypervisor(
      SimulatedNode node, SimulatedTimes times, Faults faults, ScheduledExecutorService timers) {
    this(node, times, faults, timers, new SimulatedNetwork(), ConcurrentHashMap.newKeySet());
  }

  /** One whose guests are saved to storage of its own. */
  public SimulatedHypervisor(
      SimulatedNode node,
      SimulatedTimes times,
      Faults faults,
      ScheduledExecutorService timers,
      SimulatedNetwork network) {
    this(node, times, faults, timers, network, ConcurrentHashMap.newKeySet());
  }

  /**
   * @param saved files that hold a guest's memory, on storage that hosts may share
   * @param network the hosts that guests can move to
   * @param timers runs guests' boots and shutdowns; shared by many hypervisors
   */
  public SimulatedHypervisor(
      SimulatedNode node,
      SimulatedTimes times,
      Faults faults,
      ScheduledExecutorService timers,
      SimulatedNetwork network,
      Set<String> saved) {
    this.network = network;
    this.saved = saved;
    this.node = node;
    this.networks = new SimulatedLayer(node.facts().networkDevices());
    this.times = times;
    this.faults = faults;
    this.timers = timers;
  }

  public Faults faults() {
    return faults;
  }

  /** The emulator of this guest dies. */
  public void crash(UUID domain) {
    SimulatedDomain found = domains.get(domain);
    if (found != null) {
      stop(found, StopCause.FAILED);
    }
  }

  /** The guest's disk fails: it is paused until it is resumed. */
  public void failDisk(UUID domain, String reason) {
    SimulatedDomain found = domain(domain);
    String path =
        found.description().drives().stream().map(drive -> drive.path()).findFirst().orElse("");
    emit(new HypervisorEvent.IoError(domain, "", path, reason));
    pause(found, PauseCause.IO_ERROR);
  }

  /** All guests are gone at once and nobody is told, as when a machine loses its power. */
  public void losePower() {
    domains.values().forEach(SimulatedDomain::end);
    domains.clear();
  }

  /** How busy a guest is, between 0 and 1. */
  public void setLoad(UUID domain, double load) {
    domain(domain).setLoad(load);
  }

  /** Its network devices. */
  public SimulatedLayer networks() {
    return networks;
  }

  @Override
  public NodeFacts facts() {
    return perform(Operation.FACTS, NO_DOMAIN, () -> node.facts().with(networks.described()));
  }

  @Override
  public NodeStatistics nodeStatistics() {
    return perform(Operation.NODE_STATISTICS, NO_DOMAIN, this::measure);
  }

  @Override
  public Map<String, HostDevice> devices() {
    return perform(
        Operation.FACTS,
        NO_DOMAIN,
        () -> Map.of("computer", HostDevice.unassignable("system", "Simulated host", "")));
  }

  private NodeStatistics measure() {
    double busy =
        domains.values().stream()
            .mapToDouble(domain -> domain.load() * domain.description().vcpus())
            .sum();
    double share = Math.min(100, 0.5 + 100 * busy / node.threads());
    NodeStatistics.Cpu cpu =
        new NodeStatistics.Cpu(share * 0.9, share * 0.1, Math.max(0, 100 - share));
    long memory = node.memoryMib() * 1024;
    long used =
        512 * 1024
            + domains.values().stream().mapToLong(domain -> domain.description().memoryKib()).sum();
    return new NodeStatistics(
        cpu,
        IntStream.range(0, node.threads()).mapToObj(index -> cpu).toList(),
        busy,
        memory,
        Math.max(0, memory - used),
        0,
        0,
        8 * 1024 * 1024,
        8 * 1024 * 1024,
        bootTimeSeconds,
        Map.of(
            "ovirtmgmt", new NodeStatistics.Traffic(true, 10_000, 0, 0, 0, 0, 0, 0),
            "eth0", new NodeStatistics.Traffic(true, 10_000, 0, 0, 0, 0, 0, 0)));
  }

  @Override
  public List<DomainSummary> list() {
    return perform(
        Operation.LIST,
        NO_DOMAIN,
        () -> domains.values().stream().map(SimulatedDomain::summary).toList());
  }

  @Override
  public Optional<DomainSummary> find(UUID domain) {
    return perform(
        Operation.LIST,
        domain,
        () -> Optional.ofNullable(domains.get(domain)).map(SimulatedDomain::summary));
  }

  @Override
  public void create(String domainXml, boolean paused) {
    launch(Operation.CREATE, domainXml, paused);
  }

  private void launch(Operation operation, String domainXml, boolean paused) {
    SimulatedDomain domain;
    try {
      domain = new SimulatedDomain(domainXml, numbers.incrementAndGet());
    } catch (IllegalArgumentException e) {
      throw new HypervisorException(Kind.FAILED, "XML error: " + e.getMessage(), e);
    }
    UUID id = domain.description().id();
    perform(
        operation,
        id,
        () -> {
          if (domains.putIfAbsent(id, domain) != null) {
            throw new HypervisorException(
                Kind.ALREADY_EXISTS, "Domain " + id + " is already active");
          }
          emit(new HypervisorEvent.Started(id));
          if (paused) {
            pause(domain, PauseCause.USER);
            return id;
          }
          emit(new HypervisorEvent.Resumed(id));
          after(times.boot(), () -> guestReports(domain));
          return id;
        });
  }

  @Override
  public void destroy(UUID domain) {
    on(Operation.DESTROY, domain, found -> stop(found, StopCause.DESTROYED));
  }

  @Override
  public void shutdown(UUID domain) {
    on(
        Operation.SHUTDOWN,
        domain,
        found -> {
          if (faults.ignoresPowerButton(domain)) {
            return false;
          }
          emit(new HypervisorEvent.ShutdownBegan(domain));
          after(times.shutdown(), () -> stop(found, StopCause.SHUTDOWN));
          return true;
        });
  }

  @Override
  public String portableXml(UUID domain) {
    return xml(domain);
  }

  @Override
  public void save(UUID domain, String file) {
    on(
        Operation.SAVE,
        domain,
        found -> {
          saved.add(file);
          return stop(found, StopCause.SAVED);
        });
  }

  @Override
  public boolean saved(String file) {
    return saved.contains(file);
  }

  @Override
  public void restore(String file, String domainXml) {
    if (!saved.contains(file)) {
      throw new HypervisorException(Kind.FAILED, "No guest was saved to " + file);
    }
    launch(Operation.RESTORE, domainXml, true);
  }

  @Override
  public BlockWork blocks() {
    return new SimulatedBlocks(
        (domain, work) -> on(Operation.BLOCKS, domain, work), saved::add, times.blockJob());
  }

  @Override
  public void reboot(UUID domain) {
    on(Operation.REBOOT, domain, this::rebootGuest);
  }

  @Override
  public void reset(UUID domain) {
    on(Operation.RESET, domain, this::rebootGuest);
  }

  private boolean rebootGuest(SimulatedDomain domain) {
    UUID id = domain.description().id();
    domain.setGuestUp(false);
    emit(new HypervisorEvent.GuestAgent(id, false));
    emit(new HypervisorEvent.Rebooted(id));
    after(times.boot(), () -> guestReports(domain));
    return true;
  }

  @Override
  public void suspend(UUID domain) {
    on(Operation.SUSPEND, domain, found -> pause(found, PauseCause.USER));
  }

  @Override
  public void resume(UUID domain) {
    on(
        Operation.RESUME,
        domain,
        found -> {
          found.become(new DomainState.Running());
          emit(new HypervisorEvent.Resumed(domain));
          return true;
        });
  }

  @Override
  public String xml(UUID domain) {
    return on(Operation.XML, domain, SimulatedDomain::xml);
  }

  @Override
  public Map<UUID, DomainStatistics> statistics() {
    return perform(
        Operation.STATISTICS,
        NO_DOMAIN,
        () ->
            domains.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sample())));
  }

  @Override
  public void setMetadata(UUID domain, String namespace, String prefix, String xml) {
    on(
        Operation.METADATA,
        domain,
        found -> {
          found.setMetadata(namespace, prefix, xml);
          return true;
        });
  }

  @Override
  public void updateDevice(UUID domain, String deviceXml) {
    on(
        Operation.UPDATE_DEVICE,
        domain,
        found -> {
          found.edit((xml, number) -> SimulatedDevices.updated(xml, deviceXml));
          return true;
        });
  }

  @Override
  public void attachDevice(UUID domain, String deviceXml) {
    on(
        Operation.ATTACH_DEVICE,
        domain,
        found -> {
          found.edit((xml, number) -> SimulatedDevices.attached(xml, deviceXml, number));
          return true;
        });
  }

  @Override
  public void detachDevice(UUID domain, String deviceXml) {
    on(
        Operation.DETACH_DEVICE,
        domain,
        found -> {
          String alias = SimulatedDevices.alias(found.xml(), deviceXml);
          Optional<Faults.Keeping> keeping = faults.keeping(domain);
          if (keeping.isEmpty()) {
            after(
                times.call(),
                () -> {
                  found.edit((xml, number) -> SimulatedDevices.detached(xml, deviceXml));
                  emit(new HypervisorEvent.DeviceRemoved(domain, alias));
                });
          } else if (keeping.get() == Faults.Keeping.REFUSING) {
            after(times.call(), () -> emit(new HypervisorEvent.DeviceKept(domain, alias)));
          }
          return true;
        });
  }

  @Override
  public void setProcessors(UUID domain, int count) {
    on(
        Operation.SET_PROCESSORS,
        domain,
        found -> {
          found.edit((xml, number) -> SimulatedDevices.withProcessors(xml, count));
          return true;
        });
  }

  @Override
  public void setBalloon(UUID domain, long kib) {
    on(
        Operation.SET_BALLOON,
        domain,
        found -> {
          found.setBalloon(kib);
          return true;
        });
  }

  /** The guest's watchdog runs out. */
  public void fireWatchdog(UUID domain, String action) {
    domain(domain);
    emit(new HypervisorEvent.Watchdog(domain, action));
  }

  @Override
  public GuestFacts guest(UUID domain) {
    return on(Operation.GUEST, domain, SimulatedHypervisor::talking);
  }

  @Override
  public int freeze(UUID domain) {
    return on(
        Operation.GUEST,
        domain,
        found -> {
          talking(found);
          return found.setFrozen(true);
        });
  }

  @Override
  public int thaw(UUID domain) {
    return on(
        Operation.GUEST,
        domain,
        found -> {
          talking(found);
          return found.setFrozen(false);
        });
  }

  @Override
  public void leaveByAgent(UUID domain, boolean reboot) {
    on(Operation.GUEST, domain, SimulatedHypervisor::talking);
    if (reboot) {
      reboot(domain);
    } else {
      shutdown(domain);
    }
  }

  private static GuestFacts talking(SimulatedDomain domain) {
    return domain
        .guest()
        .orElseThrow(
            () ->
                new HypervisorException(
                    Kind.GUEST_SILENT, "Guest agent is not responding: it is not connected"));
  }

  /** A black screen. */
  @Override
  public Screenshot screenshot(UUID domain) {
    return on(Operation.SCREENSHOT, domain, found -> Screenshot.of("image/png", BlackScreen.png()));
  }

  @Override
  public String migratableXml(UUID domain) {
    return on(Operation.XML, domain, SimulatedDomain::xml);
  }

  @Override
  public void migrate(UUID id, Transfer transfer) {
    SimulatedDomain guest = domain(id);
    SimulatedHypervisor destination =
        network
            .find(transfer.peer())
            .filter(other -> other != this)
            .orElseThrow(
                () ->
                    new HypervisorException(
                        Kind.UNREACHABLE, "unable to connect to server at " + transfer.peer()));
    SimulatedDomain arrival = destination.receive(id, transfer.xml());
    SimulatedMove move =
        new SimulatedMove(this, guest, destination, arrival, times.migration().next());
    if (moves.putIfAbsent(id, move) != null) {
      destination.giveUp(arrival);
      throw new HypervisorException(Kind.FAILED, "Domain " + id + " is on its way already");
    }
    try {
      move.run(faults.strike(Operation.MIGRATE, id).orElse(Faults.Fault.NONE));
    } catch (InterruptedException e) {
      destination.giveUp(arrival);
      Thread.currentThread().interrupt();
      throw new HypervisorException(Kind.FAILED, "The move was interrupted", e);
    } finally {
      moves.remove(id, move);
    }
  }

  /** The guest of a move that comes here stands still until it is handed over. */
  private SimulatedDomain receive(UUID id, String xml) {
    SimulatedDomain arrival = new SimulatedDomain(xml, numbers.incrementAndGet());
    arrival.become(new DomainState.Paused(PauseCause.MIGRATION));
    if (domains.putIfAbsent(id, arrival) != null) {
      throw new HypervisorException(Kind.ALREADY_EXISTS, "Domain " + id + " is already active");
    }
    emit(new HypervisorEvent.Started(id));
    return arrival;
  }

  /** First the guest stands still here, then it runs there, then it is gone from here. */
  void handOver(SimulatedDomain guest, SimulatedHypervisor destination, SimulatedDomain arrival) {
    UUID id = guest.description().id();
    DomainState before = guest.state();
    guest.become(new DomainState.Paused(PauseCause.MIGRATION));
    emit(new HypervisorEvent.Suspended(id, PauseCause.MIGRATION));
    if (!destination.takeOver(arrival, before)) {
      guest.become(before);
      throw new HypervisorException(Kind.FAILED, "operation failed: client socket is closed");
    }
    emit(new HypervisorEvent.Transferred(id, Duration.ofMillis(50)));
    stop(guest, StopCause.MIGRATED);
  }

  private boolean takeOver(SimulatedDomain arrival, DomainState state) {
    UUID id = arrival.description().id();
    if (!runs(arrival)) {
      return false;
    }
    arrival.become(state);
    emit(
        state instanceof DomainState.Paused paused
            ? new HypervisorEvent.Suspended(id, paused.cause())
            : new HypervisorEvent.Resumed(id));
    return true;
  }

  void giveUp(SimulatedDomain arrival) {
    stop(arrival, StopCause.FAILED);
  }

  boolean runs(SimulatedDomain domain) {
    return domains.get(domain.description().id()) == domain;
  }

  @Override
  public Optional<TransferProgress> transfer(UUID domain) {
    return Optional.ofNullable(moves.get(domain)).map(SimulatedMove::progress);
  }

  @Override
  public void abortTransfer(UUID domain) {
    move(domain).abort();
  }

  @Override
  public void setMaximumDowntime(UUID domain, Duration downtime) {
    domain(domain);
  }

  @Override
  public void startPostCopy(UUID domain) {
    move(domain).hurry();
  }

  private SimulatedMove move(UUID domain) {
    SimulatedMove move = moves.get(domain);
    if (move == null) {
      throw new HypervisorException(Kind.FAILED, "Domain " + domain + " is not on its way");
    }
    return move;
  }

  @Override
  public Subscription listen(HypervisorListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Leaves the guests running. */
  @Override
  public void close() {
    listeners.clear();
  }

  private boolean pause(SimulatedDomain domain, PauseCause cause) {
    domain.become(new DomainState.Paused(cause));
    emit(new HypervisorEvent.Suspended(domain.description().id(), cause));
    return true;
  }

  private boolean stop(SimulatedDomain domain, StopCause cause) {
    if (domain.end()) {
      UUID id = domain.description().id();
      domains.remove(id, domain);
      emit(new HypervisorEvent.Stopped(id, cause));
    }
    return true;
  }

  private void guestReports(SimulatedDomain domain) {
    UUID id = domain.description().id();
    if (domains.get(id) == domain) {
      domain.setGuestUp(true);
      emit(new HypervisorEvent.GuestAgent(id, true));
    }
  }

  private void emit(HypervisorEvent event) {
    listeners.forEach(listener -> listener.on(event));
  }

  private void after(Latency latency, Runnable work) {
    var _ = timers.schedule(work, latency.next().toNanos(), TimeUnit.NANOSECONDS);
  }

  private SimulatedDomain domain(UUID id) {
    SimulatedDomain found = domains.get(id);
    if (found == null) {
      throw new HypervisorException(Kind.DOMAIN_MISSING, "Domain " + id + " is not active");
    }
    return found;
  }

  private <T> T on(Operation operation, UUID id, Function<SimulatedDomain, T> work) {
    return perform(operation, id, () -> work.apply(domain(id)));
  }

  private <T> T perform(Operation operation, UUID domain, Supplier<T> work) {
    Optional<Faults.Fault> fault = faults.strike(operation, domain);
    try {
      times.call().pass();
      if (fault.isEmpty()) {
        return work.get();
      }
      if (!fault.get().message().isEmpty()) {
        throw new HypervisorException(Kind.FAILED, fault.get().message());
      }
      if (fault.get().delay().compareTo(times.deadline()) <= 0) {
        Thread.sleep(fault.get().delay());
        return work.get();
      }
      var _ = timers.schedule(work::get, fault.get().delay().toNanos(), TimeUnit.NANOSECONDS);
      Thread.sleep(times.deadline());
      throw new HypervisorException(
          Kind.TIMEOUT, operation + " was not answered within " + times.deadline());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HypervisorException(Kind.TIMEOUT, operation + " was interrupted", e);
    }
  }
}
