package io.overt.rest.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.overt.rest.http.Format;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** A document that no struct describes, element by element, in both forms of the API. */
public final class Element {
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Element> children = new ArrayList<>();
  private @Nullable String text;

  public Element(String name) {
    this.name = name;
  }

  /** Adds an attribute, unless there is nothing to say. */
  public Element with(String attribute, @Nullable Object value) {
    if (value != null) {
      attributes.put(attribute, value.toString());
    }
    return this;
  }

  /** Adds an element with a text, unless there is nothing to say. */
  public Element add(String child, @Nullable Object value) {
    if (value != null) {
      Element element = new Element(child);
      element.text = value.toString();
      children.add(element);
    }
    return this;
  }

  public Element add(Element child) {
    children.add(child);
    return this;
  }

  /** The whole document. */
  public String text(Format format) {
    return switch (format) {
      case XML -> xml();
      case JSON -> json();
    };
  }

  private String xml() {
    StringWriter target = new StringWriter();
    target.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    try {
      XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(target);
      write(writer, "\n");
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing into memory failed", e);
    }
    return target + "\n";
  }

  private void write(XMLStreamWriter writer, String line) throws XMLStreamException {
    writer.writeCharacters(line);
    String said = text;
    boolean empty = children.isEmpty() && said == null;
    if (empty) {
      writer.writeEmptyElement(name);
    } else {
      writer.writeStartElement(name);
    }
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      writer.writeAttribute(attribute.getKey(), attribute.getValue());
    }
    if (said != null) {
      writer.writeCharacters(said);
    }
    for (Element child : children) {
      child.write(writer, line + "    ");
    }
    if (!children.isEmpty()) {
      writer.writeCharacters(line);
    }
    if (!empty) {
      writer.writeEndElement();
    }
  }

  /** An element that holds nothing but elements of one name is a list of them. */
  private String json() {
    String said = text;
    if (said != null) {
      return quoted(said);
    }
    Map<String, List<String>> members = new LinkedHashMap<>();
    attributes.forEach((key, value) -> members.put(key, List.of(quoted(value))));
    for (Element child : children) {
      members.computeIfAbsent(child.name, _ -> new ArrayList<>()).add(child.json());
    }
    boolean list = attributes.isEmpty() && members.size() == 1;
    List<String> parts = new ArrayList<>();
    members.forEach(
        (key, values) ->
            parts.add(
                quoted(key)
                    + ":"
                    + (list || values.size() > 1
                        ? "[" + String.join(",", values) + "]"
                        : values.getFirst())));
    return "{" + String.join(",", parts) + "}";
  }

  private static String quoted(String value) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
  }
}
