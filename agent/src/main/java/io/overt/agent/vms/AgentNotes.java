package io.overt.agent.vms;

import io.overt.agent.xml.Xml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** What the agent itself keeps in a live domain's metadata. */
final class AgentNotes {

  private AgentNotes() {}

  /**
   * The domain's {@code <vm>} element with the note added. Its elements are in no namespace:
   * libvirt binds the prefix on the root itself and refuses a document that already does.
   */
  static String withDestroyOnReboot(String liveXml) {
    Document document = Xml.parse("<vm/>");
    Element root = document.getDocumentElement();
    DomainDescription.vmMetadata(Xml.parse(liveXml).getDocumentElement())
        .ifPresent(old -> copyChildren(old, root));
    Xml.child(root, "destroy_on_reboot").ifPresent(root::removeChild);
    Element note = Xml.ensure(root, "destroy_on_reboot");
    note.setAttribute("type", "bool");
    note.setTextContent("true");
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
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
          Node attribute = attributes.item(i);
          if (attribute.getNamespaceURI() == null) {
            copy.setAttribute(attribute.getNodeName(), attribute.getNodeValue());
          }
        }
        to.appendChild(copy);
        copyChildren(element, copy);
      } else if (node.getNodeType() == Node.TEXT_NODE) {
        to.appendChild(document.createTextNode(node.getNodeValue()));
      }
    }
  }
}
