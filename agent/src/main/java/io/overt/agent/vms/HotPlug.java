package io.overt.agent.vms;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.hooks.HookPoint;
import io.overt.agent.hypervisor.Hypervisor;
import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.vms.HotplugDocument.Plugged;
import io.overt.agent.xml.Xml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * Plugs devices into running machines and out of them. What is plugged in already, or gone already,
 * is a success: whoever asks again after a lost answer gets what was wanted.
 */
public final class HotPlug {

  private static final Logger log = LoggerFactory.getLogger(HotPlug.class);

  /** How long a guest takes to see what changed. */
  private static final Duration NOTICING = Duration.ofSeconds(2);

  private final Vms vms;
  private final Hypervisor hypervisor;
  private final VmHooks hooks;
  private final LaunchXml launchXml;
  private final DiskPaths disks;
  private final Departures departures;

  HotPlug(
      Vms vms,
      Hypervisor hypervisor,
      VmHooks hooks,
      LaunchXml launchXml,
      DiskPaths disks,
      Departures departures) {
    this.vms = vms;
    this.hypervisor = hypervisor;
    this.hooks = hooks;
    this.launchXml = launchXml;
    this.disks = disks;
    this.departures = departures;
  }

  /** The points and codes of one kind of device. */
  private enum Kind {
    NIC(
        "interface",
        ErrorCode.HOTPLUG_NIC,
        ErrorCode.HOTUNPLUG_NIC,
        Optional.of(HookPoint.BEFORE_NIC_HOTPLUG),
        Optional.of(HookPoint.AFTER_NIC_HOTPLUG),
        Optional.of(HookPoint.AFTER_NIC_HOTPLUG_FAIL),
        Optional.of(HookPoint.BEFORE_NIC_HOTUNPLUG),
        Optional.of(HookPoint.AFTER_NIC_HOTUNPLUG),
        Optional.of(HookPoint.AFTER_NIC_HOTUNPLUG_FAIL)),
    DISK(
        "disk",
        ErrorCode.HOTPLUG_DISK,
        ErrorCode.HOTUNPLUG_DISK,
        Optional.of(HookPoint.BEFORE_DISK_HOTPLUG),
        Optional.of(HookPoint.AFTER_DISK_HOTPLUG),
        Optional.empty(),
        Optional.of(HookPoint.BEFORE_DISK_HOTUNPLUG),
        Optional.of(HookPoint.AFTER_DISK_HOTUNPLUG),
        Optional.empty()),
    MEMORY(
        "memory",
        ErrorCode.HOTPLUG_MEMORY,
        ErrorCode.HOTUNPLUG_MEMORY,
        Optional.of(HookPoint.BEFORE_MEMORY_HOTPLUG),
        Optional.of(HookPoint.AFTER_MEMORY_HOTPLUG),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());

    private final String element;
    private final ErrorCode notPlugged;
    private final ErrorCode notUnplugged;
    private final Optional<HookPoint> beforePlug;
    private final Optional<HookPoint> afterPlug;
    private final Optional<HookPoint> plugFailed;
    private final Optional<HookPoint> beforeUnplug;
    private final Optional<HookPoint> afterUnplug;
    private final Optional<HookPoint> unplugFailed;

    Kind(
        String element,
        ErrorCode notPlugged,
        ErrorCode notUnplugged,
        Optional<HookPoint> beforePlug,
        Optional<HookPoint> afterPlug,
        Optional<HookPoint> plugFailed,
        Optional<HookPoint> beforeUnplug,
        Optional<HookPoint> afterUnplug,
        Optional<HookPoint> unplugFailed) {
      this.element = element;
      this.notPlugged = notPlugged;
      this.notUnplugged = notUnplugged;
      this.beforePlug = beforePlug;
      this.afterPlug = afterPlug;
      this.plugFailed = plugFailed;
      this.beforeUnplug = beforeUnplug;
      this.afterUnplug = afterUnplug;
      this.unplugFailed = unplugFailed;
    }
  }

  /**
   * @param xml a {@code <hotplug>} document with one {@code <interface>}
   * @throws VdsmError code 49
   */
  public void plugNic(UUID id, String xml) {
    plug(id, Kind.NIC, xml);
  }

  /** The opposite; returns when the device is gone. */
  public void unplugNic(UUID id, String xml) {
    unplug(id, Kind.NIC, xml);
  }

  /**
   * @param xml a {@code <hotplug>} document with one {@code <disk>}
   * @throws VdsmError code 45
   */
  public void plugDisk(UUID id, String xml) {
    plug(id, Kind.DISK, xml);
  }

  /** The opposite; returns when the device is gone. */
  public void unplugDisk(UUID id, String xml) {
    unplug(id, Kind.DISK, xml);
  }

  /**
   * @param deviceXml a {@code <memory>} element
   * @throws VdsmError code 70
   */
  public void plugMemory(UUID id, String deviceXml) {
    plug(id, Kind.MEMORY, "<hotplug><devices>" + deviceXml + "</devices></hotplug>");
  }

  /** The opposite; the guest may well refuse. */
  public void unplugMemory(UUID id, String deviceXml) {
    unplug(id, Kind.MEMORY, "<hotplug><devices>" + deviceXml + "</devices></hotplug>");
  }

