package io.overt.engine.vms;

import io.overt.engine.vms.devices.Cdroms;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.DiskFormat;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Mac;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Nic;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Template;
import io.overt.model.types.TimeZone;
import io.overt.model.types.Vm;
import io.overt.model.types.VnicProfile;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The machine as a document of the Open Virtualization Format with oVirt's additions, version 4.4,
 * as clients get it in {@code initialization.configuration}, or as it begins an appliance (OVA).
 */
final class Ovf {
  private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1/";
  private static final String RASD =
      "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData";
  private static final String VSSD =
      "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData";
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final String VERSION = "4.4.0.0";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String QCOW = "http://www.gnome.org/~markmc/qcow-image-format.html";
  private static final String RAW = "http://en.wikipedia.org/wiki/Byte";
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** Kinds of devices, by CIM's numbers. */
  private static final int PROCESSOR = 3;

  private static final int MEMORY = 4;
  private static final int ETHERNET = 10;
  private static final int CDROM = 15;
  private static final int DISK = 17;
  private static final int GRAPHICS = 26;

  private final Key owner;
  private final Vm vm;
  private final Snapshot snapshot;
  private final XMLStreamWriter xml;

  /** Of an appliance, whose disks are files beside the document. */
  private final boolean appliance;

  private Ovf(Vm vm, Key owner, Snapshot snapshot, XMLStreamWriter xml, boolean appliance) {
    this.owner = owner;
    this.vm = vm;
    this.snapshot = snapshot;
    this.xml = xml;
    this.appliance = appliance;
  }

  static String of(Entity<Vm> entity, Snapshot snapshot) {
    return write(entity.value(), entity.key(), snapshot, false);
  }

  /**
   * The document of an appliance; each disk is a file that has the name of its image.
   *
   * @param owner what the devices belong to: the machine, or the template that it stands for
   */
  static String ofAppliance(Vm vm, Key owner, Snapshot snapshot) {
    return write(vm, owner, snapshot, true);
  }

