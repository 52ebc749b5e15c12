package io.overt.units.xmlrpc;

import io.overt.units.xmlrpc.XmlRpc.Call;
import io.overt.units.xmlrpc.XmlRpc.Response;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads messages; document types and entities of their own are refused. */
final class XmlRpcReader {
  private static final int DEEPEST = 64;
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;

  XmlRpcReader(byte[] bytes) throws MalformedMessage {
    try {
      xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(bytes));
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  private static MalformedMessage malformed(XMLStreamException e) {
    return new MalformedMessage(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
  }

  Call call() throws MalformedMessage {
    try {
      open("methodCall");
      open("methodName");
      String method = xml.getElementText().strip();
      List<@Nullable Object> parameters = new ArrayList<>();
      if (next("params")) {
        while (next("param")) {
          open("value");
          parameters.add(value(0));
          close();
        }
      }
      return new Call(method, parameters);
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  Response response() throws MalformedMessage {
    try {
      open("methodResponse");
      if (xml.nextTag() != XMLStreamConstants.START_ELEMENT) {
        throw new MalformedMessage("an empty methodResponse");
      }
      if (xml.getLocalName().equals("fault")) {
        open("value");
        Map<?, ?> fault = value(0) instanceof Map<?, ?> map ? map : Map.of();
        return new Response.Fault(
            fault.get("faultCode") instanceof Integer code ? code : 0,
            String.valueOf(Objects.requireNonNullElse(fault.get("faultString"), "")));
      }
      expect("params");
      open("param");
      open("value");
      return new Response.Value(value(0));
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /** The value whose start tag was read; reads its end tag. */
  private @Nullable Object value(int depth) throws XMLStreamException, MalformedMessage {
    if (depth > DEEPEST) {
      throw new MalformedMessage("values within values within values, over " + DEEPEST);
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getText());
        case XMLStreamConstants.START_ELEMENT -> {
          Object value = typed(xml.getLocalName(), depth);
          close();
          return value;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> {}
      }
    }
  }

  private @Nullable Object typed(String type, int depth)
      throws XMLStreamException, MalformedMessage {
    return switch (type) {
      case "string", "base64", "dateTime.iso8601" -> xml.getElementText();
      case "int", "i4", "i8", "ex:i8", "i1", "i2", "ex:i1", "ex:i2" ->
          number(type, xml.getElementText().strip());
      case "boolean" -> xml.getElementText().strip().equals("1");
      case "double", "float", "ex:float" -> {
        String text = xml.getElementText().strip();
        try {
          yield Double.valueOf(text);
        } catch (NumberFormatException e) {
          throw new MalformedMessage("<double> holds '" + text + "'");
        }
      }
      case "nil", "ex:nil" -> {
        xml.getElementText();
        yield null;
      }
      case "array" -> {
        List<@Nullable Object> list = new ArrayList<>();
        open("data");
        while (next("value")) {
          list.add(value(depth + 1));
        }
        close();
        yield list;
      }
      case "struct" -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (next("member")) {
          open("name");
          String name = xml.getElementText();
          open("value");
          map.put(name, value(depth + 1));
          close();
        }
        yield map;
      }
      default -> throw new MalformedMessage("<" + type + "> is no type of a value");
    };
  }

  private static Object number(String type, String text) throws MalformedMessage {
    try {
      long number = Long.parseLong(text);
      if (number == (int) number) {
        return (int) number;
      }
      return number;
    } catch (NumberFormatException e) {
      throw new MalformedMessage("<" + type + "> holds '" + text + "'");
    }
  }

  private void open(String name) throws XMLStreamException, MalformedMessage {
    if (!next(name)) {
      throw new MalformedMessage("<" + name + "> is missing");
    }
  }

  /** Goes on to a start tag of this name, or to the end tag of what it would be in. */
  private boolean next(String name) throws XMLStreamException, MalformedMessage {
    if (xml.nextTag() == XMLStreamConstants.END_ELEMENT) {
      return false;
    }
    expect(name);
    return true;
  }

  private void expect(String name) throws MalformedMessage {
    if (!xml.getLocalName().equals(name)) {
      throw new MalformedMessage("<" + xml.getLocalName() + "> where <" + name + "> is expected");
    }
  }

  private void close() throws XMLStreamException, MalformedMessage {
    if (xml.nextTag() != XMLStreamConstants.END_ELEMENT) {
      throw new MalformedMessage("<" + xml.getLocalName() + "> is one too many");
    }
  }
}
