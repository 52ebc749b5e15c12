package io.overt.engine.vms.run;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.vms.run.VmParts.AttachedDisk;
import io.overt.model.types.BiosType;
import io.overt.model.types.BootDevice;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.RngDevice;
import io.overt.model.types.RngSource;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
import io.overt.model.types.Watchdog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The libvirt domain of a machine, as the engine sends it to an agent: devices as the user
 * configured them, and oVirt's metadata that names the volumes behind the disks. Paths, the
 * accelerator and the console's ticket are the agent's business.
 */
final class DomainXml {
  private static final long MIB = 1L << 20;

  /** Slots kept free for devices that are plugged in later. */
  private static final int ROOT_PORTS = 12;

  /**
   * Where memory can be plugged in, Linux sets 64 MiB aside for devices that cannot reach it: a
   * small guest would not start.
   */
  private static final long PLUGGABLE = 256 * MIB;

  /** How often memory can be plugged in. */
  private static final int MEMORY_SLOTS = 16;

  private static final String SERIAL_SOCKETS = "/var/run/ovirt-vmconsole-console/";

  private final VmParts parts;
  private final List<Medium> media;
  private final CustomProperties declared;
  private final @Nullable Version version;
  private final String poolId;
  private final Vm vm;
  private final XmlText xml = new XmlText();
  private final DeviceXml devices;

  private DomainXml(VmParts parts, CustomProperties declared, List<Medium> media) {
    this.parts = parts;
    this.media = media;
    this.declared = declared;
    this.vm = parts.vm().value();
    this.version = parts.version();
    this.devices = new DeviceXml(xml, declared, version);
    this.poolId =
        parts.cluster().dataCenter() == null
            ? ""
            : Objects.requireNonNullElse(parts.cluster().dataCenter().id(), "");
  }

  /**
   * @param declared which custom properties scripts on the host may see
   */
  static String of(VmParts parts, CustomProperties declared) {
    return of(parts, declared, List.of());
  }

  /**
   * The same with discs whose files come along.
   *
   * @param media may hold secrets, which are then in the XML
   */
  static String of(VmParts parts, CustomProperties declared, List<Medium> media) {
    return new DomainXml(parts, declared, media).write();
  }

  private String write() {
    xml.open("domain", "type", "kvm", "xmlns:ovirt-vm", "http://ovirt.org/vm/1.0");
    xml.text("name", Objects.requireNonNull(vm.name()));
    xml.text("uuid", parts.vm().id());
    metadata();
    processor();
    operatingSystem();
    xml.open("features").empty("acpi").empty("apic").close();
    xml.open("pm")
        .empty("suspend-to-disk", "enabled", "no")
        .empty("suspend-to-mem", "enabled", "no")
        .close();
    xml.text("on_poweroff", "destroy").text("on_reboot", "restart").text("on_crash", "destroy");
    devices();
    xml.close();
    return xml.toString();
  }

  private void metadata() {
    xml.open("metadata").open("ovirt-vm:vm");
    xml.text(
        "ovirt-vm:clusterVersion",
        CompatibilityVersions.text(
            Objects.requireNonNullElseGet(version, CompatibilityVersions::latest)));
    long guaranteed =
        vm.memoryPolicy() == null
            ? memory()
            : Objects.requireNonNullElse(vm.memoryPolicy().guaranteed(), memory());
    xml.text("ovirt-vm:minGuaranteedMemoryMb", guaranteed / MIB, "type", "int");
    xml.text("ovirt-vm:launchPaused", Boolean.TRUE.equals(vm.startPaused()), "type", "bool");
    devices.custom(declared.machines().at(version).declared(vm.customProperties()));
    List<AttachedDisk> disks = parts.disks();
    for (int index = 0; index < disks.size(); index++) {
      AttachedDisk disk = disks.get(index);
      devices.diskMetadata(disk, DeviceXml.target(disk, index), poolId);
    }
    for (VmParts.Disc disc : parts.cdroms()) {
      if (disc.image() != null) {
        devices.diskMetadata(disc.image(), DeviceXml.DRIVE, poolId);
      }
    }
    media.forEach(devices::mediumMetadata);
    parts.nics().forEach(devices::nicMetadata);
    xml.close().close();
  }

  private void processor() {
    ProcessorLayout layout = ProcessorLayout.of(vm);
    String plugged = Long.toString(memory() / 1024);
    long most =
        vm.memoryPolicy() == null ? 0 : Objects.requireNonNullElse(vm.memoryPolicy().max(), 0L);
    boolean pluggable = most > memory() && memory() >= PLUGGABLE;
    if (pluggable) {
      xml.text("maxMemory", most / 1024, "slots", Integer.toString(MEMORY_SLOTS), "unit", "KiB");
    }
    xml.text("memory", plugged, "unit", "KiB");
    xml.text("currentMemory", plugged, "unit", "KiB");
    xml.text("vcpu", layout.most(), "current", Long.toString(layout.now()));
    String model = vm.customCpuModel();
    if (model == null || model.isEmpty()) {
      xml.open("cpu", "mode", "host-model");
    } else {
      xml.open("cpu", "mode", "custom", "match", "exact").text("model", model);
    }
    xml.empty(
        "topology",
        "sockets",
        Long.toString(layout.mostSockets()),
        "cores",
        Long.toString(layout.cores()),
        "threads",
        Long.toString(layout.threads()));
    if (pluggable) {
      // Memory is plugged into a NUMA node, of which there must be one.
      xml.open("numa")
          .empty(
              "cell",
              "id",
              "0",
              "cpus",
              layout.most() == 1 ? "0" : "0-" + (layout.most() - 1),
              "memory",
              plugged,
              "unit",
              "KiB")
          .close();
    }
    xml.close();
  }

