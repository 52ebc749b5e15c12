package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Turns the domain XML that the engine sends into the one that this host starts: disks resolved to
 * paths, consoles closed until a ticket is set, host-specific choices applied. The order of its
 * steps is the order in which VDSM prepares a domain.
 */
final class LaunchXml {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final DomainPolicy policy;
  private final DiskPaths disks;

  /** Hears of disks that are ready. */
  interface PreparedDisks {
    void on(Element disk, DiskPaths.Image image);
  }

  LaunchXml(DomainPolicy policy, DiskPaths disks) {
    this.policy = policy;
    this.disks = disks;
  }

  /**
   * @param xml any domain XML
   * @param startSeconds noted in the metadata, since the epoch
   * @param prepared hears of every disk whose image is ready, and may change the disk
   * @throws RuntimeException whose message tells what the host lacks
   */
  String prepare(String xml, long startSeconds, PreparedDisks prepared) {
    Document document = Xml.parse(xml);
    Element domain = document.getDocumentElement();
    domain.setAttribute("type", policy.virtType().text());
    // The engine decides what a reboot means; libvirt's default (restart) keeps the domain.
    Xml.child(domain, "on_reboot").ifPresent(domain::removeChild);
    if (policy.virtType() == DomainPolicy.VirtType.QEMU) {
      loosenCpu(domain);
    }
    noteStart(domain, startSeconds);
    Xml.child(domain, "devices").ifPresent(devices -> prepareDevices(domain, devices, prepared));
    return Xml.write(document);
  }

  /**
   * The XML of a guest that runs elsewhere, as it can run here: other paths, another address of
   * consoles, and nothing that the guest would notice.
   *
   * @param console the address of its consoles; empty for this host's own
   */
  String adapt(String xml, String console, PreparedDisks prepared) {
    Document document = Xml.parse(xml);
    Element domain = document.getDocumentElement();
    String id = Xml.text(domain, "uuid").orElse("");
    Xml.child(domain, "devices")
        .ifPresent(
            devices -> {
              prepareDisks(domain, devices, prepared);
              SerialPorts.place(domain, devices, policy.serialSockets());
              for (Element graphics : Xml.children(devices, "graphics")) {
                listen(graphics, console.isEmpty() ? policy.consoleAddress() : console);
              }
              for (String kind : List.of("serial", "console")) {
                for (Element port : Xml.children(devices, kind)) {
                  Xml.child(port, "log").ifPresent(log -> adaptLog(port, log, id));
                }
              }
            });
    return Xml.write(document);
  }

  private void adaptLog(Element port, Element log, String id) {
    if (log.getAttribute("file").endsWith("/" + id + ".log")) {
      policy
          .serialLog()
          .ifPresentOrElse(
              directory -> log.setAttribute("file", directory.resolve(id + ".log") + ""),
              () -> port.removeChild(log));
    }
  }

  private void prepareDisks(Element domain, Element devices, PreparedDisks prepared) {
    for (Element disk : Xml.children(devices, "disk")) {
      image(domain, disk)
          .ifPresent(
              image -> {
                setSource(disk, disks.resolve(image));
                prepared.on(disk, image);
              });
    }
  }

  private void prepareDevices(Element domain, Element devices, PreparedDisks prepared) {
    prepareDisks(domain, devices, prepared);
    SerialPorts.place(domain, devices, policy.serialSockets());
    for (Element graphics : Xml.children(devices, "graphics")) {
      closeConsole(graphics);
    }
    policy
        .serialLog()
        .ifPresent(
            directory -> {
              String file = directory.resolve(Xml.text(domain, "uuid").orElse("") + ".log") + "";
              for (Element serial : Xml.children(devices, "serial")) {
                Element log = Xml.ensure(serial, "log");
                log.setAttribute("file", file);
                log.setAttribute("append", "on");
              }
            });
  }

