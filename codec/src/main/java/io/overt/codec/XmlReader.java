package io.overt.codec;

import static javax.xml.stream.XMLStreamConstants.CDATA;
import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.DTD;
import static javax.xml.stream.XMLStreamConstants.END_DOCUMENT;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.ENTITY_REFERENCE;
import static javax.xml.stream.XMLStreamConstants.SPACE;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.overt.codec.WireEdit.Form;
import io.overt.model.ApiEnum;
import io.overt.model.ApiFault;
import io.overt.model.Kind;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads one document. */
final class XmlReader {
  private final WireTable table;
  private final XMLStreamReader input;
  private final Extras extras;
  private final Path path = new Path();

  private XmlReader(WireTable table, XMLStreamReader input, Extras extras) {
    this.table = table;
    this.input = input;
    this.extras = extras;
  }

  static Struct read(WireTable table, StructType expectedRoot, InputStream stream, Extras extras)
      throws IOException {
    try {
      XMLStreamReader input = factory().createXMLStreamReader(stream);
      try {
        return new XmlReader(table, input, extras).document(table.of(expectedRoot));
      } finally {
        input.close();
      }
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException broken
          && !(broken instanceof CharConversionException)) {
        throw broken;
      }
      throw malformed(e.getLocation());
    }
  }

  private static ApiFault malformed(@Nullable Location location) {
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    return BodyFault.syntax("The body is not well-formed XML" + place + ".");
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    // The JDK counts &amp; and &lt; as entities and would refuse a long, escaped OVF. Own entities
    // cannot be declared without a document type, so these limits guard nothing here.
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    return factory;
  }

  private Struct document(WireType expectedRoot) throws XMLStreamException {
    while (next() != START_ELEMENT) {
      // comments and processing instructions before the root
    }
    String tag = tag();
    if (!tag.equals(expectedRoot.name.text)) {
      throw BodyFault.syntax(
          "The root element is '"
              + BodyFault.shown(tag)
              + "', expected '"
              + expectedRoot.name
              + "'.");
    }
    Struct root = struct(expectedRoot, tag);
    while (next() != END_DOCUMENT) {
      // comments and processing instructions after the root
    }
    return root;
  }

  private int next() throws XMLStreamException {
    int event = input.next();
    if (event == DTD || event == ENTITY_REFERENCE) {
      throw BodyFault.syntax("The body has a document type or an entity, which are not accepted.");
    }
    return event;
  }

  /** Name of the current element; a namespace, which no element has, becomes part of it. */
  private String tag() {
    String namespace = input.getNamespaceURI();
    return namespace == null || namespace.isEmpty()
        ? input.getLocalName()
        : "{" + namespace + "}" + input.getLocalName();
  }

  private void enter(String name) {
    path.enter(name);
    if (path.depth() > Limits.DEPTH) {
      throw BodyFault.syntax("The body nests deeper than " + Limits.DEPTH + " elements.");
    }
  }

  private Struct struct(WireType wire, String name) throws XMLStreamException {
    Struct struct = wire.type.create();
    fill(wire.reading, wire.extras, struct, name);
    return struct;
  }

  /** Reads the element that the parser stands at into an object, or a part of it. */
  private void fill(Map<String, WireMember> reading, Set<String> kept, Struct struct, String name)
      throws XMLStreamException {
    enter(name);
    attributes(reading, struct);
    while (true) {
      switch (next()) {
        case START_ELEMENT -> child(reading, kept, struct);
        case END_ELEMENT -> {
          path.leave();
          return;
        }
        case CHARACTERS, CDATA -> refuseText(struct.type().name());
        default -> {}
      }
    }
  }

  private void refuseText(String expected) {
    if (!input.isWhiteSpace()) {
      throw BodyFault.notA(path.toString(), input.getText().strip(), "a " + expected);
    }
  }

  private void attributes(Map<String, WireMember> reading, Struct struct) {
    for (int index = 0; index < input.getAttributeCount(); index++) {
      String namespace = input.getAttributeNamespace(index);
      if (namespace != null && !namespace.isEmpty()) {
        continue;
      }
      String name = input.getAttributeLocalName(index);
      String value = input.getAttributeValue(index);
      WireMember member = name.equals("id") || table.old ? reading.get(name) : null;
      Member scalar = member == null || member.list ? null : member.member;
      if (member != null && scalar != null && scalar.kind() != Kind.STRUCT) {
        Object read = scalar(member, scalar, value, path.to(name));
        if (read != null) {
          member.store(struct, read);
        }
      } else if (name.equals("href")) {
        struct.href(value);
      } else if (!name.equals("rel") && !table.old) {
        throw unknown("attribute", name);
      }
    }
  }

  private ApiFault unknown(String what, String name) {
    return BodyFault.syntax(
        "Unknown " + what + " '" + BodyFault.shown(name) + "' in " + path + ".");
  }

  private void child(Map<String, WireMember> reading, Set<String> kept, Struct struct)
      throws XMLStreamException {
    String tag = tag();
    WireMember member = reading.get(tag);
    if (!kept.isEmpty() && kept.contains(tag)) {
      extras.add(struct, extra(tag));
    } else if (member == null) {
      if (!table.old && !ReadOnly.isReadOnly(tag)) {
        throw unknown("element", tag);
      }
      skip(tag);
    } else if (member.form == Form.GROUP) {
      fill(member.reading, Set.of(), struct, tag);
    } else if (member.form == Form.WRITTEN_GROUP) {
      skip(tag);
    } else {
      member(member, struct, tag);
    }
  }

  private void member(WireMember member, Struct struct, String tag) throws XMLStreamException {
    Member known = member.member;
    if (known == null) {
      skip(tag);
    } else if (tag.equals("id") && !table.old) {
      throw BodyFault.syntax("The id of " + path + " is an attribute, not an element.");
    } else if (member.form == Form.ENTRIES) {
      Object item = entry(member, known, tag);
      if (item != null) {
        member.append(struct, item);
      }
    } else {
      Object value = member.list ? list(member, known) : value(member, known, tag);
      if (value != null) {
        member.store(struct, value);
      }
    }
  }

  /** An entry of a list that has no element around it. */
  private @Nullable Object entry(WireMember member, Member known, String tag)
      throws XMLStreamException {
    WireName attribute = member.itemAttribute;
    if (attribute == null) {
      return value(member, known, tag);
    }
    String text = input.getAttributeValue(null, attribute.text);
    skip(tag);
    return text == null ? null : scalar(member, known, text, path.to(tag));
  }

  /** An element that only this version has, with all that is inside. */
  private ExtraElement extra(String tag) throws XMLStreamException {
    enter(tag);
    ExtraElement element = new ExtraElement(tag);
    for (int index = 0; index < input.getAttributeCount(); index++) {
      ExtraElement attribute = new ExtraElement(input.getAttributeLocalName(index));
      attribute.say(input.getAttributeValue(index));
      element.add(attribute);
    }
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next()) {
        case START_ELEMENT -> element.add(extra(tag()));
        case CHARACTERS, CDATA -> text.append(input.getText());
        case END_ELEMENT -> {
          element.say(text.toString().strip());
          path.leave();
          return element;
        }
        default -> {}
      }
    }
  }

  private void skip(String name) throws XMLStreamException {
    int outside = path.depth();
    enter(name);
    while (path.depth() > outside) {
      switch (next()) {
        case START_ELEMENT -> enter(input.getLocalName());
        case END_ELEMENT -> path.leave();
        default -> {}
      }
    }
  }

  private List<Object> list(WireMember member, Member known) throws XMLStreamException {
    enter(member.name.text);
    List<Object> items = new ArrayList<>();
    while (true) {
      switch (next()) {
        case START_ELEMENT -> {
          String tag = tag();
          if (tag.equals(member.item.text)) {
            Object item = value(member, known, tag);
            if (item != null) {
              items.add(item);
            }
          } else if (table.old || ReadOnly.isReadOnlyOfCollection(tag)) {
            skip(tag);
          } else {
            throw BodyFault.syntax(
                "Unknown element '"
                    + BodyFault.shown(tag)
                    + "' in "
                    + path
                    + ", expected '"
                    + member.item
                    + "'.");
          }
        }
        case END_ELEMENT -> {
          path.leave();
          return items;
        }
        case CHARACTERS, CDATA -> refuseText("list of " + member.item);
        default -> {}
      }
    }
  }

  /** Null for a number without digits, which is as good as absent. */
  private @Nullable Object value(WireMember member, Member known, String tag)
      throws XMLStreamException {
    return known.kind() == Kind.STRUCT
        ? struct(member.wire(), tag)
        : scalar(member, known, text(tag), path.to(tag));
  }

  private String text(String tag) throws XMLStreamException {
    enter(tag);
    String first = "";
    StringBuilder more = null;
    while (true) {
      switch (next()) {
        case CHARACTERS, CDATA, SPACE -> {
          int length = first.length() + (more == null ? 0 : more.length()) + input.getTextLength();
          if (length > Limits.TEXT) {
            throw BodyFault.syntax(
                "The text of " + path + " has more than " + Limits.TEXT + " characters.");
          }
          if (more != null) {
            more.append(input.getTextCharacters(), input.getTextStart(), input.getTextLength());
          } else if (first.isEmpty()) {
            first = input.getText();
          } else {
            more = new StringBuilder(first).append(input.getText());
            first = "";
          }
        }
        case START_ELEMENT -> throw unknown("element", tag());
        case END_ELEMENT -> {
          path.leave();
          return more == null ? first : more.toString();
        }
        default -> {}
      }
    }
  }

  /** Only numbers and dates may stand between blanks, as in engine 4.5. */
  private static @Nullable Object scalar(
      WireMember wire, Member member, String text, String where) {
    return switch (member.kind()) {
      case STRING -> text;
      case BOOLEAN -> bool(text, where);
      case INTEGER -> text.isBlank() ? null : integer(text.strip(), where);
      case DECIMAL -> text.isBlank() ? null : decimal(text.strip(), where);
      case DATE -> date(text.strip(), where);
      case ENUM -> constant(member, wire.unspell(text));
      case STRUCT -> throw BodyFault.notA(where, text, "a " + member.reference());
    };
  }

  private static Boolean bool(String text, String where) {
    Boolean value = Scalars.bool(text);
    if (value == null) {
      throw ApiFault.invalidValue(
          "The string '"
              + BodyFault.shown(text)
              + "' isn't a valid value for the boolean "
              + where
              + ". Valid values are: 'true', 'false', '1', '0'.");
    }
    return value;
  }

  private static Long integer(String text, String where) {
    BigInteger value = Scalars.integer(text);
    if (value == null) {
      throw BodyFault.notA(where, text, "an integer");
    }
    if (!Scalars.fits(value)) {
      throw ApiFault.invalidValue(
          "The value '"
              + text
              + "' of "
              + where
              + " is out of range. Valid values are between "
              + Long.MIN_VALUE
              + " and "
              + Long.MAX_VALUE
              + ".");
    }
    return value.longValue();
  }

  private static BigDecimal decimal(String text, String where) {
    BigDecimal value = Scalars.decimal(text);
    if (value == null) {
      throw BodyFault.notA(where, text, "a decimal number");
    }
    return value;
  }

  private static Instant date(String text, String where) {
    Instant value = Scalars.date(text);
    if (value == null) {
      throw BodyFault.notA(where, text, "a date like 2023-11-14T22:13:20.123Z");
    }
    return value;
  }

  private static ApiEnum constant(Member member, String text) {
    ApiEnum value = member.enumType().find(text);
    if (value == null) {
      throw BodyFault.enumValue(member, text);
    }
    return value;
  }
}