  private void operatingSystem() {
    OperatingSystem os = vm.os();
    String machine = vm.customEmulatedMachine();
    boolean efi = !parts.bootsKernel() && usesEfi();
    xml.open("os", "firmware", efi ? "efi" : null);
    xml.text(
        "type",
        "hvm",
        "arch",
        "x86_64",
        "machine",
        machine == null || machine.isEmpty() ? "q35" : machine);
    if (os != null && parts.bootsKernel()) {
      xml.text("kernel", Objects.requireNonNull(os.kernel()));
      if (os.initrd() != null && !os.initrd().isEmpty()) {
        xml.text("initrd", os.initrd());
      }
      if (os.cmdline() != null && !os.cmdline().isEmpty()) {
        xml.text("cmdline", os.cmdline());
      }
    }
    for (BootDevice device : bootDevices()) {
      xml.empty("boot", "dev", device == BootDevice.CDROM ? "cdrom" : device.wire());
    }
    xml.close();
  }

  private List<BootDevice> bootDevices() {
    if (vm.os() == null || vm.os().boot() == null || vm.os().boot().devices() == null) {
      return List.of(BootDevice.HD);
    }
    return vm.os().boot().devices();
  }

  private boolean usesEfi() {
    BiosType type =
        vm.bios() != null
                && vm.bios().type_() != null
                && vm.bios().type_() != BiosType.CLUSTER_DEFAULT
            ? vm.bios().type_()
            : parts.cluster().biosType();
    return type == BiosType.Q35_OVMF || type == BiosType.Q35_SECURE_BOOT;
  }

  private void devices() {
    xml.open("devices");
    xml.empty("controller", "type", "pci", "index", "0", "model", "pcie-root");
    for (int port = 1; port <= ROOT_PORTS + parts.disks().size() + parts.nics().size(); port++) {
      xml.empty(
          "controller", "type", "pci", "index", Integer.toString(port), "model", "pcie-root-port");
    }
    xml.empty("controller", "type", "scsi", "index", "0", "model", "virtio-scsi");
    xml.empty("controller", "type", "virtio-serial", "index", "0");
    for (int index = 0; index < parts.disks().size(); index++) {
      AttachedDisk disk = parts.disks().get(index);
      devices.disk(disk, DeviceXml.target(disk, index));
    }
    parts.cdroms().forEach(devices::cdrom);
    media.forEach(devices::medium);
    parts.nics().forEach(devices::nic);
    serialPort();
    xml.open("channel", "type", "unix")
        .empty("target", "type", "virtio", "name", "org.qemu.guest_agent.0")
        .close();
    graphics();
    balloon();
    random();
    for (Watchdog watchdog : parts.watchdogs()) {
      String model = watchdog.model() == null ? "i6300esb" : watchdog.model().wire();
      String action = watchdog.action() == null ? "none" : watchdog.action().wire();
      xml.empty("watchdog", "model", model, "action", action);
    }
    xml.close();
  }

  /** One that users may reach has a socket on the host, where ovirt-vmconsole looks for it. */
  private void serialPort() {
    boolean offered = vm.console() != null && Boolean.TRUE.equals(vm.console().enabled());
    String type = offered ? "unix" : "pty";
    xml.open("serial", "type", type);
    if (offered) {
      serialSocket();
    }
    xml.empty("target", "port", "0").close().open("console", "type", type);
    if (offered) {
      serialSocket();
    }
    xml.empty("target", "type", "serial", "port", "0").close();
  }

  private void serialSocket() {
    xml.empty("source", "mode", "bind", "path", SERIAL_SOCKETS + parts.vm().id() + ".sock");
  }

  private void balloon() {
    boolean wanted =
        vm.memoryPolicy() == null || !Boolean.FALSE.equals(vm.memoryPolicy().ballooning());
    if (wanted) {
      xml.open("memballoon", "model", "virtio").empty("stats", "period", "5").close();
    } else {
      xml.empty("memballoon", "model", "none");
    }
  }

  private void random() {
    RngDevice device = vm.rngDevice();
    if (device == null) {
      return;
    }
    xml.open("rng", "model", "virtio");
    if (device.rate() != null && device.rate().bytes() != null) {
      Long period = device.rate().period();
      xml.empty(
          "rate",
          "bytes",
          device.rate().bytes().toString(),
          "period",
          period == null ? null : period.toString());
    }
    String source =
        switch (Objects.requireNonNullElse(device.source(), RngSource.URANDOM)) {
          case HWRNG -> "/dev/hwrng";
          case RANDOM -> "/dev/random";
          case URANDOM -> "/dev/urandom";
        };
    xml.text("backend", source, "model", "random").close();
  }

  private void graphics() {
    for (GraphicsConsole console : parts.consoles()) {
      String type = console.protocol() == GraphicsType.SPICE ? "spice" : "vnc";
      xml.empty("graphics", "type", type, "port", "-1", "autoport", "yes");
    }
    String model = parts.consoles().isEmpty() ? "none" : "vga";
    xml.open("video").empty("model", "type", model).close();
  }

  private long memory() {
    return Objects.requireNonNullElse(vm.memory(), 1L << 30);
  }
}