  /** An emulated CPU has no host to pass through and lacks features of named models. */
  private static void loosenCpu(Element domain) {
    Xml.child(domain, "cpu")
        .ifPresent(
            cpu -> {
              String mode = cpu.getAttribute("mode");
              if (mode.equals("host-passthrough") || mode.equals("host-model")) {
                cpu.setAttribute("mode", "maximum");
                cpu.removeAttribute("match");
                cpu.removeAttribute("check");
                Xml.children(cpu, "feature").forEach(cpu::removeChild);
                Xml.child(cpu, "model").ifPresent(cpu::removeChild);
              } else if (Xml.child(cpu, "model").isPresent()) {
                cpu.setAttribute("check", "none");
              }
            });
  }

  private static void noteStart(Element domain, long startSeconds) {
    Element metadata = Xml.ensure(domain, "metadata");
    Element vm =
        DomainDescription.vmMetadata(domain)
            .orElseGet(
                () -> {
                  Element created =
                      domain
                          .getOwnerDocument()
                          .createElementNS(DomainDescription.METADATA, "ovirt-vm:vm");
                  metadata.appendChild(created);
                  return created;
                });
    Xml.child(vm, "startTime").ifPresent(vm::removeChild);
    Element start =
        domain.getOwnerDocument().createElementNS(DomainDescription.METADATA, "ovirt-vm:startTime");
    start.setAttribute("type", "int");
    start.setTextContent(Long.toString(startSeconds));
    vm.appendChild(start);
  }

  /**
   * Points a disk at its image.
   *
   * @param metadata of the disk, one of which may name an image
   * @return the image, if there is one
   */
  Optional<DiskPaths.Image> prepareDisk(List<Element> metadata, Element disk) {
    Optional<DiskPaths.Image> image =
        metadata.stream().map(LaunchXml::image).flatMap(Optional::stream).findFirst();
    image.ifPresent(found -> setSource(disk, disks.resolve(found)));
    return image;
  }

  /** The image behind a domain's disk, if its metadata names one. */
  static Optional<DiskPaths.Image> image(Element domain, Element disk) {
    return DomainDescription.vmMetadata(domain)
        .flatMap(vm -> DomainDescription.diskMetadata(vm, disk))
        .flatMap(LaunchXml::image);
  }

  private static Optional<DiskPaths.Image> image(Element device) {
    Optional<UUID> domain = uuid(device, "domainID");
    Optional<UUID> image = uuid(device, "imageID");
    Optional<UUID> volume = uuid(device, "volumeID");
    if (domain.isEmpty() || image.isEmpty() || volume.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DiskPaths.Image(uuid(device, "poolID"), domain.get(), image.get(), volume.get()));
  }

  private static Optional<UUID> uuid(Element device, String name) {
    return Xml.text(device, name).filter(text -> !text.isEmpty()).map(UUID::fromString);
  }

  private static void setSource(Element disk, String path) {
    disk.setAttribute("type", "file");
    Element source = Xml.ensure(disk, "source");
    source.removeAttribute("dev");
    source.setAttribute("file", path);
  }

  /**
   * A console without a ticket lets nobody in: a random password that expired long ago, as VDSM
   * starts its guests. The engine's listen networks are networks of VDSM's making; this host's
   * console address stands in for them.
   */
  private void closeConsole(Element graphics) {
    String type = graphics.getAttribute("type");
    if (!type.equals("vnc") && !type.equals("spice")) {
      return;
    }
    byte[] password = new byte[4];
    RANDOM.nextBytes(password);
    graphics.setAttribute("passwd", HexFormat.of().formatHex(password));
    graphics.setAttribute("passwdValidTo", "1970-01-01T00:00:01");
    boolean network =
        Xml.children(graphics, "listen").stream()
            .anyMatch(listen -> "network".equals(listen.getAttribute("type")));
    if (network || (Xml.child(graphics, "listen").isEmpty() && !graphics.hasAttribute("listen"))) {
      listen(graphics, policy.consoleAddress());
    }
  }

  private static void listen(Element graphics, String address) {
    Xml.children(graphics, "listen").forEach(graphics::removeChild);
    graphics.setAttribute("listen", address);
  }
}
