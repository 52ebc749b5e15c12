package io.overt.engine.vms.run;

import io.overt.engine.resource.properties.CustomProperties;
import io.overt.engine.resource.properties.DeviceProperties;
import io.overt.engine.vms.run.VmParts.AttachedDisk;
import io.overt.engine.vms.run.VmParts.Disc;
import io.overt.engine.vms.run.VmParts.PluggedNic;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.DiskInterface;
import io.overt.model.types.Mac;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.Version;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Devices as libvirt reads them, and what is known of them besides, as agents read it. */
final class DeviceXml {
  /** Where VDSM attaches NICs without a network, so that they can be given one while in use. */
  static final String NO_NETWORK = ";vdsmdummy;";

  /** The drive for discs comes after all disks. */
  static final String DRIVE = "sdz";

  private final XmlText xml;
  private final CustomProperties declared;
  private final @Nullable Version version;

  /**
   * @param declared which custom properties scripts on the host may see
   */
  DeviceXml(XmlText xml, CustomProperties declared, @Nullable Version version) {
    this.xml = xml;
    this.declared = declared;
    this.version = version;
  }

  /** Which volume is behind a disk. */
  void diskMetadata(AttachedDisk disk, String target, String poolId) {
    xml.open("ovirt-vm:device", "devtype", "disk", "name", target);
    xml.text("ovirt-vm:poolID", poolId)
        .text("ovirt-vm:domainID", disk.domainId())
        .text("ovirt-vm:imageID", disk.imageId())
        .text("ovirt-vm:volumeID", disk.volumeId())
        .close();
  }

  /** The custom properties of a vNIC's profile, which the agent finds by the MAC address. */
  void nicMetadata(PluggedNic plugged) {
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

  /** Custom properties of a machine or a device. */
  void custom(Map<String, String> properties) {
    if (!properties.isEmpty()) {
      xml.open("ovirt-vm:custom");
      properties.forEach((name, value) -> xml.text("ovirt-vm:" + name, value));
      xml.close();
    }
  }

  void disk(AttachedDisk disk, String target) {
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

  /** A disc whose files come along. */
  void medium(Medium medium) {
    xml.open("disk", "type", "file", "device", "cdrom", "snapshot", "no");
    xml.empty("driver", "name", "qemu", "type", "raw");
    xml.empty("source", "file", "");
    xml.empty("target", "dev", medium.drive(), "bus", "sata").empty("readonly").close();
  }

  /** Its files, in VDSM's form. */
  void mediumMetadata(Medium medium) {
    xml.open("ovirt-vm:device", "devtype", "disk", "name", medium.drive());
    xml.open("ovirt-vm:payload").text("ovirt-vm:volId", medium.label());
    medium
        .files()
        .forEach(
            (path, content) ->
                xml.text(
                    "ovirt-vm:file",
                    Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)),
                    "path",
                    path));
    xml.close().close();
  }

  /** The one drive for discs. */
  void cdrom(Disc disc) {
    xml.open("disk", "type", "file", "device", "cdrom");
    xml.empty("driver", "name", "qemu", "type", "raw");
    if (disc.image() != null) {
      xml.empty("source", "file", "");
    } else if (!disc.path().isEmpty()) {
      xml.empty("source", "file", disc.path());
    }
    xml.empty("target", "dev", DRIVE, "bus", "sata").empty("readonly").close();
  }

  void nic(PluggedNic plugged) {
    Nic nic = plugged.nic();
    boolean connected = plugged.bridge() != null;
    xml.open("interface", "type", "bridge");
    if (nic.mac() != null && nic.mac().address() != null) {
      xml.empty("mac", "address", nic.mac().address());
    }
    xml.empty("source", "bridge", connected ? plugged.bridge() : NO_NETWORK);
    xml.empty("model", "type", model(nic.interface_()));
    if (plugged.filter() != null && connected) {
      xml.open("filterref", "filter", plugged.filter());
      plugged
          .filterParameters()
          .forEach((name, value) -> xml.empty("parameter", "name", name, "value", value));
      xml.close();
    }
    xml.empty("link", "state", plugged.linked() ? "up" : "down");
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

  /** The name of the disk in that place among all. */
  static String target(AttachedDisk disk, int index) {
    String letter = Character.toString('a' + index);
    return (bus(disk).equals("virtio") ? "vd" : "sd") + letter;
  }

  static String bus(AttachedDisk disk) {
    return switch (Optional.ofNullable(disk.attachment().interface_())
        .orElse(DiskInterface.VIRTIO)) {
      case IDE, SATA -> "sata";
      case VIRTIO_SCSI, SPAPR_VSCSI -> "scsi";
      case VIRTIO -> "virtio";
    };
  }
}
