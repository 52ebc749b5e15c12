package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Finds devices in a domain's XML. */
final class Devices {

  /** Disks beyond this many on one bus are not named. */
  private static final int LETTERS = 26;

  private Devices() {}

  static Element root(String xml) {
    return Xml.parse(xml).getDocumentElement();
  }

  static List<Element> all(Element domain, String kind) {
    return Xml.child(domain, "devices")
        .map(devices -> Xml.children(devices, kind))
        .orElse(List.of());
  }

  /** The same device: it has the alias, else the MAC address, else the target of the wanted one. */
  static Optional<Element> find(Element domain, Element wanted) {
    List<Element> all = all(domain, String.valueOf(wanted.getLocalName()));
    String alias = alias(wanted);
    String mac = Xml.attribute(wanted, "mac", "address").orElse("");
    if (!alias.isEmpty()) {
      Optional<Element> named = withAlias(all, alias);
      if (named.isPresent() || mac.isEmpty()) {
        return named;
      }
    }
    if (!mac.isEmpty()) {
      return all.stream()
          .filter(
              device ->
                  Xml.attribute(device, "mac", "address").filter(mac::equalsIgnoreCase).isPresent())
          .findFirst();
    }
    String target = target(wanted);
    return all.stream()
        .filter(device -> !target.isEmpty() && target.equals(target(device)))
        .findFirst();
  }

  static Optional<Element> withAlias(List<Element> devices, String alias) {
    return devices.stream().filter(device -> alias.equals(alias(device))).findFirst();
  }

  /** Whether any device has this alias. */
  static boolean present(Element domain, String alias) {
    Optional<Element> devices = Xml.child(domain, "devices");
    if (devices.isPresent()) {
      for (Node node = devices.get().getFirstChild(); node != null; node = node.getNextSibling()) {
        if (node instanceof Element device && alias.equals(alias(device))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the guest's own agent listens. */
  static boolean agentConnected(Element domain) {
    return all(domain, "channel").stream()
        .flatMap(channel -> Xml.child(channel, "target").stream())
        .filter(target -> target.getAttribute("name").equals("org.qemu.guest_agent.0"))
        .anyMatch(target -> target.getAttribute("state").equals("connected"));
  }

  static String alias(Element device) {
    return Xml.attribute(device, "alias", "name").orElse("");
  }

  static String target(Element device) {
    return Xml.attribute(device, "target", "dev").orElse("");
  }

  /**
   * A free name for a disk, its own when nobody has that.
   *
   * @throws IllegalArgumentException when all names of its bus are taken
   */
  static String freeTarget(Element domain, Element disk) {
    Set<String> taken = new HashSet<>();
    all(domain, "disk").forEach(each -> taken.add(target(each)));
    String own = target(disk);
    if (!own.isEmpty() && !taken.contains(own)) {
      return own;
    }
    String bus = Xml.attribute(disk, "target", "bus").orElse("virtio");
    String prefix = bus.equals("virtio") ? "vd" : "sd";
    for (int index = 0; index < LETTERS; index++) {
      String name = prefix + (char) ('a' + index);
      if (!taken.contains(name)) {
        return name;
      }
    }
    throw new IllegalArgumentException(
        "all %d disk names %sa… are taken".formatted(LETTERS, prefix));
  }
}
