package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;

/**
 * What the agent reads from a domain's XML: the facts behind statistics and definitions, and the
 * agent's own notes in the metadata.
 *
 * @param memoryKib maximum memory
 * @param guaranteedMib {@code minGuaranteedMemoryMb} of the metadata, 0 when absent
 * @param startSeconds when it was launched, since the epoch; 0 when it was not launched by an agent
 * @param managed whether the XML carries oVirt's metadata; others are foreign domains
 */
public record DomainDescription(
    UUID id,
    String name,
    long memoryKib,
    long guaranteedMib,
    int vcpus,
    boolean acpi,
    String architecture,
    String machine,
    String cpuModel,
    long startSeconds,
    boolean destroyOnReboot,
    boolean managed,
    boolean guestAgent,
    List<Drive> drives,
    List<Nic> nics,
    List<Display> displays) {

  /** oVirt's namespace for what the engine notes in a domain's metadata. */
  static final String METADATA = "http://ovirt.org/vm/1.0";

  /**
   * @param imageId empty for plain paths
   */
  public record Drive(String target, String path, String imageId, String device) {}

  /**
   * @param device the tap device on the host, empty until it runs
   */
  public record Nic(String device, String mac, String model, boolean linkUp) {}

  /**
   * @param port −1 until it runs
   */
  public record Display(String type, int port, int tlsPort, String address) {}

  /**
   * @throws IllegalArgumentException when the XML is not a domain's or lacks name or UUID
   */
  public static DomainDescription read(String xml) {
    Element domain = Xml.parse(xml).getDocumentElement();
    if (!"domain".equals(domain.getLocalName())) {
      throw new IllegalArgumentException(
          "The XML's root is <%s> but must be <domain>".formatted(domain.getLocalName()));
    }
    String uuid =
        Xml.text(domain, "uuid")
            .orElseThrow(() -> new IllegalArgumentException("The domain XML lacks <uuid>"));
    String name =
        Xml.text(domain, "name")
            .orElseThrow(() -> new IllegalArgumentException("The domain XML lacks <name>"));
    Optional<Element> os = Xml.child(domain, "os").flatMap(element -> Xml.child(element, "type"));
    Optional<Element> vm = vmMetadata(domain);
    Optional<Element> devices = Xml.child(domain, "devices");
    return new DomainDescription(
        UUID.fromString(uuid),
        name,
        Xml.child(domain, "memory").map(DomainDescription::kibibytes).orElse(0L),
        vm.flatMap(element -> Xml.text(element, "minGuaranteedMemoryMb"))
            .map(Long::parseLong)
            .orElse(0L),
        vcpus(domain),
        Xml.child(domain, "features").flatMap(features -> Xml.child(features, "acpi")).isPresent(),
        os.map(type -> type.getAttribute("arch")).orElse("x86_64"),
        os.map(type -> type.getAttribute("machine")).orElse(""),
        Xml.child(domain, "cpu").flatMap(cpu -> Xml.text(cpu, "model")).orElse(""),
        vm.flatMap(element -> Xml.text(element, "startTime"))
            .map(text -> (long) Double.parseDouble(text))
            .orElse(0L),
        vm.flatMap(element -> Xml.text(element, "destroy_on_reboot"))
            .map(text -> Boolean.parseBoolean(text))
            .orElse(false),
        vm.isPresent(),
        devices.map(DomainDescription::hasGuestAgent).orElse(false),
        devices.map(element -> drives(element, vm)).orElse(List.of()),
        devices.map(DomainDescription::nics).orElse(List.of()),
        devices.map(DomainDescription::displays).orElse(List.of()));
  }

  /** The file in the first drive for discs, or empty. */
  public String disc() {
    return drives.stream()
        .filter(drive -> drive.device().equals("cdrom"))
        .map(Drive::path)
        .findFirst()
        .orElse("");
  }

  public long memoryMib() {
    return memoryKib / 1024;
  }

  static Optional<Element> vmMetadata(Element domain) {
    return Xml.child(domain, "metadata")
        .flatMap(
            metadata ->
                Xml.children(metadata, "vm").stream()
                    .filter(element -> METADATA.equals(element.getNamespaceURI()))
                    .findFirst());
  }

  private static int vcpus(Element domain) {
    return Xml.child(domain, "vcpu")
        .map(
            vcpu ->
                vcpu.getAttribute("current").isEmpty()
                    ? vcpu.getTextContent().strip()
                    : vcpu.getAttribute("current"))
        .map(Integer::parseInt)
        .orElse(1);
  }

  /** libvirt's units: bytes, powers of 1024 (the default is KiB), powers of 1000. */
  private static long kibibytes(Element memory) {
    long value = Long.parseLong(memory.getTextContent().strip());
    return switch (memory.getAttribute("unit")) {
      case "b", "bytes" -> value / 1024;
      case "", "k", "KiB" -> value;
      case "KB" -> value * 1000 / 1024;
      case "M", "MiB" -> value * 1024;
      case "MB" -> value * 1_000_000 / 1024;
      case "G", "GiB" -> value * 1024 * 1024;
      case "GB" -> value * 1_000_000_000 / 1024;
      case "T", "TiB" -> value * 1024 * 1024 * 1024;
      default ->
          throw new IllegalArgumentException(
              "<memory unit='%s'> is not a unit of libvirt's"
                  .formatted(memory.getAttribute("unit")));
    };
  }

  private static boolean hasGuestAgent(Element devices) {
    return Xml.children(devices, "channel").stream()
        .anyMatch(
            channel ->
                Xml.attribute(channel, "target", "name")
                    .filter("org.qemu.guest_agent.0"::equals)
                    .isPresent());
  }

  private static List<Drive> drives(Element devices, Optional<Element> vm) {
    List<Drive> drives = new ArrayList<>();
    for (Element disk : Xml.children(devices, "disk")) {
      String target = Xml.attribute(disk, "target", "dev").orElse("");
      Optional<Element> source = Xml.child(disk, "source");
      String path =
          source
              .map(
                  element ->
                      element.hasAttribute("file")
                          ? element.getAttribute("file")
                          : element.getAttribute("dev"))
              .orElse("");
      String image =
          vm.flatMap(element -> diskMetadata(element, disk))
              .flatMap(device -> Xml.text(device, "imageID"))
              .orElse("");
      String device = disk.getAttribute("device");
      drives.add(new Drive(target, path, image, device.isEmpty() ? "disk" : device));
    }
    return drives;
  }

  /** The metadata of a disk: matched by the name of its target or by its alias. */
  static Optional<Element> diskMetadata(Element vm, Element disk) {
    String target = Xml.attribute(disk, "target", "dev").orElse("");
    String alias = Xml.attribute(disk, "alias", "name").orElse("");
    return Xml.children(vm, "device").stream()
        .filter(device -> "disk".equals(device.getAttribute("devtype")))
        .filter(
            device ->
                (!target.isEmpty() && target.equals(device.getAttribute("name")))
                    || (!alias.isEmpty() && alias.equals(device.getAttribute("alias"))))
        .findFirst();
  }

  private static List<Nic> nics(Element devices) {
    return Xml.children(devices, "interface").stream()
        .map(
            nic ->
                new Nic(
                    Xml.attribute(nic, "target", "dev").orElse(""),
                    Xml.attribute(nic, "mac", "address").orElse(""),
                    Xml.attribute(nic, "model", "type").orElse(""),
                    !"down".equals(Xml.attribute(nic, "link", "state").orElse("up"))))
        .toList();
  }

  private static List<Display> displays(Element devices) {
    return Xml.children(devices, "graphics").stream()
        .map(
            graphics ->
                new Display(
                    graphics.getAttribute("type"),
                    port(graphics, "port"),
                    port(graphics, "tlsPort"),
                    graphics.getAttribute("listen")))
        .toList();
  }

  private static int port(Element graphics, String name) {
    String value = graphics.getAttribute(name);
    return value.isEmpty() ? -1 : Integer.parseInt(value);
  }
}
