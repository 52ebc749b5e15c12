package io.overt.shell.objects;

import io.overt.sdk.document.MalformedDocument;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Kind;
import io.overt.sdk.schema.Member;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Objects from documents: XML as both versions of the API write it, JSON as the API does, YAML as
 * the shell prints it.
 */
public final class DocumentReader {
  private DocumentReader() {}

  /**
   * Reads a document.
   *
   * @param within the member for which the document stands, if its root is called like it
   */
  public static Node.Builder read(String within, StructType type, String text) {
    String plain = text.strip();
    try {
      if (plain.startsWith("<")) {
        return xml(within, type, plain);
      }
      if (plain.startsWith("{")) {
        return Node.read(type, plain).toBuilder();
      }
      Object tree = YamlReader.read(plain);
      if (tree instanceof Map<?, ?> map) {
        Node.Builder object = Node.builder(type);
        members(object, map);
        return object;
      }
    } catch (MalformedDocument | IllegalArgumentException e) {
      throw new ShellFailure(Status.SYNTAX, "The document cannot be read: " + e.getMessage(), e);
    }
    throw ShellFailure.syntax("The document is neither XML nor JSON nor YAML");
  }

  private static void members(Node.Builder object, Map<?, ?> map) {
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          Member member = Attributes.member(object.type(), name);
          switch (value) {
            case null -> {
              // Nothing is said.
            }
            case Map<?, ?> inner when member != null && !member.list() -> {
              Node.Builder below = Node.builder(member.structType());
              members(below, inner);
              object.set(member.tag(), below.build());
            }
            case List<?> list when member != null && member.list() -> {
              for (Object each : list) {
                if (each instanceof Map<?, ?> inner) {
                  Node.Builder item = Node.builder(member.structType());
                  members(item, inner);
                  object.add(member.tag(), item.build());
                } else if (each != null) {
                  object.add(member.tag(), each.toString());
                }
              }
            }
            default -> set(object, name, value.toString());
          }
        });
  }

  private static void set(Node.Builder object, String name, String value) {
    if (name.equals("href") || name.equals("actions") || name.equals("link")) {
      return;
    }
    if (!Attributes.set(object, name, value)) {
      throw new IllegalArgumentException(
          object.type().name()
              + " has no member '"
              + name
              + "'"
              + Names.hint(name, Attributes.names(object.type())));
    }
  }

  private static Node.Builder xml(String within, StructType type, String text) {
    Element root = parse(text);
    Node.Builder object = Node.builder(type);
    if (root.getTagName().equals(within)) {
      element(object, root);
    } else {
      elements(object, root);
    }
    return object;
  }

  private static Element parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // Problems are thrown, not printed.
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void elements(Node.Builder object, Element parent) {
    NamedNodeMap attributes = parent.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      set(object, attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    for (Element child = first(parent); child != null; child = next(child)) {
      element(object, child);
    }
  }

  private static void element(Node.Builder object, Element element) {
    String name = element.getTagName();
    boolean leaf = first(element) == null && element.getAttributes().getLength() == 0;
    if (leaf) {
      set(object, name, element.getTextContent().strip());
      return;
    }
    Member member =
        Aliases.member(object.type(), List.of(name)) == null
            ? Attributes.member(object.type(), name)
            : null;
    if (member == null || member.kind() != Kind.STRUCT) {
      if (member != null && member.list()) {
        for (Element child = first(element); child != null; child = next(child)) {
          object.add(member.tag(), child.getTextContent().strip());
        }
      } else if (!name.equals("actions") && !name.equals("link")) {
        flat(object, name, element);
      }
    } else if (member.list()) {
      for (Element child = first(element); child != null; child = next(child)) {
        Node.Builder item = Node.builder(member.structType());
        elements(item, child);
        object.add(member.tag(), item.build());
      }
    } else {
      Node known = object.build().node(member.tag()).orElse(null);
      Node.Builder inner = known == null ? Node.builder(member.structType()) : known.toBuilder();
      elements(inner, element);
      object.set(member.tag(), inner.build());
    }
  }

  /** What has another shape in version 4: as options would say it. */
  private static void flat(Node.Builder object, String path, Element element) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      set(object, path + "-" + attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
    }
    for (Element child = first(element); child != null; child = next(child)) {
      String below = path + "-" + child.getTagName();
      if (first(child) == null && child.getAttributes().getLength() == 0) {
        set(object, below, child.getTextContent().strip());
      } else {
        flat(object, below, child);
      }
    }
  }

  private static @Nullable Element first(Element parent) {
    return element(parent.getFirstChild());
  }

  private static @Nullable Element next(Element before) {
    return element(before.getNextSibling());
  }

  private static @Nullable Element element(org.w3c.dom.@Nullable Node from) {
    org.w3c.dom.Node node = from;
    while (node != null && !(node instanceof Element)) {
      node = node.getNextSibling();
    }
    return (Element) node;
  }
}
