package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import io.overt.vdsmrpc.properties.PropertyNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The custom properties in a domain's metadata, of the machine and of its devices: what scripts
 * find in their environment.
 */
final class CustomProperties {

  private CustomProperties() {}

  /** A device that has custom properties. */
  record CustomDevice(Element element, Map<String, String> properties) {}

  /** The machine's. */
  static Map<String, String> of(Element domain) {
    return DomainDescription.vmMetadata(domain).map(CustomProperties::custom).orElse(Map.of());
  }

  /** In the order of the document; devices without custom properties are left out. */
  static List<CustomDevice> devices(Element domain) {
    Optional<Element> vm = DomainDescription.vmMetadata(domain);
    Optional<Element> devices = Xml.child(domain, "devices");
    if (vm.isEmpty() || devices.isEmpty()) {
      return List.of();
    }
    List<Element> described = Xml.children(vm.get(), "device");
    List<CustomDevice> found = new ArrayList<>();
    for (Node node = devices.get().getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element device) {
        described.stream()
            .filter(metadata -> describes(metadata, device))
            .map(CustomProperties::custom)
            .filter(properties -> !properties.isEmpty())
            .findFirst()
            .ifPresent(properties -> found.add(new CustomDevice(device, properties)));
      }
    }
    return found;
  }

  /**
   * Checks the names before anything is done for the machine.
   *
   * @throws IllegalArgumentException which names one that scripts must not see
   */
  static void check(String xml) {
    if (!xml.contains("custom>")) {
      return;
    }
    Element domain = Xml.parse(xml).getDocumentElement();
    check(of(domain), "the virtual machine");
    devices(domain)
        .forEach(
            device ->
                check(device.properties(), "the device <" + device.element().getTagName() + ">"));
  }

  /** The same for one device's or request's. */
  static void check(Map<String, String> properties, String whose) {
    properties.keySet().stream()
        .filter(PropertyNames::refused)
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "the custom property '%s' of %s has a name that changes how scripts run; choose another"
                      .formatted(name, whose));
            });
  }

  /** Those in one device's metadata. */
  static Map<String, String> custom(Element metadata) {
    Map<String, String> properties = new LinkedHashMap<>();
    Xml.child(metadata, "custom")
        .ifPresent(
            custom -> {
              for (Node node = custom.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node instanceof Element property) {
                  properties.put(property.getLocalName(), property.getTextContent());
                }
              }
            });
    return properties;
  }

  /** By MAC address, alias, or the kind of the device and the name of its target. */
  static boolean describes(Element metadata, Element device) {
    String mac = metadata.getAttribute("mac_address");
    if (!mac.isEmpty()) {
      return device.getLocalName().equals("interface")
          && Xml.attribute(device, "mac", "address").filter(mac::equalsIgnoreCase).isPresent();
    }
    String kind = metadata.getAttribute("devtype");
    if (!kind.isEmpty() && !kind.equals(device.getLocalName())) {
      return false;
    }
    String alias = metadata.getAttribute("alias");
    if (!alias.isEmpty()
        && Xml.attribute(device, "alias", "name").filter(alias::equals).isPresent()) {
      return true;
    }
    String name = metadata.getAttribute("name");
    return !kind.isEmpty()
        && !name.isEmpty()
        && Xml.attribute(device, "target", "dev").filter(name::equals).isPresent();
  }
}
