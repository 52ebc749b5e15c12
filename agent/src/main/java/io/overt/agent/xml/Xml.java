package io.overt.agent.xml;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads and writes small XML documents; document types and external entities are refused. */
public final class Xml {

  private static final DocumentBuilderFactory PARSERS = parsers();
  private static final TransformerFactory WRITERS = TransformerFactory.newInstance();

  private Xml() {}

  /**
   * @throws IllegalArgumentException with the parser's position when it is not well-formed
   */
  public static Document parse(String xml) {
    try {
      DocumentBuilder builder;
      synchronized (PARSERS) {
        builder = PARSERS.newDocumentBuilder();
      }
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (SAXException e) {
      throw new IllegalArgumentException("Not well-formed XML: " + e.getMessage(), e);
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String write(Node node) {
    StringWriter text = new StringWriter();
    try {
      Transformer transformer;
      synchronized (WRITERS) {
        transformer = WRITERS.newTransformer();
      }
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(node), new StreamResult(text));
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** Indented, an element a line, so that two documents can be compared; passwords are hidden. */
  public static String pretty(Document document) {
    Document copy = (Document) document.cloneNode(true);
    tidy(copy.getDocumentElement());
    StringWriter text = new StringWriter();
    try {
      Transformer transformer;
      synchronized (WRITERS) {
        transformer = WRITERS.newTransformer();
      }
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.setOutputProperty(OutputKeys.INDENT, "yes");
      transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
      transformer.transform(new DOMSource(copy), new StreamResult(text));
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static void tidy(Element element) {
    if (element.hasAttribute("passwd")) {
      element.setAttribute("passwd", "***");
    }
    for (Node node = element.getFirstChild(); node != null; ) {
      Node next = node.getNextSibling();
      if (node instanceof Element child) {
        tidy(child);
      } else if (node instanceof Text text && text.getData().isBlank() && hasElements(element)) {
        element.removeChild(node);
      }
      node = next;
    }
  }

  private static boolean hasElements(Element element) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element) {
        return true;
      }
    }
    return false;
  }

  /** The child elements with this local name, in any namespace. */
  public static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getLocalName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  public static Optional<Element> child(Element parent, String name) {
    return children(parent, name).stream().findFirst();
  }

  public static Optional<String> text(Element parent, String child) {
    return child(parent, child).map(element -> element.getTextContent().strip());
  }

  public static Optional<String> attribute(Element parent, String child, String attribute) {
    return child(parent, child)
        .map(element -> element.getAttribute(attribute))
        .filter(value -> !value.isEmpty());
  }

  /** The child with this name; added without a namespace when it is missing. */
  public static Element ensure(Element parent, String name) {
    return child(parent, name)
        .orElseGet(
            () -> {
              Element element = parent.getOwnerDocument().createElementNS(null, name);
              parent.appendChild(element);
              return element;
            });
  }

  private static DocumentBuilderFactory parsers() {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
    return factory;
  }
}
