package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.BlockWork;
import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainStatistics;
import io.overt.agent.hypervisor.DomainSummary;
import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.hypervisor.HostDevice;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.hypervisor.NodeFacts;
import io.overt.agent.hypervisor.NodeStatistics;
import io.overt.agent.hypervisor.Transfer;
import io.overt.agent.hypervisor.TransferProgress;
import io.overt.agent.node.LinuxNode;
import io.overt.agent.vms.DomainPolicy.VirtType;
import io.overt.agent.xml.Xml;
import io.overt.libvirt.Connection;
import io.overt.libvirt.Domain;
import io.overt.libvirt.DomainEvent;
import io.overt.libvirt.ErrorCode;
import io.overt.libvirt.Flags;
import io.overt.libvirt.LibvirtException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Domains of a libvirtd. When libvirtd goes away, calls fail until it is back; guests run on. */
public final class LibvirtHypervisor implements Hypervisor {

  private static final String ARCHITECTURE = "x86_64";

  private final List<HypervisorListener> listeners = new CopyOnWriteArrayList<>();
  private final LibvirtConnection libvirt;
  private final LibvirtBlocks blocks;
  private final LinuxNode node;
  private final VirtType virtType;
  private final Map<String, String> networks;
  private final LibvirtMigration migration;
  private volatile @Nullable Emulator emulator;

  /** What the emulator offers; asked once. */
  private record Emulator(
      List<String> machines, List<String> models, Map<String, String> packages) {}

  /**
   * @param uri for example {@code qemu:///system}
   * @param networks devices by network name; every bridge is a network of its own name besides
   */
  public LibvirtHypervisor(
      String uri, LinuxNode node, VirtType virtType, Map<String, String> networks) {
    this.libvirt = new LibvirtConnection(uri, this::on);
    this.blocks = new LibvirtBlocks(libvirt);
    this.node = node;
    this.virtType = virtType;
    this.networks = Map.copyOf(networks);
    this.migration = new LibvirtMigration(libvirt);
  }

  @Override
  public NodeFacts facts() {
    Emulator offered = emulator();
    List<NodeFacts.NetworkDevice> devices = node.network().devices();
    Map<String, String> named = new LinkedHashMap<>(networks);
    devices.stream()
        .filter(NodeFacts.NetworkDevice::bridge)
        .forEach(device -> named.putIfAbsent(device.name(), device.name()));
    return new NodeFacts(
        node.hostId(),
        node.processor(offered.models()),
        node.memoryMib(),
        virtType == VirtType.QEMU || node.kvmDevice(),
        offered.machines(),
        node.operatingSystem(),
        node.hardware(),
        offered.packages(),
        node.numaNodes(),
        devices,
        named);
  }

  private Emulator emulator() {
    Emulator known = emulator;
    if (known == null) {
      known = libvirt.call(this::ask);
      emulator = known;
    }
    return known;
  }

  private Emulator ask(Connection connection) {
    List<String> models = new ArrayList<>();
    String offered = connection.domainCapabilities(null, ARCHITECTURE, "q35", virtType.text());
    Xml.child(Xml.parse(offered).getDocumentElement(), "cpu").stream()
        .flatMap(cpu -> Xml.children(cpu, "mode").stream())
        .filter(mode -> mode.getAttribute("name").equals("custom"))
        .flatMap(mode -> Xml.children(mode, "model").stream())
        .filter(model -> model.getAttribute("usable").equals("yes"))
        .forEach(model -> models.add(model.getTextContent().strip()));
    List<String> machines = new ArrayList<>();
    Element capabilities = Xml.parse(connection.capabilities()).getDocumentElement();
    Xml.children(capabilities, "guest").stream()
        .flatMap(guest -> Xml.children(guest, "arch").stream())
        .filter(arch -> arch.getAttribute("name").equals(ARCHITECTURE))
        .flatMap(arch -> Xml.children(arch, "machine").stream())
        .map(machine -> machine.getTextContent().strip())
        .distinct()
        .forEach(machines::add);
    return new Emulator(
        machines,
        models,
        Map.of(
            "kernel", node.kernel(),
            "libvirt", connection.libraryVersion().toString(),
            "qemu-kvm", connection.hypervisorVersion().toString()));
  }

