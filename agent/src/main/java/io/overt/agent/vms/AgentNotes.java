package io.overt.agent.vms;

import io.overt.agent.vms.DiskPaths.Image;
import io.overt.agent.xml.Xml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** What the agent itself keeps in a live domain's metadata. */
final class AgentNotes {

  private AgentNotes() {}

  /** With the note that the next reboot is the end. */
  static String withDestroyOnReboot(String liveXml) {
    return edited(
        liveXml,
        root -> {
          Xml.child(root, "destroy_on_reboot").ifPresent(root::removeChild);
          Element note = Xml.ensure(root, "destroy_on_reboot");
          note.setAttribute("type", "bool");
          note.setTextContent("true");
        });
  }

  /** With the volumes that disks are written to now, by the disks' targets. */
  static String withVolumes(String liveXml, Map<String, Image> volumes) {
    return edited(
        liveXml,
        root ->
            Xml.children(root, "device")
                .forEach(
                    device -> {
                      Image image = volumes.get(device.getAttribute("name"));
                      if (image != null) {
                        note(device, "domainID", image.domain());
                        note(device, "volumeID", image.volume());
                      }
                    }));
  }

  private static void note(Element device, String name, UUID value) {
    Xml.ensure(device, name).setTextContent(value.toString());
  }

  /**
   * A merge for whose end a guest is held.
   *
   * @param target the disk's
   */
  record Merging(String target, DiskPaths.Image lower, DiskPaths.Image upper) {}

  /** With or without the note that the guest is held for a merge. */
  static String withMerging(String liveXml, Optional<Merging> merging) {
    return edited(
        liveXml,
        root -> {
          Xml.child(root, "merging").ifPresent(root::removeChild);
          merging.ifPresent(
              held -> {
                Element note = Xml.ensure(root, "merging");
                note.setAttribute("target", held.target());
                note.setAttribute("domain", held.upper().domain().toString());
                note.setAttribute("image", held.upper().image().toString());
                note.setAttribute("lower", held.lower().volume().toString());
                note.setAttribute("upper", held.upper().volume().toString());
              });
        });
  }

  /** The note that the guest is held for a merge. */
  static Optional<Merging> merging(String liveXml) {
    return DomainDescription.vmMetadata(Xml.parse(liveXml).getDocumentElement())
        .flatMap(root -> Xml.child(root, "merging"))
        .map(
            note ->
                new Merging(
                    note.getAttribute("target"), image(note, "lower"), image(note, "upper")));
  }

  private static DiskPaths.Image image(Element note, String volume) {
    return new DiskPaths.Image(
        Optional.empty(),
        UUID.fromString(note.getAttribute("domain")),
        UUID.fromString(note.getAttribute("image")),
        UUID.fromString(note.getAttribute(volume)));
  }

  /** With what is known of more devices. */
  static String withDevices(String liveXml, List<Element> devices) {
    return edited(
        liveXml,
        root -> {
          for (Element device : devices) {
            Element copy = root.getOwnerDocument().createElementNS(null, "device");
            attributes(device, copy);
            root.appendChild(copy);
            copyChildren(device, copy);
          }
        });
  }

  /** Without what was known of a device. */
  static String withoutDevice(String liveXml, Element device) {
    return edited(
        liveXml,
        root ->
            Xml.children(root, "device").stream()
                .filter(known -> CustomProperties.describes(known, device))
                .forEach(root::removeChild));
  }

  /**
   * The domain's {@code <vm>} element, edited. Its elements are in no namespace: libvirt binds the
   * prefix on the root itself and refuses a document that already does.
   */
  private static String edited(String liveXml, Consumer<Element> edit) {
    Document document = Xml.parse("<vm/>");
    Element root = document.getDocumentElement();
    DomainDescription.vmMetadata(Xml.parse(liveXml).getDocumentElement())
        .ifPresent(old -> copyChildren(old, root));
    edit.accept(root);
    return Xml.write(root);
  }

  private static void copyChildren(Element from, Element to) {
    Document document = to.getOwnerDocument();
    for (Node node = from.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        boolean ours = DomainDescription.METADATA.equals(element.getNamespaceURI());
        Element copy =
            ours
                ? document.createElementNS(null, element.getLocalName())
                : document.createElementNS(element.getNamespaceURI(), element.getNodeName());
        attributes(element, copy);
        to.appendChild(copy);
        copyChildren(element, copy);
      } else if (node.getNodeType() == Node.TEXT_NODE) {
        to.appendChild(document.createTextNode(node.getNodeValue()));
      }
    }
  }

  private static void attributes(Element from, Element to) {
    NamedNodeMap attributes = from.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (attribute.getNamespaceURI() == null) {
        to.setAttribute(attribute.getNodeName(), attribute.getNodeValue());
      }
    }
  }
}
