package io.overt.engine.vms.run;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Builds one XML document; attributes are pairs of name and value, null values leave them out. */
final class XmlText {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;

  XmlText() {
    try {
      writer = FACTORY.createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  XmlText open(String name, @Nullable String... attributes) {
    return run(
        () -> {
          writer.writeStartElement(name);
          attributes(attributes);
        });
  }

  XmlText close() {
    return run(writer::writeEndElement);
  }

  XmlText empty(String name, @Nullable String... attributes) {
    return run(
        () -> {
          writer.writeEmptyElement(name);
          attributes(attributes);
        });
  }

  XmlText text(String name, Object value, @Nullable String... attributes) {
    return run(
        () -> {
          writer.writeStartElement(name);
          attributes(attributes);
          writer.writeCharacters(value.toString());
          writer.writeEndElement();
        });
  }

  private void attributes(@Nullable String... attributes) throws XMLStreamException {
    for (int index = 0; index < attributes.length; index += 2) {
      String value = attributes[index + 1];
      if (value != null) {
        writer.writeAttribute(String.valueOf(attributes[index]), value);
      }
    }
  }

  private XmlText run(Part part) {
    try {
      part.write();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Part {
    void write() throws XMLStreamException;
  }

  @Override
  public String toString() {
    run(writer::flush);
    return text.toString();
  }
}