  @Override
  public NodeStatistics nodeStatistics() {
    return node.statistics();
  }

  @Override
  public Map<String, HostDevice> devices() {
    Map<String, HostDevice> devices = new LinkedHashMap<>();
    libvirt
        .call(Connection::nodeDevices)
        .forEach((name, xml) -> devices.put(name, NodeDevices.read(xml)));
    return devices;
  }

  @Override
  public List<DomainSummary> list() {
    return libvirt.call(
        connection -> {
          List<DomainSummary> summaries = new ArrayList<>();
          for (Domain domain : connection.domains(Flags.ListDomains.ACTIVE)) {
            summary(domain).ifPresent(summaries::add);
          }
          return summaries;
        });
  }

  @Override
  public Optional<DomainSummary> find(UUID domain) {
    return libvirt.call(
        connection ->
            connection
                .findDomain(domain)
                .flatMap(LibvirtHypervisor::summary)
                .filter(summary -> !(summary.state() instanceof DomainState.Stopped)));
  }

  /** Empty for a domain that ended meanwhile. */
  private static Optional<DomainSummary> summary(Domain domain) {
    try {
      return Optional.of(
          new DomainSummary(domain.uuid(), domain.name(), Translation.state(domain.status())));
    } catch (LibvirtException e) {
      if (e.is(ErrorCode.NO_DOMAIN)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void create(String domainXml, boolean paused) {
    NoNetwork.ensure(domainXml);
    Flags.Create[] flags = paused ? new Flags.Create[] {Flags.Create.PAUSED} : new Flags.Create[0];
    libvirt.call(connection -> connection.createDomain(domainXml, flags));
  }

  @Override
  public void destroy(UUID domain) {
    on(domain, Domain::destroy);
  }

  @Override
  public void shutdown(UUID domain) {
    on(domain, found -> found.shutdown(Flags.Shutdown.ACPI_POWER_BUTTON));
  }

  @Override
  public void reboot(UUID domain) {
    on(domain, Domain::reboot);
  }

  @Override
  public void reset(UUID domain) {
    on(domain, Domain::reset);
  }

  @Override
  public void suspend(UUID domain) {
    on(domain, Domain::suspend);
  }

  @Override
  public void resume(UUID domain) {
    on(domain, Domain::resume);
  }

  @Override
  public String xml(UUID domain) {
    return libvirt.call(connection -> connection.domain(domain).xml());
  }

  @Override
  public String portableXml(UUID domain) {
    return libvirt.call(connection -> connection.domain(domain).xml(Flags.Xml.MIGRATABLE));
  }

  @Override
  public void save(UUID domain, String file) {
    on(domain, found -> found.save(file, null));
  }

  @Override
  public boolean saved(String file) {
    return SavedFile.complete(Path.of(file));
  }

  @Override
  public void restore(String file, String domainXml) {
    libvirt.call(
        connection -> {
          connection.restore(file, domainXml, Flags.Save.PAUSED);
          return file;
        });
  }

  @Override
  public BlockWork blocks() {
    return blocks;
  }

  @Override
  public Map<UUID, DomainStatistics> statistics() {
    return libvirt.call(
        connection -> {
          Map<UUID, DomainStatistics> all = new HashMap<>();
          for (var domain :
              connection.statistics(
                  Flags.Statistics.STATE,
                  Flags.Statistics.CPU_TOTAL,
                  Flags.Statistics.BALLOON,
                  Flags.Statistics.VCPU,
                  Flags.Statistics.INTERFACE,
                  Flags.Statistics.BLOCK)) {
            all.put(domain.uuid(), Translation.statistics(domain.values(), System.nanoTime()));
          }
          return all;
        });
  }

  @Override
  public void setMetadata(UUID domain, String namespace, String prefix, String xml) {
    on(domain, found -> found.setMetadata(namespace, prefix, xml, Flags.Affect.LIVE));
  }

  @Override
  public void attachDevice(UUID domain, String deviceXml) {
    NoNetwork.ensure(deviceXml);
    on(domain, found -> found.attachDevice(deviceXml, Flags.Affect.LIVE));
  }

  @Override
  public void detachDevice(UUID domain, String deviceXml) {
    on(domain, found -> found.detachDevice(deviceXml, Flags.Affect.LIVE));
  }

  @Override
  public void updateDevice(UUID domain, String deviceXml) {
    NoNetwork.ensure(deviceXml);
    on(domain, found -> found.updateDevice(deviceXml, Flags.Affect.LIVE));
  }

  @Override
  public void setProcessors(UUID domain, int count) {
    on(domain, found -> found.setVcpus(count, Flags.Affect.LIVE));
  }

  @Override
  public void setBalloon(UUID domain, long kib) {
    on(domain, found -> found.setMemory(kib, Flags.Affect.LIVE));
  }

  @Override
  public GuestFacts guest(UUID domain) {
    return libvirt.call(connection -> GuestAnswers.of(connection.domain(domain).guest()));
  }

  @Override
  public int freeze(UUID domain) {
    return libvirt.call(connection -> connection.domain(domain).guest().freeze(List.of()));
  }

  @Override
  public int thaw(UUID domain) {
    return libvirt.call(connection -> connection.domain(domain).guest().thaw(List.of()));
  }

  @Override
  public void leaveByAgent(UUID domain, boolean reboot) {
    on(
        domain,
        found -> {
          if (reboot) {
            found.reboot(Flags.Shutdown.GUEST_AGENT);
          } else {
            found.shutdown(Flags.Shutdown.GUEST_AGENT);
          }
        });
  }

  @Override
  public void expect(String xml) {
    NoNetwork.ensure(xml);
  }

  @Override
  public String migratableXml(UUID domain) {
    return migration.xml(domain);
  }

  @Override
  public void migrate(UUID domain, Transfer transfer) {
    migration.run(domain, transfer);
  }

  @Override
  public Optional<TransferProgress> transfer(UUID domain) {
    return migration.progress(domain);
  }

  @Override
  public Optional<Duration> stoodStill(UUID domain) {
    return migration.stoodStill(domain);
  }

  @Override
  public void abortTransfer(UUID domain) {
    on(domain, found -> found.jobs().abort());
  }

  @Override
  public void setMaximumDowntime(UUID domain, Duration downtime) {
    on(domain, found -> found.jobs().setMaximumDowntime(downtime));
  }

  @Override
  public void setMaximumSpeed(UUID domain, long mebibytes) {
    on(domain, found -> found.jobs().setMaximumSpeed(mebibytes));
  }

  @Override
  public void startPostCopy(UUID domain) {
    on(domain, found -> found.jobs().startPostCopy());
  }

  @Override
  public Screenshot screenshot(UUID domain) {
    return libvirt.call(
        connection -> {
          var picture = connection.domain(domain).screenshot(0);
          return Screenshot.of(picture.mimeType(), picture.data());
        });
  }

  @Override
  public ByteChannel serialLine(UUID domain) {
    return SerialSocket.open(xml(domain));
  }

  @Override
  public Subscription listen(HypervisorListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    listeners.clear();
    libvirt.close();
  }

  private void on(DomainEvent event) {
    Translation.event(event)
        .ifPresent(translated -> listeners.forEach(listener -> listener.on(translated)));
  }

  private void on(UUID domain, Consumer<Domain> work) {
    boolean done =
        libvirt.call(
            connection -> {
              Optional<Domain> found = connection.findDomain(domain);
              found.ifPresent(work);
              return found.isPresent();
            });
    if (!done) {
      throw new HypervisorException(
          Kind.DOMAIN_MISSING, "libvirt has no active domain with the id " + domain);
    }
  }
}
