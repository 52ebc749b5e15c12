package io.overt.agent.libvirt;

import io.overt.agent.hypervisor.HostDevice;
import io.overt.agent.xml.Xml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/** Reads libvirt's description of a device of the host. */
final class NodeDevices {

  private NodeDevices() {}

  static HostDevice read(String xml) {
    Element device = Xml.parse(xml).getDocumentElement();
    String parent = Xml.text(device, "parent").orElse("");
    Optional<Element> described = Xml.child(device, "capability");
    String capability = described.map(each -> each.getAttribute("type")).orElse("");
    if (described.isEmpty()) {
      return HostDevice.unassignable(capability, "", parent);
    }
    Element details = described.get();
    Map<String, String> address = new LinkedHashMap<>();
    if (capability.equals("pci")) {
      for (String part : new String[] {"domain", "bus", "slot", "function"}) {
        Xml.text(details, part).ifPresent(value -> address.put(part, value));
      }
    }
    Optional<Integer> group = Xml.attribute(details, "iommuGroup", "number").map(Integer::parseInt);
    return new HostDevice(
        capability,
        Xml.text(details, "product").orElse(""),
        parent,
        capability.equals("pci") && group.isPresent(),
        Xml.text(details, "vendor").orElse(""),
        Xml.attribute(details, "vendor", "id").orElse(""),
        Xml.attribute(details, "product", "id").orElse(""),
        Xml.child(device, "driver").flatMap(driver -> Xml.text(driver, "name")).orElse(""),
        group,
        address);
  }
}
