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
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * A hypervisor in memory. Its guests outlive the agents in front of it, as real ones do: stop an
 * agent, start another on the same instance, and everything is found again. Its {@link Faults}
 * decide what goes wrong; {@link #crash} and {@link #losePower} are the rest of the bad news.
 */
public final class SimulatedHypervisor implements Hypervisor {

  private final long bootTimeSeconds = Instant.now().getEpochSecond();
  private final SimulatedNode node;
  private final SimulatedLayer networks;
  private final SimulatedGuests guests;
  private final SimulatedBlocks blocks;
  private final SimulatedPlugging plugging;
  private final SimulatedMigration migration;
  private final SimulatedSaving saving;

  /** One from which no guest can go anywhere else. */
  public SimulatedHypervisor(
      SimulatedNode node, SimulatedTimes times, Faults faults, ScheduledExecutorService timers) {
    this(node, times, faults, timers, new SimulatedNetwork());
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
    this.node = node;
    this.networks = new SimulatedLayer(node.facts().networkDevices());
    this.guests = new SimulatedGuests(times, faults, timers);
    this.blocks = new SimulatedBlocks(guests, saved::add);
    this.plugging = new SimulatedPlugging(guests);
    this.migration = new SimulatedMigration(guests, network);
    this.saving = new SimulatedSaving(guests, saved);
  }

  public Faults faults() {
    return guests.faults();
  }

  /** The emulator of this guest dies. */
  public void crash(UUID domain) {
    guests.find(domain).ifPresent(found -> guests.stop(found, StopCause.FAILED));
  }

  /** The guest's disk fails: it is paused until it is resumed. */
  public void failDisk(UUID domain, String reason) {
    SimulatedDomain found = guests.require(domain);
    String path =
        found.description().drives().stream().map(drive -> drive.path()).findFirst().orElse("");
    guests.emit(new HypervisorEvent.IoError(domain, "", path, reason));
    guests.pause(found, PauseCause.IO_ERROR);
  }

  /** The guest's watchdog runs out. */
  public void fireWatchdog(UUID domain, String action) {
    guests.require(domain);
    guests.emit(new HypervisorEvent.Watchdog(domain, action));
  }

  /** All guests are gone at once and nobody is told, as when a machine loses its power. */
  public void losePower() {
    guests.vanish();
  }

  /** How busy a guest is, between 0 and 1. */
  public void setLoad(UUID domain, double load) {
    guests.require(domain).setLoad(load);
  }

  /** Its network devices. */
  public SimulatedLayer networks() {
    return networks;
  }

  SimulatedMigration migration() {
    return migration;
  }

  @Override
  public NodeFacts facts() {
    return guests.perform(
        Operation.FACTS, SimulatedGuests.NONE, () -> node.facts().with(networks.described()));
  }

  @Override
  public NodeStatistics nodeStatistics() {
    return guests.perform(
        Operation.NODE_STATISTICS,
        SimulatedGuests.NONE,
        () -> node.measure(guests.all(), bootTimeSeconds));
  }

  @Override
  public Map<String, HostDevice> devices() {
    return guests.perform(
        Operation.FACTS,
        SimulatedGuests.NONE,
        () -> Map.of("computer", HostDevice.unassignable("system", "Simulated host", "")));
  }

  @Override
  public List<DomainSummary> list() {
    return guests.perform(
        Operation.LIST,
        SimulatedGuests.NONE,
        () -> guests.all().stream().map(SimulatedDomain::summary).toList());
  }

  @Override
  public Optional<DomainSummary> find(UUID domain) {
    return guests.perform(
        Operation.LIST, domain, () -> guests.find(domain).map(SimulatedDomain::summary));
  }

  @Override
  public void create(String domainXml, boolean paused) {
    guests.launch(Operation.CREATE, domainXml, paused);
  }

  @Override
  public void destroy(UUID domain) {
    guests.on(Operation.DESTROY, domain, found -> guests.stop(found, StopCause.DESTROYED));
  }

  @Override
  public void shutdown(UUID domain) {
    guests.on(
        Operation.SHUTDOWN,
        domain,
        found -> {
          if (faults().ignoresPowerButton(domain)) {
            return false;
          }
          guests.emit(new HypervisorEvent.ShutdownBegan(domain));
          guests.after(guests.times().shutdown(), () -> guests.stop(found, StopCause.SHUTDOWN));
          return true;
        });
  }

  @Override
  public void reboot(UUID domain) {
    reboot(Operation.REBOOT, domain);
  }

  @Override
  public void reset(UUID domain) {
    reboot(Operation.RESET, domain);
  }

  private void reboot(Operation operation, UUID domain) {
    guests.on(
        operation,
        domain,
        found -> {
          found.setGuestUp(false);
          guests.emit(new HypervisorEvent.GuestAgent(domain, false));
          guests.emit(new HypervisorEvent.Rebooted(domain));
          guests.boot(found);
          return domain;
        });
  }

  @Override
  public void suspend(UUID domain) {
    guests.on(Operation.SUSPEND, domain, found -> guests.pause(found, PauseCause.USER));
  }

  @Override
  public void resume(UUID domain) {
    guests.on(
        Operation.RESUME,
        domain,
        found -> {
          found.become(new DomainState.Running());
          guests.emit(new HypervisorEvent.Resumed(domain));
          return domain;
        });
  }

  @Override
  public String xml(UUID domain) {
    return guests.on(Operation.XML, domain, SimulatedDomain::xml);
  }

  @Override
  public Map<UUID, DomainStatistics> statistics() {
    return guests.perform(
        Operation.STATISTICS,
        SimulatedGuests.NONE,
        () ->
            guests.all().stream()
                .collect(
                    Collectors.toMap(
                        domain -> domain.description().id(), SimulatedDomain::sample)));
  }

  @Override
  public void setMetadata(UUID domain, String namespace, String prefix, String xml) {
    guests.on(
        Operation.METADATA,
        domain,
        found -> {
          found.setMetadata(namespace, prefix, xml);
          return domain;
        });
  }

  /** A black screen. */
  @Override
  public Screenshot screenshot(UUID domain) {
    return guests.on(
        Operation.SCREENSHOT, domain, found -> Screenshot.of("image/png", BlackScreen.png()));
  }

  @Override
  public ByteChannel serialLine(UUID domain) {
    return guests.on(Operation.SERIAL, domain, SimulatedLine::of);
  }

  @Override
  public GuestFacts guest(UUID domain) {
    return guests.on(Operation.GUEST, domain, SimulatedHypervisor::talking);
  }

  @Override
  public int freeze(UUID domain) {
    return setFrozen(domain, true);
  }

  @Override
  public int thaw(UUID domain) {
    return setFrozen(domain, false);
  }

  private int setFrozen(UUID domain, boolean frozen) {
    return guests.on(
        Operation.GUEST,
        domain,
        found -> {
          talking(found);
          return found.setFrozen(frozen);
        });
  }

  @Override
  public void leaveByAgent(UUID domain, boolean reboot) {
    guest(domain);
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

  @Override
  public BlockWork blocks() {
    return blocks;
  }

  @Override
  public void attachDevice(UUID domain, String deviceXml) {
    plugging.attachDevice(domain, deviceXml);
  }

  @Override
  public void detachDevice(UUID domain, String deviceXml) {
    plugging.detachDevice(domain, deviceXml);
  }

  @Override
  public void updateDevice(UUID domain, String deviceXml) {
    plugging.updateDevice(domain, deviceXml);
  }

  @Override
  public void setProcessors(UUID domain, int count) {
    plugging.setProcessors(domain, count);
  }

  @Override
  public void setBalloon(UUID domain, long kib) {
    plugging.setBalloon(domain, kib);
  }

  @Override
  public String migratableXml(UUID domain) {
    return migration.migratableXml(domain);
  }

  @Override
  public void migrate(UUID domain, Transfer transfer) {
    migration.migrate(domain, transfer);
  }

  @Override
  public Optional<TransferProgress> transfer(UUID domain) {
    return migration.transfer(domain);
  }

  @Override
  public void abortTransfer(UUID domain) {
    migration.abortTransfer(domain);
  }

  @Override
  public void setMaximumDowntime(UUID domain, Duration downtime) {
    migration.setMaximumDowntime(domain, downtime);
  }

  @Override
  public void setMaximumSpeed(UUID domain, long mebibytes) {
    migration.setMaximumSpeed(domain, mebibytes);
  }

  @Override
  public void startPostCopy(UUID domain) {
    migration.startPostCopy(domain);
  }

  @Override
  public String portableXml(UUID domain) {
    return saving.portableXml(domain);
  }

  @Override
  public void save(UUID domain, String file) {
    saving.save(domain, file);
  }

  @Override
  public boolean saved(String file) {
    return saving.saved(file);
  }

  @Override
  public void restore(String file, String domainXml) {
    saving.restore(file, domainXml);
  }

  @Override
  public Subscription listen(HypervisorListener listener) {
    return guests.listen(listener);
  }

  /** Leaves the guests running. */
  @Override
  public void close() {
    guests.fallSilent();
  }
}
