package io.overt.engine.vms;

import io.overt.model.ApiFault;
import io.overt.model.types.Cpu;
import io.overt.model.types.CpuTopology;
import io.overt.model.types.Disk;
import io.overt.model.types.DiskAttachment;
import io.overt.model.types.GraphicsType;
import io.overt.model.types.HighAvailability;
import io.overt.model.types.Mac;
import io.overt.model.types.MemoryPolicy;
import io.overt.model.types.Network;
import io.overt.model.types.Nic;
import io.overt.model.types.NicInterface;
import io.overt.model.types.OperatingSystem;
import io.overt.model.types.TimeZone;
import io.overt.model.types.Vm;
import io.overt.model.types.VnicProfile;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads the documents that {@link Ovf}, and oVirt's engines, write. */
final class OvfReader {
  private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1/";
  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final String FIELD = "vm.initialization.configuration.data";
  private static final long MIB = 1L << 20;

  private final Element envelope;
  private final Element system;

  /**
   * A machine as a document describes it.
   *
   * @param id empty when the document has none
   * @param values without devices
   * @param nics each names its profile and network as far as the document does
   * @param disks each names an image by its id, and tells its alias
   */
  record Machine(
      Optional<String> id,
      Vm values,
      List<Nic> nics,
      List<DiskAttachment> disks,
      List<GraphicsType> consoles) {}

  private OvfReader(Element envelope) {
    this.envelope = envelope;
    this.system =
        children(envelope).stream()
            .filter(child -> is(child, "Content") || is(child, "VirtualSystem"))
            .findFirst()
            .orElseThrow(() -> refused("it has neither Content nor VirtualSystem"));
  }

  /**
   * @throws ApiFault 400 when it is no such document
   */
  static Machine read(String text) {
    return new OvfReader(parse(text)).machine();
  }

  private static ApiFault refused(String why) {
    return ApiFault.bad("%s is not an OVF document: %s".formatted(FIELD, why));
  }

