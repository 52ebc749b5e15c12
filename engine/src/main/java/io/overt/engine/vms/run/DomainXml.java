package io.overt.engine.vms.run;

import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.vms.run.VmParts.AttachedDisk;
import io.overt.model.types.BiosType;
import io.overt.model.types.BootDevice;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Version;
import io.overt.model.types.Vm;
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

  private final VmParts parts;
  private final CustomProperties declared;
  private final @Nullable Version version;
  private final String poolId;
  private final Vm vm;
  private final XmlText xml = new XmlText();
  private final DeviceXml devices;

  private DomainXml(VmParts parts, CustomProperties declared) {
    this.parts = parts;
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
    devices.custom(declared.machines().at(version).declared(vm.customProperties()));
    List<AttachedDisk> disks = parts.disks();
    for (int index = 0; index < disks.size(); index++) {
      AttachedDisk disk = disks.get(index);
      devices.diskMetadata(disk, DeviceXml.target(disk, index), poolId);
    }
    parts.nics().forEach(devices::nicMetadata);
    xml.close().close();
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
    xml.empty("controller", "type", "scsi", "index", "0", "model", "virtio-scsi");
    xml.empty("controller", "type", "virtio-serial", "index", "0");
    for (int index = 0; index < parts.disks().size(); index++) {
      AttachedDisk disk = parts.disks().get(index);
      devices.disk(disk, DeviceXml.target(disk, index));
    }
    parts.cdroms().forEach(devices::cdrom);
    parts.nics().forEach(devices::nic);
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

  private static long atLeastOne(@Nullable Long value) {
    return value == null || value < 1 ? 1 : value;
  }
}
