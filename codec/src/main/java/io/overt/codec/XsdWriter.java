package io.overt.codec;

import io.overt.model.EnumType;
import io.overt.model.Member;
import io.overt.model.OperationType;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import io.overt.model.StructType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Describes the XML dialect as a W3C XML Schema 1.0: what {@code GET /api?schema} answers.
 *
 * <p>The content models state the order in which documents are written; the reader takes elements
 * in any order, which XML Schema 1.0 cannot say for extended types.
 */
public final class XsdWriter {
  private final StringBuilder text = new StringBuilder(256 * 1024);
  private final Schema schema;
  private final WireTable table;
  private final boolean flat;
  private final Set<String> answered = new HashSet<>();

  private XsdWriter(ApiVersion version, Schema schema) {
    this.schema = schema;
    this.table = WireTable.of(version);
    // Other versions edit types one by one, so that nothing is sure to be inherited.
    this.flat = version != ApiVersion.V4;
    for (ServiceType service : schema.services()) {
      for (OperationType operation : service.operations()) {
        ParameterType result = operation.result();
        if (result != null && result.reference() != null) {
          answered.add(result.reference());
        }
      }
    }
  }

  /** The whole schema document of a version, to be sent in UTF-8. */
  public static String write(ApiVersion version) {
    return new XsdWriter(version, Schema.current()).document();
  }

