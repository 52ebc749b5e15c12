package io.overt.engine.vms;

import io.overt.engine.vms.devices.Cdroms;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.types.Cluster;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.GraphicsConsole;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Mac;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Nic;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.Template;
import io.overt.model.types.TimeZone;
import io.overt.model.types.Vm;
import io.overt.model.types.VmType;
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
 * as clients get it in {@code initialization.configuration}.
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
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** Kinds of devices, by CIM's numbers. */
  private static final int PROCESSOR = 3;

  private static final int MEMORY = 4;
  private static final int ETHERNET = 10;
  private static final int CDROM = 15;
  private static final int DISK = 17;
  private static final int GRAPHICS = 26;

  private final Entity<Vm> entity;
  private final Vm vm;
  private final Snapshot snapshot;
  private final XMLStreamWriter xml;

  private Ovf(Entity<Vm> entity, Snapshot snapshot, XMLStreamWriter xml) {
    this.entity = entity;
    this.vm = entity.value();
    this.snapshot = snapshot;
    this.xml = xml;
  }

  static String of(Entity<Vm> entity, Snapshot snapshot) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      new Ovf(entity, snapshot, xml).write();
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
    List<Disk> disks = disks();
    references(disks);
    xml.writeStartElement("NetworkSection");
    element("Info", "List of networks");
    xml.writeEndElement();
    diskSection(disks);
    xml.writeStartElement("Content");
    xml.writeAttribute("ovf", OVF, "id", "out");
    xml.writeAttribute("xsi", XSI, "type", "ovf:VirtualSystem_Type");
    values();
    operatingSystem();
    hardware(disks);
    snapshots();
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private List<Disk> disks() {
    return snapshot.owned(Kinds.DISK_ATTACHMENT, entity.key()).stream()
        .map(Entity::value)
        .map(DiskAttachment::disk)
        .map(disk -> snapshot.find(Kinds.DISK, Objects.requireNonNull(disk).requireId()))
        .flatMap(Optional::stream)
        .map(Entity::value)
        .toList();
  }

  private void references(List<Disk> disks) throws XMLStreamException {
    xml.writeStartElement("References");
    for (Disk disk : disks) {
      xml.writeEmptyElement("File");
      xml.writeAttribute("ovf", OVF, "href", fileOf(disk));
      xml.writeAttribute("ovf", OVF, "id", imageOf(disk));
    }
    xml.writeEndElement();
  }

  private static String imageOf(Disk disk) {
    return Objects.requireNonNullElse(disk.imageId(), disk.requireId());
  }

  private static String fileOf(Disk disk) {
    return disk.requireId() + "/" + imageOf(disk);
  }

  private void diskSection(List<Disk> disks) throws XMLStreamException {
    section("ovf:DiskSection_Type", "List of Virtual Disks");
    for (Disk disk : disks) {
      xml.writeEmptyElement("Disk");
      xml.writeAttribute("ovf", OVF, "diskId", imageOf(disk));
      long size = Objects.requireNonNullElse(disk.provisionedSize(), 0L);
      xml.writeAttribute("ovf", OVF, "size", Long.toString(Math.ceilDiv(size, GIB)));
      xml.writeAttribute("ovf", OVF, "fileRef", fileOf(disk));
      xml.writeAttribute("ovf", OVF, "disk-alias", Objects.requireNonNullElse(disk.alias(), ""));
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
    element("VmType", typeNumber(vm.type_()));
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
    section("ovf:OperatingSystemSection_Type", "Guest Operating System");
    element("Description", os == null ? MachineValues.OTHER_OS : os.type_());
    xml.writeEndElement();
  }

  private void hardware(List<Disk> disks) throws XMLStreamException {
    CpuTopology topology = vm.cpu() == null ? null : vm.cpu().topology();
    long sockets = topology == null ? 1 : Objects.requireNonNullElse(topology.sockets(), 1L);
    long cores = topology == null ? 1 : Objects.requireNonNullElse(topology.cores(), 1L);
    long threads = topology == null ? 1 : Objects.requireNonNullElse(topology.threads(), 1L);
    long processors = sockets * cores * threads;
    section(
        "ovf:VirtualHardwareSection_Type", processors + " CPU, " + mib(vm.memory()) + " Memory");
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
    for (Disk disk : disks) {
      item(Objects.requireNonNullElse(disk.alias(), "Disk"), imageOf(disk), DISK);
      rasd("HostResource", fileOf(disk));
      device("disk", "disk");
      xml.writeEndElement();
    }
    for (Entity<Nic> nic : snapshot.owned(Kinds.NIC, entity.key())) {
      nic(nic.value());
    }
    for (Entity<GraphicsConsole> console : snapshot.owned(Kinds.GRAPHICS_CONSOLE, entity.key())) {
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
    rasd("Name", Objects.requireNonNullElse(nic.name(), ""));
    Mac mac = nic.mac();
    rasd("MACAddress", mac == null ? "" : Objects.requireNonNullElse(mac.address(), ""));
    device("interface", "bridge");
    xml.writeEndElement();
  }

  private void snapshots() throws XMLStreamException {
    xml.writeStartElement("Section");
    xml.writeAttribute("xsi", XSI, "type", "ovf:SnapshotsSection_Type");
    for (var found : snapshot.owned(Kinds.SNAPSHOT, entity.key())) {
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

  private void section(String type, String info) throws XMLStreamException {
    xml.writeStartElement("Section");
    xml.writeAttribute("xsi", XSI, "type", type);
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

  /** The numbers are those of the format. */
  private static String typeNumber(@Nullable VmType type) {
    if (type == null) {
      return "1";
    }
    return switch (type) {
      case DESKTOP -> "0";
      case SERVER -> "1";
      case HIGH_PERFORMANCE -> "2";
    };
  }

  private static String mib(@Nullable Long bytes) {
    return Long.toString(Objects.requireNonNullElse(bytes, 0L) / MIB);
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : TIME.format(time);
  }
}
