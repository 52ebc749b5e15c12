package io.overt.engine.vms.run;

import io.overt.engine.disks.RunningDisks;
import io.overt.engine.resource.CompatibilityVersions;
import io.overt.engine.resource.HostVerbs;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.properties.DeviceProperties;
import io.overt.engine.vms.run.VmParts.AttachedDisk;
import io.overt.engine.vms.run.VmParts.PluggedNic;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.types.Cluster;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.File;
import io.overt.model.types.Nic;
import io.overt.model.types.Vm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes the devices of a running machine on its host. An agent takes what is so already for a
 * success, so a change whose answer was lost can be asked for again.
 */
public final class HotPlugs implements RunningDisks {
  private final Platform platform;
  private final HostVerbs hosts;

  public HotPlugs(Platform platform, HostVerbs hosts) {
    this.platform = platform;
    this.hosts = hosts;
  }

  /**
   * @throws ApiFault 409 when the host refuses, as with all of these
   */
  public void plugNic(Call call, Entity<Vm> vm, Nic nic) {
    sendDocument(correlation(call), vm, "VM.hotplugNic", nicDocument(vm, nic));
  }

  public void unplugNic(Call call, Entity<Vm> vm, Nic nic) {
    sendDocument(correlation(call), vm, "VM.hotunplugNic", nicDocument(vm, nic));
  }

  /** Gives a NIC in use the link, network and filter that it should have. */
  public void updateNic(Call call, Entity<Vm> vm, Nic nic) {
    Snapshot snapshot = platform.snapshot();
    PluggedNic plugged = VmParts.plugged(snapshot, nic);
    Map<String, Object> device = new HashMap<>();
    device.put("deviceType", "interface");
    device.put("alias", "ua-" + nic.requireId());
    device.put("network", Objects.requireNonNullElse(plugged.bridge(), ""));
    device.put("linkActive", plugged.linked());
    device.put(
        "filter", plugged.bridge() == null ? "" : Objects.requireNonNullElse(plugged.filter(), ""));
    device.put(
        "filterParameters",
        plugged.filterParameters().entrySet().stream()
            .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
            .toList());
    device.put(
        "custom",
        platform
            .customProperties()
            .devices()
            .at(CompatibilityVersions.of(snapshot, vm.value()))
            .type(DeviceProperties.INTERFACE)
            .declared(plugged.properties()));
    call(call, vm, "VM.updateDevice", Map.of("vmID", vm.id(), "params", device));
  }

  @Override
  public void plugDisk(@Nullable String correlationId, Entity<Vm> vm, DiskAttachment attachment) {
    sendDocument(correlationId, vm, "VM.hotplugDisk", diskDocument(vm, attachment));
  }

  @Override
  public void unplugDisk(@Nullable String correlationId, Entity<Vm> vm, DiskAttachment attachment) {
    sendDocument(correlationId, vm, "VM.hotunplugDisk", diskDocument(vm, attachment));
  }

  /**
   * Puts a disc into the machine's drive.
   *
   * @param file a disk's id, a path on the host, or null to eject
   */
  public void changeDisc(Call call, Entity<Vm> vm, @Nullable File file) {
    Snapshot snapshot = platform.snapshot();
    VmParts.Disc disc = VmParts.Disc.of(snapshot, file);
    Map<String, Object> drive = new HashMap<>();
    drive.put("iface", "sata");
    drive.put("index", Integer.toString(DeviceXml.DRIVE.charAt(2) - 'a'));
    if (disc.image() == null) {
      drive.put("path", disc.path());
    } else {
      drive.put("device", "cdrom");
      drive.put("poolID", pool(snapshot, vm.value()));
      drive.put("domainID", disc.image().domainId());
      drive.put("imageID", disc.image().imageId());
      drive.put("volumeID", disc.image().volumeId());
    }
    call(call, vm, "VM.changeCD", Map.of("vmID", vm.id(), "driveSpec", drive));
  }

  private void sendDocument(
      @Nullable String correlationId, Entity<Vm> vm, String verb, String xml) {
    hosts.call(
        vm.value(),
        verb,
        Map.of("vmID", vm.id(), "params", Map.of("vmId", vm.id(), "xml", xml)),
        correlationId);
  }

  /** Any verb of the machine's host. */
  public @Nullable Object call(Call call, Entity<Vm> vm, String verb, Map<String, ?> parameters) {
    return hosts.call(vm.value(), verb, parameters, correlation(call));
  }

  private String correlation(Call call) {
    return platform.caller(call).correlationId();
  }

  private String nicDocument(Entity<Vm> vm, Nic nic) {
    PluggedNic plugged = VmParts.plugged(platform.snapshot(), nic);
    return document(vm, List.of(xml -> xml.nic(plugged)), List.of(xml -> xml.nicMetadata(plugged)));
  }

  private String diskDocument(Entity<Vm> vm, DiskAttachment attachment) {
    Snapshot snapshot = platform.snapshot();
    AttachedDisk disk =
        VmParts.disk(snapshot, attachment)
            .orElseThrow(() -> ApiFault.conflict("Disk " + attachment.id() + " is gone."));
    String target = DeviceXml.target(disk, 0);
    String pool = pool(snapshot, vm.value());
    return document(
        vm,
        List.of(xml -> xml.disk(disk, target)),
        List.of(xml -> xml.diskMetadata(disk, target, pool)));
  }

  private static String pool(Snapshot snapshot, Vm vm) {
    Cluster reference = Objects.requireNonNull(vm.cluster());
    return snapshot
        .find(Kinds.CLUSTER, reference.requireId())
        .map(cluster -> cluster.value().dataCenter())
        .map(center -> center.requireId())
        .orElse("");
  }

  /** VDSM's form: the device, and what is known of it besides, as in a domain. */
  private String document(
      Entity<Vm> vm, List<Consumer<DeviceXml>> devices, List<Consumer<DeviceXml>> metadata) {
    XmlText xml = new XmlText();
    DeviceXml writer =
        new DeviceXml(
            xml,
            platform.customProperties(),
            CompatibilityVersions.of(platform.snapshot(), vm.value()));
    xml.open("hotplug", "xmlns:ovirt-vm", "http://ovirt.org/vm/1.0");
    xml.open("devices");
    devices.forEach(device -> device.accept(writer));
    xml.close();
    xml.open("metadata").open("ovirt-vm:vm");
    metadata.forEach(known -> known.accept(writer));
    xml.close().close().close();
    return xml.toString();
  }
}