  private String document() {
    line(0, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    line(0, "<xs:schema version=\"1.0\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">");
    elements();
    linkTypes();
    schema.structs().forEach(this::struct);
    schema.enums().forEach(this::enumeration);
    line(0, "</xs:schema>");
    return text.toString();
  }

  private void elements() {
    Set<String> declared = new HashSet<>();
    for (StructType type : schema.structs()) {
      String tag = table.of(type).name.text;
      if (declared.add(tag)) {
        line(1, "<xs:element name=\"" + tag + "\" type=\"" + typeName(type) + "\"/>");
      }
    }
    for (StructType type : schema.structs()) {
      String plural = table.of(type).plural.text;
      if (declared.add(plural)) {
        line(1, "<xs:element name=\"" + plural + "\">");
        line(2, "<xs:complexType>");
        line(3, "<xs:sequence>");
        line(4, "<xs:element name=\"size\" type=\"xs:long\" minOccurs=\"0\"/>");
        line(4, "<xs:element name=\"total\" type=\"xs:long\" minOccurs=\"0\"/>");
        repeated(4, table.of(type).name.text, typeName(type));
        line(3, "</xs:sequence>");
        line(2, "</xs:complexType>");
        line(1, "</xs:element>");
      }
    }
  }

  private void linkTypes() {
    line(1, "<xs:complexType name=\"Link\">");
    line(2, "<xs:attribute name=\"href\" type=\"xs:string\" use=\"required\"/>");
    line(2, "<xs:attribute name=\"rel\" type=\"xs:string\" use=\"required\"/>");
    line(1, "</xs:complexType>");
    line(1, "<xs:complexType name=\"Actions\">");
    line(2, "<xs:sequence>");
    repeated(3, "link", "Link");
    line(2, "</xs:sequence>");
    line(1, "</xs:complexType>");
  }

  private void struct(StructType type) {
    WireType wire = table.of(type);
    StructType base = flat ? null : type.base();
    line(1, "<xs:complexType name=\"" + typeName(type) + "\">");
    int depth = 2;
    if (base != null) {
      line(2, "<xs:complexContent>");
      line(3, "<xs:extension base=\"" + typeName(base) + "\">");
      depth = 4;
    }
    boolean addressed = base == null && (wire.identified || answered.contains(type.name()));
    line(depth, "<xs:sequence>");
    if (addressed) {
      optional(depth + 1, "actions", "Actions");
    }
    members(depth + 1, wire.head, type);
    if (addressed) {
      optional(depth + 1, "creation_status", "xs:string");
    }
    if (addressed || !wire.links.isEmpty()) {
      repeated(depth + 1, "link", "Link");
    }
    members(depth + 1, wire.body, type);
    line(depth, "</xs:sequence>");
    if (addressed) {
      line(depth, "<xs:attribute name=\"href\" type=\"xs:string\"/>");
    }
    WireMember id = wire.id;
    if (id != null && isOwn(id.model(), type)) {
      line(depth, "<xs:attribute name=\"id\" type=\"" + typeName(id.model()) + "\"/>");
    }
    attributes(depth, wire.attributes);
    if (base != null) {
      line(3, "</xs:extension>");
      line(2, "</xs:complexContent>");
    }
    line(1, "</xs:complexType>");
  }

  private boolean isOwn(Member member, StructType type) {
    StructType base = type.base();
    return flat || base == null || member.index() >= base.members().size();
  }

  private void attributes(int depth, List<WireMember> members) {
    for (WireMember written : members) {
      Member member = written.member;
      String type = member == null ? "xs:string" : typeName(member);
      line(depth, "<xs:attribute name=\"" + written.name + "\" type=\"" + type + "\"/>");
    }
  }

  private void members(int depth, List<WireMember> members, StructType type) {
    for (WireMember written : members) {
      Member member = written.member;
      if (written.isGroup()) {
        group(depth, written, type);
      } else if (member == null) {
        // Only whoever writes knows what stands there.
        optional(depth, written.name.text, "xs:anyType");
      } else if (isOwn(member, type)) {
        own(depth, written, member);
      }
    }
  }

  private void own(int depth, WireMember written, Member member) {
    if (written.itemAttribute != null) {
      line(
          depth,
          "<xs:element name=\"%s\" minOccurs=\"0\" maxOccurs=\"unbounded\">"
              .formatted(written.name));
      line(depth + 1, "<xs:complexType>");
      line(
          depth + 2,
          "<xs:attribute name=\"%s\" type=\"%s\"/>"
              .formatted(written.itemAttribute, typeName(member)));
      line(depth + 1, "</xs:complexType>");
      line(depth, "</xs:element>");
    } else if (written.form == WireEdit.Form.ENTRIES) {
      repeated(depth, written.name.text, typeName(member));
    } else if (written.list) {
      line(depth, "<xs:element name=\"" + written.name + "\" minOccurs=\"0\">");
      line(depth + 1, "<xs:complexType>");
      line(depth + 2, "<xs:sequence>");
      repeated(depth + 3, written.item.text, typeName(member));
      line(depth + 2, "</xs:sequence>");
      line(depth + 1, "</xs:complexType>");
      line(depth, "</xs:element>");
    } else {
      optional(depth, written.name.text, typeName(member));
    }
  }

  /** An element around others, which may have a text of its own. */
  private void group(int depth, WireMember written, StructType type) {
    List<WireMember> inside = written.inside;
    boolean mixed = inside.stream().anyMatch(part -> part.form == WireEdit.Form.TEXT);
    line(depth, "<xs:element name=\"" + written.name + "\" minOccurs=\"0\">");
    line(depth + 1, "<xs:complexType" + (mixed ? " mixed=\"true\">" : ">"));
    line(depth + 2, "<xs:sequence>");
    members(depth + 3, inside.stream().filter(XsdWriter::isElement).toList(), type);
    line(depth + 2, "</xs:sequence>");
    attributes(
        depth + 2, inside.stream().filter(part -> part.form == WireEdit.Form.ATTRIBUTE).toList());
    line(depth + 1, "</xs:complexType>");
    line(depth, "</xs:element>");
  }

  private static boolean isElement(WireMember part) {
    return part.form != WireEdit.Form.ATTRIBUTE && part.form != WireEdit.Form.TEXT;
  }

  private void enumeration(EnumType type) {
    line(1, "<xs:simpleType name=\"" + BodyFault.camelCase(type.name()) + "\">");
    line(2, "<xs:restriction base=\"xs:string\">");
    for (String value : type.values()) {
      line(3, "<xs:enumeration value=\"" + value + "\"/>");
    }
    line(2, "</xs:restriction>");
    line(1, "</xs:simpleType>");
  }

  private static String typeName(StructType type) {
    return BodyFault.camelCase(type.name());
  }

  private String typeName(Member member) {
    return switch (member.kind()) {
      case STRING -> "xs:string";
      case BOOLEAN -> "xs:boolean";
      case INTEGER -> "xs:long";
      case DECIMAL -> "xs:decimal";
      case DATE -> "xs:dateTime";
      // Other versions spell some values otherwise.
      case ENUM -> flat ? "xs:string" : BodyFault.camelCase(member.enumType().name());
      case STRUCT -> typeName(member.structType());
    };
  }

  private void optional(int depth, String name, String type) {
    line(depth, "<xs:element name=\"" + name + "\" type=\"" + type + "\" minOccurs=\"0\"/>");
  }

  private void repeated(int depth, String name, String type) {
    line(
        depth,
        "<xs:element name=\""
            + name
            + "\" type=\""
            + type
            + "\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>");
  }

  private void line(int depth, String content) {
    text.append("    ".repeat(depth)).append(content).append('\n');
  }
}
