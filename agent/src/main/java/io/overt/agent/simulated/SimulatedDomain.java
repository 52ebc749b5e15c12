package io.overt.agent.simulated;

import io.overt.agent.hypervisor.DomainState;
import io.overt.agent.hypervisor.DomainStatistics;
import io.overt.agent.hypervisor.DomainStatistics.Disk;
import io.overt.agent.hypervisor.DomainStatistics.Interface;
import io.overt.agent.hypervisor.DomainStatistics.Memory;
import io.overt.agent.hypervisor.DomainSummary;
import io.overt.agent.hypervisor.GuestFacts;
import io.overt.agent.vms.DomainDescription;
import io.overt.agent.xml.Xml;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * One simulated guest: its live XML, its state, and counters that grow as those of a busy guest.
 */
final class SimulatedDomain {

  private static final long IDLE_BYTES = 1500;

  private final int number;
  private final long processId;
  private DomainDescription description;
  private final SimulatedLayers layers = new SimulatedLayers();
  private String xml;
  private DomainState state = new DomainState.Running();
  private double load = ThreadLocalRandom.current().nextDouble(0.02, 0.3);
  private long sampledNanos = System.nanoTime();
  private long cpuNanos;
  private long bytes;
  private boolean ended;
  private boolean guestUp;
  private boolean frozen;
  private long target = Long.MAX_VALUE;

  SimulatedDomain(String xml, int number) {
    this.number = number;
    this.xml = live(xml, number);
    this.description = DomainDescription.read(this.xml);
    this.processId = 100_000L + number;
  }

  /** Its XML becomes what the edit makes of it, which gets the domain's number too. */
  synchronized void edit(BiFunction<String, Integer, String> edit) {
    xml = edit.apply(xml, number);
    description = DomainDescription.read(xml);
  }

  /** What an agent in it would say; empty when there is none yet. */
  synchronized Optional<GuestFacts> guest() {
    return guestUp && state instanceof DomainState.Running
        ? Optional.of(SimulatedGuest.facts(description))
        : Optional.empty();
  }

  /** What its balloon leaves to it. */
  synchronized void setBalloon(long kib) {
    target = kib;
  }

  /** Its own agent came, or went. */
  synchronized void setGuestUp(boolean up) {
    guestUp = up;
    edit((live, same) -> SimulatedGuest.connected(live, up));
  }

  /** Its file systems stand still, or go on; how many they are. */
  synchronized int setFrozen(boolean frozen) {
    int affected = this.frozen == frozen ? 0 : 1;
    this.frozen = frozen;
    return affected;
  }

  synchronized DomainDescription description() {
    return description;
  }

  synchronized DomainSummary summary() {
    return new DomainSummary(description.id(), description.name(), state);
  }

  synchronized DomainState state() {
    return state;
  }

  synchronized void become(DomainState next) {
    state = next;
  }

  /** Answers false when it had ended before. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }

  /** What is known of the images below its disks. */
  SimulatedLayers layers() {
    return layers;
  }

  synchronized String xml() {
    return xml;
  }

  synchronized double load() {
    return state instanceof DomainState.Running ? load : 0;
  }

  synchronized void setLoad(double load) {
    this.load = load;
  }

  /** As libvirt does it: the element is replaced, its root bound to the namespace. */
  synchronized void setMetadata(String namespace, String prefix, String element) {
    Document document = Xml.parse(xml);
    Element metadata = Xml.ensure(document.getDocumentElement(), "metadata");
    Element parsed = Xml.parse(element).getDocumentElement();
    Xml.children(metadata, parsed.getLocalName()).stream()
        .filter(old -> namespace.equals(old.getNamespaceURI()))
        .forEach(metadata::removeChild);
    Element bound = document.createElementNS(namespace, prefix + ":" + parsed.getLocalName());
    metadata.appendChild(bound);
    for (var child = parsed.getFirstChild(); child != null; child = child.getNextSibling()) {
      bound.appendChild(document.importNode(child, true));
    }
    xml = Xml.write(document);
  }

  /** Counters since the start; load wanders a little with every sample. */
  synchronized DomainStatistics sample() {
    long now = System.nanoTime();
    long elapsed = now - sampledNanos;
    sampledNanos = now;
    if (state instanceof DomainState.Running) {
      cpuNanos += (long) (elapsed * load * description.vcpus());
      bytes += (long) (elapsed / 1e9 * (IDLE_BYTES + load * 1_000_000));
      load = Math.clamp(load + ThreadLocalRandom.current().nextDouble(-0.02, 0.02), 0.005, 0.98);
    }
    long memory = description.memoryKib();
    long balloon = Math.min(memory, target);
    List<Disk> disks =
        description.drives().stream()
            .map(
                drive ->
                    new Disk(
                        drive.target(),
                        bytes,
                        bytes / 4096,
                        bytes * 2,
                        bytes / 2,
                        bytes / 8192,
                        bytes,
                        bytes / 65536,
                        bytes,
                        bytes,
                        bytes))
            .toList();
    List<Interface> interfaces =
        description.nics().stream()
            .map(nic -> new Interface(nic.device(), bytes, 0, 0, bytes / 3, 0, 0))
            .toList();
    return new DomainStatistics(
        true,
        now,
        cpuNanos,
        cpuNanos * 9 / 10,
        cpuNanos / 10,
        description.vcpus(),
        processId,
        new Memory(balloon, memory, (long) (balloon * (0.9 - load / 2)), (long) (balloon * 0.9)),
        disks,
        interfaces);
  }

  private static String live(String xml, int number) {
    Document document = Xml.parse(xml);
    Element domain = document.getDocumentElement();
    domain.setAttribute("id", Integer.toString(number));
    Xml.child(domain, "devices")
        .ifPresent(
            devices -> {
              for (Element graphics : Xml.children(devices, "graphics")) {
                graphics.removeAttribute("passwd");
                graphics.setAttribute("port", Integer.toString(5900 + number % 10_000));
              }
              SimulatedDevices.complete(devices, number);
            });
    return Xml.write(document);
  }
}