  private void plug(UUID id, Kind kind, String document) {
    Vm vm = vms.running(id);
    Plugged wanted = read(document, kind, kind.notPlugged);
    vm.changing().lock();
    try {
      String live = hypervisor.xml(id);
      Element domain = Devices.root(live);
      if (kind != Kind.MEMORY && Devices.find(domain, wanted.identity()).isPresent()) {
        log.info("{}: the <{}> is plugged in already", id, kind.element);
        return;
      }
      Optional<DiskPaths.Image> image = Optional.empty();
      if (kind == Kind.DISK) {
        wanted.rename(Devices.freeTarget(domain, wanted.device()));
        image = launchXml.prepareDisk(wanted.metadata(), wanted.device());
      }
      try {
        plug(vm, kind, wanted, live);
      } catch (RuntimeException e) {
        image.ifPresent(disks::release);
        throw e;
      }
    } catch (IllegalArgumentException e) {
      throw new VdsmError(kind.notPlugged, "Cannot plug into " + id + ": " + e.getMessage(), e);
    } finally {
      vm.changing().unlock();
    }
  }

  private static Plugged read(String document, Kind kind, ErrorCode code) {
    try {
      return HotplugDocument.read(document, kind.element);
    } catch (IllegalArgumentException e) {
      throw new VdsmError(code, String.valueOf(e.getMessage()), e);
    }
  }

  private void plug(Vm vm, Kind kind, Plugged wanted, String live) {
    Map<String, String> properties = wanted.properties();
    String given = Xml.write(wanted.device());
    String edited = script(kind.beforePlug, vm, properties, () -> given).orElse(given);
    requireKind(kind, edited);
    List<Element> metadata = wanted.metadata();
    if (!metadata.isEmpty()) {
      note(vm, AgentNotes.withDevices(live, metadata));
    }
    try {
      hypervisor.attachDevice(vm.id(), edited);
    } catch (HypervisorException e) {
      if (!metadata.isEmpty()) {
        note(vm, AgentNotes.withoutDevice(hypervisor.xml(vm.id()), wanted.device()));
      }
      script(kind.plugFailed, vm, properties, () -> edited);
      throw new VdsmError(
          kind.notPlugged,
          "Cannot plug the <%s> into %s: %s".formatted(kind.element, vm.id(), e.getMessage()),
          e);
    }
    refresh(vm);
    script(kind.afterPlug, vm, properties, () -> edited);
  }

  private static void requireKind(Kind kind, String edited) {
    HookPoint point = kind.beforePlug.orElseThrow();
    try {
      String name = String.valueOf(Devices.root(edited).getLocalName());
      if (!name.equals(kind.element)) {
        throw VmHooks.unusable(
            point, new IllegalArgumentException("<%s> became <%s>".formatted(kind.element, name)));
      }
    } catch (IllegalArgumentException e) {
      throw VmHooks.unusable(point, e);
    }
  }

  private void unplug(UUID id, Kind kind, String document) {
    Vm vm = vms.running(id);
    Element wanted = read(document, kind, kind.notUnplugged).identity();
    Element domain = Devices.root(hypervisor.xml(id));
    Optional<Element> found = Devices.find(domain, wanted);
    if (found.isEmpty()) {
      log.info("{}: the <{}> is gone already", id, kind.element);
      return;
    }
    Element device = found.get();
    Map<String, String> properties =
        CustomProperties.devices(domain).stream()
            .filter(custom -> custom.element().isSameNode(device))
            .map(CustomProperties.CustomDevice::properties)
            .findFirst()
            .orElse(Map.of());
    Optional<DiskPaths.Image> image = LaunchXml.image(domain, device);
    String xml = Xml.write(device);
    script(kind.beforeUnplug, vm, properties, () -> xml);
    try {
      departures.detach(id, Devices.alias(device), xml);
    } catch (HypervisorException e) {
      script(kind.unplugFailed, vm, properties, () -> xml);
      throw new VdsmError(
          kind.notUnplugged,
          "Cannot unplug the <%s> from %s: %s".formatted(kind.element, id, e.getMessage()),
          e);
    }
    vm.changing().lock();
    try {
      String live = hypervisor.xml(id);
      if (DomainDescription.vmMetadata(Devices.root(live)).isPresent()) {
        note(vm, AgentNotes.withoutDevice(live, device));
      }
      refresh(vm);
    } finally {
      vm.changing().unlock();
    }
    script(kind.afterUnplug, vm, properties, () -> xml);
    image.ifPresent(disks::release);
  }

  private Optional<String> script(
      Optional<HookPoint> point, Vm vm, Map<String, String> properties, Supplier<String> device) {
    return point.flatMap(each -> hooks.device(each, vm, properties, device));
  }

  private void note(Vm vm, String metadata) {
    hypervisor.setMetadata(vm.id(), DomainDescription.METADATA, "ovirt-vm", metadata);
  }

  private void refresh(Vm vm) {
    String live = hypervisor.xml(vm.id());
    vm.refresh(live, DomainDescription.read(live));
    vms.schedule(() -> vms.guests().ask(vm.id()), NOTICING);
  }
}
