package io.overt.agent.simulated;

import io.overt.agent.hypervisor.HypervisorException;
import io.overt.agent.hypervisor.HypervisorException.Kind;
import io.overt.agent.xml.Xml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Edits a simulated domain's live XML as libvirt would, and refuses what it would refuse. */
final class SimulatedDevices {

  private SimulatedDevices() {}

  /** Gives every device an alias, and every NIC its device on the host. */
  static void complete(Element devices, int number) {
    Set<String> aliases = new HashSet<>();
    Set<String> taps = new HashSet<>();
    for (Element device : elements(devices)) {
      Xml.attribute(device, "alias", "name").ifPresent(aliases::add);
      Xml.attribute(device, "target", "dev").ifPresent(taps::add);
    }
    for (Element device : elements(devices)) {
      String kind = String.valueOf(device.getLocalName());
      if (kind.equals("interface") && Xml.attribute(device, "target", "dev").isEmpty()) {
        Xml.ensure(device, "target").setAttribute("dev", free(taps, "vnet" + number + "-"));
      }
      if (Set.of("interface", "disk", "memory").contains(kind)
          && Xml.attribute(device, "alias", "name").isEmpty()) {
        Xml.ensure(device, "alias").setAttribute("name", free(aliases, kind));
      }
    }
  }

  private static String free(Set<String> taken, String prefix) {
    int index = 0;
    while (!taken.add(prefix + index)) {
      index++;
    }
    return prefix + index;
  }

  static String attached(String xml, String deviceXml, int number) {
    Document document = Xml.parse(xml);
    Element devices = Xml.ensure(document.getDocumentElement(), "devices");
    Element added = (Element) document.importNode(parse(deviceXml), true);
    for (Element device : elements(devices)) {
      if (same(device, added, "alias", "name")
          || (added.getLocalName().equals("disk") && same(device, added, "target", "dev"))) {
        throw new HypervisorException(
            Kind.FAILED,
            "the domain has a <%s> of that alias or target already"
                .formatted(device.getLocalName()));
      }
    }
    devices.appendChild(added);
    complete(devices, number);
    if (added.getLocalName().equals("memory")) {
      grow(document.getDocumentElement(), added, 1);
    }
    return Xml.write(document);
  }

  /** The alias of the device that is meant. */
  static String alias(String xml, String deviceXml) {
    return Xml.attribute(find(Xml.parse(xml), parse(deviceXml)), "alias", "name").orElse("");
  }

  static String detached(String xml, String deviceXml) {
    Document document = Xml.parse(xml);
    Element device = find(document, parse(deviceXml));
    if (device.getLocalName().equals("memory")) {
      grow(document.getDocumentElement(), device, -1);
    }
    device.getParentNode().removeChild(device);
    return Xml.write(document);
  }

  static String updated(String xml, String deviceXml) {
    Document document = Xml.parse(xml);
    Element changed = parse(deviceXml);
    if (changed.getLocalName().equals("graphics")) {
      return xml;
    }
    Element device = find(document, changed);
    device.getParentNode().replaceChild(document.importNode(changed, true), device);
    return Xml.write(document);
  }

  static String withProcessors(String xml, int count) {
    Document document = Xml.parse(xml);
    Element vcpu = Xml.ensure(document.getDocumentElement(), "vcpu");
    int most = Integer.parseInt(vcpu.getTextContent().strip());
    if (count > most) {
      throw new HypervisorException(
          Kind.FAILED,
          "requested vcpus is greater than max allowable vcpus for the live domain: %d > %d"
              .formatted(count, most));
    }
    vcpu.setAttribute("current", Integer.toString(count));
    return Xml.write(document);
  }

  private static void grow(Element domain, Element memory, int sign) {
    if (Xml.child(domain, "maxMemory").isEmpty()) {
      throw new HypervisorException(
          Kind.FAILED, "the domain has no <maxMemory>: no memory can be plugged in");
    }
    Element size =
        Xml.child(memory, "target").flatMap(target -> Xml.child(target, "size")).orElseThrow();
    long kib =
        Long.parseLong(size.getTextContent().strip())
            * (size.getAttribute("unit").equals("MiB") ? 1024 : 1);
    Element total = Xml.ensure(domain, "memory");
    total.setTextContent(
        Long.toString(Long.parseLong(total.getTextContent().strip()) + sign * kib));
  }

  private static Element parse(String deviceXml) {
    try {
      return Xml.parse(deviceXml).getDocumentElement();
    } catch (IllegalArgumentException e) {
      throw new HypervisorException(Kind.FAILED, "XML error: " + e.getMessage(), e);
    }
  }

  private static Element find(Document document, Element wanted) {
    Element devices = Xml.ensure(document.getDocumentElement(), "devices");
    return Xml.children(devices, String.valueOf(wanted.getLocalName())).stream()
        .filter(
            device ->
                same(device, wanted, "alias", "name")
                    || same(device, wanted, "mac", "address")
                    || same(device, wanted, "target", "dev"))
        .findFirst()
        .orElseThrow(() -> new HypervisorException(Kind.FAILED, "the domain has no such device"));
  }

  private static boolean same(Element one, Element other, String child, String attribute) {
    return Xml.attribute(one, child, attribute)
        .filter(value -> Xml.attribute(other, child, attribute).filter(value::equals).isPresent())
        .isPresent();
  }

  private static List<Element> elements(Element devices) {
    List<Element> elements = new ArrayList<>();
    for (Node node = devices.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
