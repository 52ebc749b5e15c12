package io.overt.engine.vms;

import io.overt.model.types.DiskInterface;
import io.overt.model.types.NicInterface;
import io.overt.model.types.VmType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What oVirt's OVF calls kinds of machines and devices. */
final class OvfNames {
  private static final Map<VmType, String> TYPES =
      Map.of(VmType.DESKTOP, "0", VmType.SERVER, "1", VmType.HIGH_PERFORMANCE, "2");

  private static final Map<NicInterface, String> NICS =
      Map.of(
          NicInterface.RTL8139_VIRTIO,
          "0",
          NicInterface.RTL8139,
          "1",
          NicInterface.E1000,
          "2",
          NicInterface.VIRTIO,
          "3",
          NicInterface.SPAPR_VLAN,
          "4",
          NicInterface.PCI_PASSTHROUGH,
          "5",
          NicInterface.E1000E,
          "6");

  private static final Map<DiskInterface, String> DISKS =
      Map.of(
          DiskInterface.IDE,
          "IDE",
          DiskInterface.VIRTIO,
          "VirtIO",
          DiskInterface.VIRTIO_SCSI,
          "VirtIO_SCSI",
          DiskInterface.SPAPR_VSCSI,
          "SPAPR_VSCSI",
          DiskInterface.SATA,
          "SATA");

  private OvfNames() {}

  static String machineType(@Nullable VmType type) {
    return TYPES.getOrDefault(type == null ? VmType.SERVER : type, "1");
  }

  static Optional<VmType> machineType(String name) {
    return key(TYPES, name);
  }

  static String nicInterface(@Nullable NicInterface kind) {
    return NICS.getOrDefault(kind == null ? NicInterface.VIRTIO : kind, "3");
  }

  static Optional<NicInterface> nicInterface(String name) {
    return key(NICS, name);
  }

  static String diskInterface(@Nullable DiskInterface kind) {
    return DISKS.getOrDefault(kind == null ? DiskInterface.VIRTIO : kind, "VirtIO");
  }

  static Optional<DiskInterface> diskInterface(String name) {
    return key(DISKS, name);
  }

  private static <K> Optional<K> key(Map<K, String> names, String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