  private static Element parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Element root = builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
      if (!is(root, "Envelope")) {
        throw refused("its root is <%s>, not <Envelope>".formatted(root.getNodeName()));
      }
      return root;
    } catch (SAXException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException("reading XML from memory failed", e);
    }
  }

  private static boolean is(Element element, String name) {
    return name.equals(element.getLocalName());
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static Optional<String> text(Element parent, String name) {
    return children(parent).stream()
        .filter(child -> is(child, name))
        .map(child -> child.getTextContent().strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Optional<Boolean> flag(Element parent, String name) {
    return text(parent, name).map(Boolean::parseBoolean);
  }

  private static Optional<Long> number(Element parent, String name) {
    try {
      return text(parent, name).map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw refused("%s is '%s', not a number".formatted(name, text(parent, name).orElse("")));
    }
  }

  /** A section, whether it is named by its element or by its type. */
  private static Optional<Element> section(Element parent, String name) {
    return children(parent).stream()
        .filter(
            child ->
                is(child, name)
                    || child.getAttributeNS(XSI, "type").equals("ovf:%s_Type".formatted(name)))
        .findFirst();
  }

  private Machine machine() {
    Optional<Element> os = section(system, "OperatingSystemSection");
    List<Element> items =
        section(system, "VirtualHardwareSection").stream()
            .flatMap(hardware -> children(hardware).stream())
            .filter(child -> is(child, "Item"))
            .toList();
    return new Machine(
        id(system).or(() -> os.flatMap(OvfReader::id)),
        values(os, items),
        items.stream().filter(item -> kind(item) == 10).map(OvfReader::nic).toList(),
        disks(items),
        items.stream()
            .filter(item -> kind(item) == 26)
            .flatMap(item -> text(item, "Device").stream())
            .flatMap(OvfReader::console)
            .toList());
  }

  private static Optional<String> id(Element element) {
    String id = element.getAttributeNS(OVF, "id");
    try {
      return Optional.of(UUID.fromString(id).toString()).filter(id::equalsIgnoreCase);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static long kind(Element item) {
    return number(item, "ResourceType").orElse(0L);
  }

  private static java.util.stream.Stream<GraphicsType> console(String device) {
    return java.util.stream.Stream.of(GraphicsType.values())
        .filter(type -> type.wire().equals(device));
  }

  private Vm values(Optional<Element> os, List<Element> items) {
    Vm vm = new Vm();
    text("Name", vm::name);
    text("Description", vm::description);
    text("Comment", vm::comment);
    flag(system, "DeleteProtected").ifPresent(vm::deleteProtected);
    text("TimeZone", zone -> vm.timeZone(new TimeZone().name(zone)));
    text(system, "VmType").flatMap(OvfNames::machineType).ifPresent(vm::type_);
    flag(system, "IsStateless").ifPresent(vm::stateless);
    flag(system, "IsRunAndPause").ifPresent(vm::startPaused);
    flag(system, "MultiQueuesEnabled").ifPresent(vm::multiQueuesEnabled);
    text("CustomEmulatedMachine", vm::customEmulatedMachine);
    text("CustomCpuName", vm::customCpuModel);
    flag(system, "AutoStartup")
        .ifPresent(
            enabled ->
                vm.highAvailability(
                    new HighAvailability()
                        .enabled(enabled)
                        .priority(number(system, "Priority").orElse(0L))));
    operatingSystem(vm, os);
    for (Element item : items) {
      if (kind(item) == 3) {
        vm.cpu(
            new Cpu()
                .topology(
                    new CpuTopology()
                        .sockets(number(item, "num_of_sockets").orElse(1L))
                        .cores(number(item, "cpu_per_socket").orElse(1L))
                        .threads(number(item, "threads_per_cpu").orElse(1L))));
      } else if (kind(item) == 4) {
        number(item, "VirtualQuantity").ifPresent(mebibytes -> vm.memory(mebibytes * MIB));
      }
    }
    MemoryPolicy policy = new MemoryPolicy();
    number(system, "MinAllocatedMem").ifPresent(mib -> policy.guaranteed(mib * MIB));
    number(system, "MaxMemorySizeMb").ifPresent(mib -> policy.max(mib * MIB));
    flag(system, "BalloonEnabled").ifPresent(policy::ballooning);
    vm.memoryPolicy(policy);
    return vm;
  }

  private void text(String name, Consumer<String> setter) {
    text(system, name).ifPresent(setter);
  }

  private void operatingSystem(Vm vm, Optional<Element> section) {
    OperatingSystem os = new OperatingSystem();
    section.flatMap(element -> text(element, "Description")).ifPresent(os::type_);
    text("kernel_url", os::kernel);
    text("initrd_url", os::initrd);
    text("kernel_params", os::cmdline);
    vm.os(os);
  }

  private static Nic nic(Element item) {
    Nic nic = new Nic();
    nic.name(text(item, "Name").or(() -> text(item, "ElementName")).orElse("nic"));
    nic.interface_(
        text(item, "ResourceSubType").flatMap(OvfNames::nicInterface).orElse(NicInterface.VIRTIO));
    nic.linked(flag(item, "Linked").orElse(true)).plugged(flag(item, "IsPlugged").orElse(true));
    text(item, "MACAddress").ifPresent(address -> nic.mac(new Mac().address(address)));
    Optional<String> network = text(item, "Connection");
    if (network.isPresent()) {
      VnicProfile profile = new VnicProfile();
      profile.name(text(item, "OtherResourceType").orElse(network.get()));
      profile.network(new Network().name(network.get()));
      nic.vnicProfile(profile);
    }
    return nic;
  }

  /** One for each image, though a document may list several volumes of it. */
  private List<DiskAttachment> disks(List<Element> items) {
    Map<String, DiskAttachment> disks = new LinkedHashMap<>();
    section(envelope, "DiskSection").stream()
        .flatMap(section -> children(section).stream())
        .filter(child -> is(child, "Disk"))
        .forEach(
            disk -> {
              String reference = disk.getAttributeNS(OVF, "fileRef");
              int slash = reference.indexOf('/');
              String id =
                  slash > 0 ? reference.substring(0, slash) : disk.getAttributeNS(OVF, "diskId");
              disks.put(id, attachment(id, disk, reference, items));
            });
    return List.copyOf(disks.values());
  }

  private static DiskAttachment attachment(
      String id, Element disk, String reference, List<Element> items) {
    boolean plugged =
        items.stream()
            .filter(item -> text(item, "HostResource").filter(reference::equals).isPresent())
            .flatMap(item -> flag(item, "IsPlugged").stream())
            .findFirst()
            .orElse(true);
    DiskAttachment attachment = new DiskAttachment();
    attachment.id(id);
    return attachment
        .active(plugged)
        .bootable(Boolean.parseBoolean(disk.getAttributeNS(OVF, "boot")))
        .readOnly(Boolean.parseBoolean(disk.getAttributeNS(OVF, "read-only")))
        .passDiscard(Boolean.parseBoolean(disk.getAttributeNS(OVF, "pass-discard")))
        .usesScsiReservation(false)
        .interface_(
            OvfNames.diskInterface(disk.getAttributeNS(OVF, "disk-interface"))
                .orElse(io.overt.model.types.DiskInterface.VIRTIO))
        .disk(new Disk().id(id).alias(disk.getAttributeNS(OVF, "disk-alias")));
  }
}