  private static String write(Vm vm, Key owner, Snapshot snapshot, boolean appliance) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new Ovf(vm, owner, snapshot, xml, appliance).write();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing OVF to memory failed", e);
    }
    return text.toString();
  }

  private void write() throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("ovf", "Envelope", OVF);
    xml.writeNamespace("ovf", OVF);
    xml.writeNamespace("rasd", RASD);
    xml.writeNamespace("vssd", VSSD);
    xml.writeNamespace("xsi", XSI);
    xml.writeAttribute("ovf", OVF, "version", VERSION);
    List<OvfDisk> disks = disks();
    references(disks);
    xml.writeStartElement("NetworkSection");
    element("Info", "List of networks");
    xml.writeEndElement();
    diskSection(disks);
    if (appliance) {
      xml.writeStartElement("VirtualSystem");
      xml.writeAttribute("ovf", OVF, "id", owner.id());
    } else {
      xml.writeStartElement("Content");
      xml.writeAttribute("ovf", OVF, "id", "out");
      xml.writeAttribute("xsi", XSI, "type", "ovf:VirtualSystem_Type");
    }
    values();
    operatingSystem();
    hardware(disks);
    snapshots();
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  /** A disk of the machine and how it has it. */
  private record OvfDisk(DiskAttachment attachment, Disk disk) {
    String image() {
      return Objects.requireNonNullElse(disk.imageId(), disk.requireId());
    }

    String path() {
      return disk.requireId() + "/" + image();
    }

    String alias() {
      return Objects.requireNonNullElse(disk.alias(), "");
    }
  }

  private List<OvfDisk> disks() {
    return snapshot.owned(Kinds.DISK_ATTACHMENT, owner).stream()
        .map(Entity::value)
        .flatMap(
            attachment ->
                snapshot
                    .find(Kinds.DISK, Objects.requireNonNull(attachment.disk()).requireId())
                    .map(disk -> new OvfDisk(attachment, disk.value()))
                    .stream())
        .toList();
  }

  private String fileOf(OvfDisk disk) {
    return appliance ? disk.image() : disk.path();
  }

  private void references(List<OvfDisk> disks) throws XMLStreamException {
    xml.writeStartElement("References");
    for (OvfDisk disk : disks) {
      xml.writeEmptyElement("File");
      attribute("href", fileOf(disk));
      attribute("id", disk.image());
      attribute("size", number(disk.disk().actualSize()));
    }
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute("ovf", OVF, name, value);
  }

  private static String number(@Nullable Long value) {
    return Long.toString(Objects.requireNonNullElse(value, 0L));
  }

  private void diskSection(List<OvfDisk> disks) throws XMLStreamException {
    section("DiskSection", "List of Virtual Disks");
    for (OvfDisk each : disks) {
      Disk disk = each.disk();
      boolean cow = disk.format() == DiskFormat.COW;
      String size =
          Long.toString(Math.ceilDiv(Objects.requireNonNullElse(disk.provisionedSize(), 0L), GIB));
      xml.writeEmptyElement("Disk");
      attribute("diskId", appliance ? disk.requireId() : each.image());
      if (appliance) {
        attribute("capacity", size);
        attribute("capacityAllocationUnits", "byte * 2^30");
        attribute("populatedSize", number(disk.actualSize()));
      } else {
        attribute("size", size);
        attribute("actual_size", number(disk.actualSize()));
      }
      attribute("parentRef", "");
      attribute("fileRef", fileOf(each));
      attribute("format", cow || appliance ? QCOW : RAW);
      attribute("volume-format", cow || appliance ? "COW" : "RAW");
      attribute("volume-type", Boolean.FALSE.equals(disk.sparse()) ? "Preallocated" : "Sparse");
      attribute("disk-interface", OvfNames.diskInterface(each.attachment().interface_()));
      attribute("boot", Boolean.toString(Boolean.TRUE.equals(each.attachment().bootable())));
      attribute("read-only", Boolean.toString(Boolean.TRUE.equals(each.attachment().readOnly())));
      attribute(
          "pass-discard", Boolean.toString(Boolean.TRUE.equals(each.attachment().passDiscard())));
      attribute("disk-alias", each.alias());
      attribute("disk-description", Objects.requireNonNullElse(disk.description(), ""));
      attribute("wipe-after-delete", Boolean.toString(Boolean.TRUE.equals(disk.wipeAfterDelete())));
      attribute("disk_storage_type", "IMAGE");
    }
    xml.writeEndElement();
  }

  private void values() throws XMLStreamException {
    element("Name", vm.name());
    element("Description", vm.description());
    element("Comment", vm.comment());
    element("CreationDate", time(vm.creationTime()));
    element("ExportDate", time(vm.creationTime()));
    flag("DeleteProtected", vm.deleteProtected());
    TimeZone zone = vm.timeZone();
    element("TimeZone", zone == null ? "" : zone.name());
    element("Generation", "1");
    element("VmType", OvfNames.machineType(vm.type_()));
    MemoryPolicy policy = vm.memoryPolicy();
    if (policy != null) {
      element("MinAllocatedMem", mib(policy.guaranteed()));
      element("MaxMemorySizeMb", mib(policy.max()));
      flag("BalloonEnabled", policy.ballooning());
    }
    flag("IsStateless", vm.stateless());
    flag("IsRunAndPause", vm.startPaused());
    HighAvailability availability = vm.highAvailability();
    flag("AutoStartup", availability == null ? null : availability.enabled());
    Long priority = availability == null ? null : availability.priority();
    element("Priority", Long.toString(Objects.requireNonNullElse(priority, 0L)));
    element("CustomEmulatedMachine", vm.customEmulatedMachine());
    element("CustomCpuName", vm.customCpuModel());
    flag("MultiQueuesEnabled", vm.multiQueuesEnabled());
    cluster();
    template("Template", vm.template());
    template("OriginalTemplate", vm.originalTemplate());
    OperatingSystem os = vm.os();
    if (os != null) {
      element("kernel_url", os.kernel());
      element("initrd_url", os.initrd());
      element("kernel_params", os.cmdline());
    }
    element("StopTime", time(vm.stopTime()));
  }

  private void cluster() throws XMLStreamException {
    Cluster reference = vm.cluster();
    if (reference != null) {
      Optional<Entity<Cluster>> found = snapshot.find(Kinds.CLUSTER, reference.requireId());
      element("ClusterName", found.map(cluster -> cluster.value().name()).orElse(""));
    }
  }

  private void template(String prefix, @Nullable Template reference) throws XMLStreamException {
    if (reference != null) {
      element(prefix + "Id", reference.requireId());
      Optional<Entity<Template>> found = snapshot.find(Kinds.TEMPLATE, reference.requireId());
      element(prefix + "Name", found.map(template -> template.value().name()).orElse(""));
    }
  }

  private void operatingSystem() throws XMLStreamException {
    OperatingSystem os = vm.os();
    if (appliance) {
      xml.writeStartElement("OperatingSystemSection");
      // OVF's number of what is none of the systems that it knows by name.
      attribute("id", "1");
      element("Info", "Guest Operating System");
    } else {
      xml.writeStartElement("Section");
      attribute("id", owner.id());
      attribute("required", "false");
      xml.writeAttribute("xsi", XSI, "type", "ovf:OperatingSystemSection_Type");
      element("Info", "Guest Operating System");
    }
    element("Description", os == null ? MachineValues.OTHER_OS : os.type_());
    xml.writeEndElement();
  }

  private void hardware(List<OvfDisk> disks) throws XMLStreamException {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    long sockets = topology == null ? 1 : Objects.requireNonNullElse(topology.sockets(), 1L);
    long cores = topology == null ? 1 : Objects.requireNonNullElse(topology.cores(), 1L);
    long threads = topology == null ? 1 : Objects.requireNonNullElse(topology.threads(), 1L);
    long processors = sockets * cores * threads;
    section("VirtualHardwareSection", processors + " CPU, " + mib(vm.memory()) + " Memory");
    xml.writeStartElement("System");
    device("vssd", VSSD, "VirtualSystemType", "ENGINE " + VERSION);
    xml.writeEndElement();
    item(processors + " virtual cpu", "1", PROCESSOR);
    rasd("num_of_sockets", Long.toString(sockets));
    rasd("cpu_per_socket", Long.toString(cores));
    rasd("threads_per_cpu", Long.toString(threads));
    rasd("VirtualQuantity", Long.toString(processors));
    xml.writeEndElement();
    item(mib(vm.memory()) + " MB of memory", "2", MEMORY);
    rasd("AllocationUnits", "MegaBytes");
    rasd("VirtualQuantity", mib(vm.memory()));
    xml.writeEndElement();
    for (OvfDisk disk : disks) {
      item(disk.alias().isEmpty() ? "Disk" : disk.alias(), disk.image(), DISK);
      rasd("HostResource", appliance ? "ovf:/disk/" + disk.disk().requireId() : disk.path());
      device("disk", "disk");
      flag("IsPlugged", !Boolean.FALSE.equals(disk.attachment().active()));
      flag("IsReadOnly", disk.attachment().readOnly());
      xml.writeEndElement();
    }
    for (Entity<Nic> nic : snapshot.owned(Kinds.NIC, owner)) {
      nic(nic.value());
    }
    for (Entity<GraphicsConsole> console : snapshot.owned(Kinds.GRAPHICS_CONSOLE, owner)) {
      item("Graphical Framebuffer", console.id(), GRAPHICS);
      device("graphics", Objects.requireNonNull(console.value().protocol()).wire());
      xml.writeEndElement();
    }
    item("CDROM", Cdroms.ID, CDROM);
    device("disk", "cdrom");
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void nic(Nic nic) throws XMLStreamException {
    item("Ethernet adapter", nic.requireId(), ETHERNET);
    VnicProfile profile =
        nic.vnicProfile() == null
            ? null
            : snapshot
                .find(Kinds.VNIC_PROFILE, nic.vnicProfile().requireId())
                .map(Entity::value)
                .orElse(null);
    rasd("OtherResourceType", name(profile == null ? null : profile.name()));
    rasd("ResourceSubType", OvfNames.nicInterface(nic.interface_()));
    rasd("Connection", network(profile));
    rasd("Linked", Boolean.toString(!Boolean.FALSE.equals(nic.linked())));
    rasd("Name", Objects.requireNonNullElse(nic.name(), ""));
    rasd("ElementName", Objects.requireNonNullElse(nic.name(), ""));
    Mac mac = nic.mac();
    rasd("MACAddress", mac == null ? "" : Objects.requireNonNullElse(mac.address(), ""));
    device("interface", "bridge");
    flag("IsPlugged", !Boolean.FALSE.equals(nic.plugged()));
    xml.writeEndElement();
  }

  private static String name(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }

  private String network(@Nullable VnicProfile profile) {
    return profile == null || profile.network() == null
        ? ""
        : snapshot
            .find(Kinds.NETWORK, profile.network().requireId())
            .map(network -> name(network.value().name()))
            .orElse("");
  }

  private void snapshots() throws XMLStreamException {
    xml.writeStartElement("Section");
    xml.writeAttribute("xsi", XSI, "type", "ovf:SnapshotsSection_Type");
    for (var found : snapshot.owned(Kinds.SNAPSHOT, owner)) {
      if (found.value().snapshotType() == null) {
        continue;
      }
      xml.writeStartElement("Snapshot");
      xml.writeAttribute("ovf", OVF, "id", found.id());
      element("Type", Objects.requireNonNull(found.value().snapshotType()).name());
      element("Description", found.value().description());
      element("CreationDate", time(found.value().date()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private void section(String name, String info) throws XMLStreamException {
    if (appliance) {
      xml.writeStartElement(name);
    } else {
      xml.writeStartElement("Section");
      xml.writeAttribute("xsi", XSI, "type", "ovf:%s_Type".formatted(name));
    }
    element("Info", info);
  }

  private void item(String caption, String id, int kind) throws XMLStreamException {
    xml.writeStartElement("Item");
    rasd("Caption", caption);
    rasd("InstanceId", id);
    rasd("ResourceType", Integer.toString(kind));
  }

  private void device(String type, String device) throws XMLStreamException {
    element("Type", type);
    element("Device", device);
  }

  private void rasd(String name, String value) throws XMLStreamException {
    device("rasd", RASD, name, value);
  }

  private void device(String prefix, String namespace, String name, String value)
      throws XMLStreamException {
    xml.writeStartElement(prefix, name, namespace);
    xml.writeCharacters(value);
    xml.writeEndElement();
  }

  private void element(String name, @Nullable String value) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(Objects.requireNonNullElse(value, ""));
    xml.writeEndElement();
  }

  private void flag(String name, @Nullable Boolean value) throws XMLStreamException {
    element(name, Boolean.toString(Boolean.TRUE.equals(value)));
  }

  private static String mib(@Nullable Long bytes) {
    return Long.toString(Objects.requireNonNullElse(bytes, 0L) / MIB);
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : TIME.format(time);
  }
}
