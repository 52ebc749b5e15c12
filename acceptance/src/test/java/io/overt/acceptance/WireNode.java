package io.overt.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A document as it was sent: its names in their order, and of what kind each value is. */
sealed interface WireNode {
  /** What JSON tells apart; in XML everything is text. */
  enum Kind {
    TEXT,
    NUMBER,
    OTHER
  }

  record Value(Kind kind, String text) implements WireNode {}

  /** Attributes of XML are members whose names begin with {@code @}. */
  record Members(List<Member> members) implements WireNode {
    /** The text of a member, or nothing. */
    String text(String name) {
      for (Member member : members) {
        if (member.name().equals(name) && member.node() instanceof Value(_, String text)) {
          return text;
        }
      }
      return "";
    }
  }

  /** One member; an array of JSON is several of the same name that say so. */
  record Member(String name, boolean ofArray, WireNode node) {}

  static WireNode json(String text) {
    try {
      return json(new ObjectMapper().readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  private static WireNode json(JsonNode node) {
    if (node.isObject()) {
      List<Member> members = new ArrayList<>();
      node.forEachEntry(
          (name, value) -> {
            if (value.isArray()) {
              value.forEach(entry -> members.add(new Member(name, true, json(entry))));
            } else {
              members.add(new Member(name, false, json(value)));
            }
          });
      return new Members(members);
    }
    Kind kind = node.isTextual() ? Kind.TEXT : node.isNumber() ? Kind.NUMBER : Kind.OTHER;
    return new Value(kind, node.asText());
  }

  /** The document with its root as the only member. */
  static Members xml(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element root =
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(text)))
              .getDocumentElement();
      return new Members(List.of(new Member(root.getTagName(), false, xml(root))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("not XML: " + text, e);
    }
  }

  private static WireNode xml(Element element) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      members.add(
          new Member(
              "@" + attribute.getNodeName(),
              false,
              new Value(Kind.TEXT, attribute.getNodeValue())));
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        members.add(new Member(inner.getTagName(), false, xml(inner)));
      }
    }
    return members.isEmpty()
        ? new Value(Kind.TEXT, element.getTextContent())
        : new Members(members);
  }
}
