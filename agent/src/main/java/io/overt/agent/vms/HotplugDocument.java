package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What the engine sends to plug a device in or out: {@code <hotplug>} with the device under {@code
 * <devices>} and what is known of it under {@code <metadata>}, as in a domain.
 */
final class HotplugDocument {

  private HotplugDocument() {}

  /**
   * @param identity the device as it was sent, by which it is found again
   */
  record Plugged(Element root, Element device, Element identity, List<Element> metadata) {

    /** The device's custom properties. */
    Map<String, String> properties() {
      return metadata.stream()
          .map(CustomProperties::custom)
          .filter(properties -> !properties.isEmpty())
          .findFirst()
          .orElse(Map.of());
    }

    /** Gives a disk another name in the domain. */
    void rename(String target) {
      String old = Devices.target(device);
      Xml.ensure(device, "target").setAttribute("dev", target);
      metadata.stream()
          .filter(known -> !known.getAttribute("name").isEmpty())
          .filter(known -> known.getAttribute("name").equals(old))
          .forEach(known -> known.setAttribute("name", target));
    }
  }

  /**
   * @throws IllegalArgumentException when it is no such document, or scripts must not see one of
   *     the properties
   */
  static Plugged read(String xml, String kind) {
    Element root = Devices.root(xml);
    List<Element> devices = Devices.all(root, kind);
    if (!"hotplug".equals(root.getLocalName()) || devices.size() != 1) {
      throw new IllegalArgumentException(
          "The XML must be <hotplug><devices> with one <%s>, but is <%s> with %d"
              .formatted(kind, root.getLocalName(), devices.size()));
    }
    Element device = devices.getFirst();
    List<Element> metadata =
        DomainDescription.vmMetadata(root).map(vm -> Xml.children(vm, "device")).orElse(List.of());
    for (Element known : metadata) {
      CustomProperties.check(CustomProperties.custom(known), "the device <" + kind + ">");
    }
    Node identity = device.cloneNode(true);
    return new Plugged(root, device, (Element) identity, metadata);
  }
}
