package io.overt.engine.vms.run;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.resource.properties.DeviceProperties;
import io.overt.engine.vms.run.VmParts.AttachedDisk;
import io.overt.engine.vms.run.VmParts.PluggedNic;
import io.overt.model.types.BiosType;
import io.overt.model.types.BootDevice;
import io.overt.model.types.Cdrom;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskInterface;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  private final VmParts parts;
  private final CustomProperties declared;
  private final @Nullable Version version;
  private final String poolId;
  private final Vm vm;
  private final XmlText xml = new XmlText();

  private DomainXml(VmParts parts, CustomProperties declared) {
    this.parts = parts;
    this.declared = declared;
    this.vm = parts.vm().value();
    this.version = parts.version();
    this.poolId =
        parts.cluster().dataCenter() == null
            ? ""
            : Objects.requireNonNullElse(parts.cluster().dataCenter().id(), "");
  }

  /**
   * @param declared which custom properties scripts on the host may see
   */
  static String of(VmParts parts, CustomProperties declared) {
    return new DomainXml(parts, declared).write();
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
    custom(declared.machines().at(version).declared(vm.customProperties()));
    List<AttachedDisk> disks = parts.disks();
    for (int index = 0; index < disks.size(); index++) {
      AttachedDisk disk = disks.get(index);
      xml.open("ovirt-vm:device", "devtype", "disk", "name", target(disk, index));
      xml.text("ovirt-vm:poolID", poolId)
          .text("ovirt-vm:domainID", disk.domainId())
          .text("ovirt-vm:imageID", disk.imageId())
          .text("ovirt-vm:volumeID", disk.volumeId())
          .close();
    }
    parts.nics().forEach(this::nicMetadata);
    xml.close().close();
  }

  /** The custom properties of a vNIC's profile, which the agent finds by the MAC address. */
  private void nicMetadata(PluggedNic plugged) {
    Map<String, String> properties =
        declared
            .devices()
            .at(version)
            .type(DeviceProperties.INTERFACE)
            .declared(plugged.properties());
    Mac mac = plugged.nic().mac();
    if (!properties.isEmpty() && mac != null && mac.address() != null) {
      xml.open("ovirt-vm:device", "devtype", "interface", "mac_address", mac.address());
      custom(properties);
      xml.close();
    }
  }

  private void custom(Map<String, String> properties) {
    if (!properties.isEmpty()) {
      xml.open("ovirt-vm:custom");
      properties.forEach((name, value) -> xml.text("ovirt-vm:" + name, value));
      xml.close();
    }
  }

  private void processor() {
    xml.text("memory", memory() / 1024, "unit", "KiB");
    xml.text("currentMemory", memory() / 1024, "unit", "KiB");
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    long sockets = atLeastOne(topology == null ? null : topology.sockets());
    long cores = atLeastOne(topology == null ? null : topology.cores());
    long threads = atLeastOne(topology == null ? null : topology.threads());
    xml.text("vcpu", sockets * cores * threads);
    String model = vm.customCpuModel();
    if (model == null || model.isEmpty()) {
      xml.open("cpu", "mode", "host-model");
    } else {
      xml.open("cpu", "mode", "custom", "match", "exact").text("model", model);
    }
    xml.empty(
            "topology",
            "sockets",
            Long.toString(sockets),
            "cores",
            Long.toString(cores),
            "threads",
            Long.toString(threads))
        .close();
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
    if (parts.disks().stream()
        .anyMatch(d -> d.attachment().interface_() == DiskInterface.VIRTIO_SCSI)) {
      xml.empty("controller", "type", "scsi", "index", "0", "model", "virtio-scsi");
    }
    xml.empty("controller", "type", "virtio-serial", "index", "0");
    for (int index = 0; index < parts.disks().size(); index++) {
      disk(parts.disks().get(index), target(parts.disks().get(index), index));
    }
    parts.cdroms().forEach(this::cdrom);
    parts.nics().forEach(this::nic);
    xml.open("serial", "type", "pty").empty("target", "port", "0").close();
    xml.open("console", "type", "pty").empty("target", "type", "serial", "port", "0").close();
    xml.open("channel", "type", "unix")
        .empty("target", "type", "virtio", "name", "org.qemu.guest_agent.0")
        .close();
    graphics();
    xml.open("memballoon", "model", "virtio").empty("stats", "period", "5").close();
    xml.open("rng", "model", "virtio").text("backend", "/dev/urandom", "model", "random").close();
    xml.close();
  }

  private void disk(AttachedDisk disk, String target) {
    boolean readOnly = Boolean.TRUE.equals(disk.attachment().readOnly());
    xml.open("disk", "type", "file", "device", "disk", "snapshot", "no");
    xml.empty(
        "driver",
        "name",
        "qemu",
        "type",
        disk.disk().format() == DiskFormat.COW ? "qcow2" : "raw",
        "cache",
        "none",
        "io",
        "threads",
        "error_policy",
        "stop");
    xml.empty("source", "file", "");
    xml.empty("target", "dev", target, "bus", bus(disk));
    xml.text("serial", disk.imageId());
    xml.empty("alias", "name", "ua-" + disk.imageId());
    if (readOnly) {
      xml.empty("readonly");
    }
    if (Boolean.TRUE.equals(disk.disk().shareable())) {
      xml.empty("shareable");
    }
    xml.close();
  }

  private void cdrom(Cdrom cdrom) {
    String file = cdrom.file() == null ? null : cdrom.file().id();
    xml.open("disk", "type", "file", "device", "cdrom");
    xml.empty("driver", "name", "qemu", "type", "raw");
    if (file != null && !file.isEmpty()) {
      xml.empty("source", "file", file);
    }
    xml.empty("target", "dev", "sdz", "bus", "sata").empty("readonly").close();
  }

  private void nic(PluggedNic plugged) {
    Nic nic = plugged.nic();
    xml.open("interface", "type", plugged.bridge() == null ? "ethernet" : "bridge");
    if (nic.mac() != null && nic.mac().address() != null) {
      xml.empty("mac", "address", nic.mac().address());
    }
    if (plugged.bridge() != null) {
      xml.empty("source", "bridge", plugged.bridge());
    }
    xml.empty("model", "type", model(nic.interface_()));
    if (plugged.filter() != null && plugged.bridge() != null) {
      xml.empty("filterref", "filter", plugged.filter());
    }
    xml.empty("link", "state", Boolean.FALSE.equals(nic.linked()) ? "down" : "up");
    xml.empty("alias", "name", "ua-" + nic.requireId());
    xml.empty("rom", "enabled", "no");
    xml.close();
  }

  private static String model(@Nullable NicInterface nic) {
    return switch (Optional.ofNullable(nic).orElse(NicInterface.VIRTIO)) {
      case E1000 -> "e1000";
      case E1000E -> "e1000e";
      case RTL8139, RTL8139_VIRTIO -> "rtl8139";
      case VIRTIO, PCI_PASSTHROUGH, SPAPR_VLAN -> "virtio";
    };
  }

  private void graphics() {
    for (GraphicsConsole console : parts.consoles()) {
      String type = console.protocol() == GraphicsType.SPICE ? "spice" : "vnc";
      xml.empty("graphics", "type", type, "port", "-1", "autoport", "yes");
    }
    String model = parts.consoles().isEmpty() ? "none" : "vga";
    xml.open("video").empty("model", "type", model).close();
  }

  private String target(AttachedDisk disk, int index) {
    String letter = Character.toString('a' + index);
    return (bus(disk).equals("virtio") ? "vd" : "sd") + letter;
  }

  private static String bus(AttachedDisk disk) {
    return switch (Optional.ofNullable(disk.attachment().interface_())
        .orElse(DiskInterface.VIRTIO)) {
      case IDE, SATA -> "sata";
      case VIRTIO_SCSI, SPAPR_VSCSI -> "scsi";
      case VIRTIO -> "virtio";
    };
  }

  private long memory() {
    return Objects.requireNonNullElse(vm.memory(), 1L << 30);
  }

  private static long atLeastOne(@Nullable Long value) {
    return value == null || value < 1 ? 1 : value;
  }
}
