package io.overt.codec;

import io.overt.codec.WireEdit.Form;
import io.overt.codec.WireType.Shape;
import io.overt.model.ApiEnum;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one document. */
final class XmlWriter {
  private static final byte[] PROLOG =
      WireName.bytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
  private static final int INDENT = 4;
  private static final byte[] HREF = WireName.bytes(" href=\"");
  private static final byte[] ID = WireName.bytes(" id=\"");
  private static final byte[] EMPTY = WireName.bytes("/>");
  private static final WireName ACTIONS = new WireName("actions");
  private static final byte[] LINK = WireName.bytes("<link href=\"");
  private static final WireName STATE = new WireName("state");
  private static final WireName CREATION_STATUS = new WireName("creation_status");
  private static final WireName SIZE = new WireName("size");
  private static final WireName TOTAL = new WireName("total");

  private final WireTable table;
  private final Output output;
  private final Decorator decorator;
  private byte[] lineStart = lineStart(16);

  /** True while the start tag written last still lacks its {@code >}. */
  private boolean open;

  XmlWriter(WireTable table, Output output, Decorator decorator) {
    this.table = table;
    this.output = output;
    this.decorator = decorator;
  }

  void document(Struct root) throws IOException {
    output.write(PROLOG);
    WireType wire = table.of(root);
    struct(wire.name, wire, root, Shape.ENTITY, decorator.href(root), 0);
    output.write('\n');
  }

  void collection(StructType elementType, List<? extends Struct> entries, CollectionSize size)
      throws IOException {
    output.write(PROLOG);
    WireType element = table.of(elementType);
    start(element.plural, 0);
    count(SIZE, size.size());
    count(TOTAL, size.total());
    for (Struct entry : entries) {
      struct(element.name, table.of(entry), entry, Shape.ENTITY, decorator.href(entry), 1);
    }
    end(element.plural, 0);
    output.write('\n');
  }

  private void count(WireName name, @Nullable Long count) throws IOException {
    if (count != null) {
      startText(name, 1);
      output.number(count);
      output.write(name.xmlEnd);
    }
  }

  private void struct(
      WireName name, WireType wire, Struct struct, Shape shape, @Nullable String href, int depth)
      throws IOException {
    start(name, depth);
    if (href != null && shape != Shape.VALUE) {
      attribute(HREF, href);
    }
    WireMember id = wire.id;
    if (id != null) {
      Object value = id.of(struct, decorator);
      if (value != null) {
        attribute(ID, value instanceof ApiEnum constant ? constant.wire() : value.toString());
      }
    }
    if (shape == Shape.VALUE || shape == Shape.ENTITY) {
      attributes(wire.attributes, struct);
    }
    content(wire, struct, shape, depth + 1);
    end(name, depth);
  }

  private void attributes(List<WireMember> attributes, Struct struct) throws IOException {
    for (int index = 0; index < attributes.size(); index++) {
      WireMember member = attributes.get(index);
      Object value = member.of(struct, decorator);
      if (value != null) {
        attribute(member.name.xmlAttribute, plain(member, value));
      }
    }
  }

  private void content(WireType wire, Struct struct, Shape shape, int depth) throws IOException {
    switch (shape) {
      case REFERENCE -> {}
      case NAMED_REFERENCE -> members(wire.names, struct, depth);
      case VALUE -> {
        members(wire.head, struct, depth);
        references(wire.links, struct, depth);
        members(wire.body, struct, depth);
      }
      case ENTITY -> {
        actions(struct, depth);
        members(wire.head, struct, depth);
        links(struct, depth);
        members(wire.body, struct, depth);
      }
    }
  }

  private void actions(Struct struct, int depth) throws IOException {
    List<Link> actions = decorator.actions(struct);
    if (!actions.isEmpty()) {
      start(ACTIONS, depth);
      for (Link link : actions) {
        link(link, depth + 1);
      }
      end(ACTIONS, depth);
    }
  }

  private void links(Struct struct, int depth) throws IOException {
    String status = decorator.creationStatus(struct);
    if (status != null && table.old) {
      start(CREATION_STATUS, depth);
      startText(STATE, depth + 1);
      output.xmlText(status);
      output.write(STATE.xmlEnd);
      end(CREATION_STATUS, depth);
    } else if (status != null) {
      startText(CREATION_STATUS, depth);
      output.xmlText(status);
      output.write(CREATION_STATUS.xmlEnd);
    }
    for (Link link : decorator.links(struct)) {
      link(link, depth);
    }
  }

  private void link(Link link, int depth) throws IOException {
    line(depth);
    output.write(LINK);
    output.xmlAttribute(link.base());
    output.write(link.relation().xml);
  }

  /** References that stand as links. */
  private void references(List<WireMember> references, Struct struct, int depth)
      throws IOException {
    for (WireMember member : references) {
      String href = member.of(struct, decorator) instanceof Struct to ? decorator.href(to) : null;
      if (href != null) {
        link(new Link(href, member.name.text), depth);
      }
    }
  }

  private void members(List<WireMember> members, Struct struct, int depth) throws IOException {
    for (int index = 0; index < members.size(); index++) {
      WireMember member = members.get(index);
      if (member.isGroup()) {
        group(member, struct, depth);
        continue;
      }
      Object value = member.form == Form.ATTRIBUTE ? null : member.of(struct, decorator);
      if (value == null) {
        continue;
      }
      if (member.form == Form.ENTRIES) {
        entries(member, (List<?>) value, depth);
      } else if (member.list) {
        start(member.name, depth);
        for (Object item : (List<?>) value) {
          value(member, member.item, item, depth + 1);
        }
        end(member.name, depth);
      } else {
        value(member, member.name, value, depth);
      }
    }
  }

  /** Entries without an element around them. */
  private void entries(WireMember member, List<?> values, int depth) throws IOException {
    WireName attribute = member.itemAttribute;
    for (Object item : values) {
      if (attribute == null) {
        value(member, member.name, item, depth);
      } else {
        start(member.name, depth);
        attribute(attribute.xmlAttribute, plain(member, item));
        end(member.name, depth);
      }
    }
  }

  /** An element around members of the same object. */
  private void group(WireMember group, Struct struct, int depth) throws IOException {
    if (!group.isPresent(struct, decorator)) {
      return;
    }
    start(group.name, depth);
    for (WireMember part : group.inside) {
      Object value =
          part.form == Form.ATTRIBUTE || part.form == Form.TEXT ? part.of(struct, decorator) : null;
      if (value != null && part.form == Form.ATTRIBUTE) {
        attribute(part.name.xmlAttribute, plain(part, value));
      } else if (value != null) {
        output.write('>');
        output.xmlText(plain(part, value));
        open = false;
        output.write(group.name.xmlEnd);
        return;
      }
    }
    members(group.inside, struct, depth + 1);
    end(group.name, depth);
  }

  private void value(WireMember member, WireName name, Object value, int depth) throws IOException {
    switch (member.kindOf(value)) {
      case STRUCT -> nested(member, name, (Struct) value, depth);
      case STRING -> {
        startText(name, depth);
        output.xmlText((String) value);
        output.write(name.xmlEnd);
      }
      case INTEGER -> {
        startText(name, depth);
        output.number((Long) value);
        output.write(name.xmlEnd);
      }
      case DATE -> {
        startText(name, depth);
        output.date((Instant) value);
        output.write(name.xmlEnd);
      }
      case BOOLEAN, DECIMAL, ENUM -> {
        startText(name, depth);
        output.ascii(plain(member, value));
        output.write(name.xmlEnd);
      }
    }
  }

  private static String plain(WireMember member, Object value) {
    return switch (value) {
      case ApiEnum constant -> member.spell(constant);
      case BigDecimal decimal -> decimal.toPlainString();
      default -> value.toString();
    };
  }

  private void nested(WireMember member, WireName name, Struct struct, int depth)
      throws IOException {
    WireType wire = member.wireOf(struct);
    if (!wire.identified || !decorator.abbreviates()) {
      struct(name, wire, struct, Shape.VALUE, null, depth);
      return;
    }
    String href = decorator.href(struct);
    Shape shape = WireType.shape(member, wire, struct, href);
    struct(name, wire, struct, shape, href, depth);
  }

  private void start(WireName name, int depth) throws IOException {
    line(depth);
    output.write(name.xmlOpen);
    open = true;
  }

  private void startText(WireName name, int depth) throws IOException {
    line(depth);
    output.write(name.xmlStart);
  }

  private void end(WireName name, int depth) throws IOException {
    if (open) {
      output.write(EMPTY);
      open = false;
    } else {
      line(depth);
      output.write(name.xmlEnd);
    }
  }

  private void attribute(byte[] name, String value) throws IOException {
    output.write(name);
    output.xmlAttribute(value);
    output.write('"');
  }

  private void line(int depth) throws IOException {
    if (open) {
      output.write('>');
      open = false;
    }
    int length = 1 + depth * INDENT;
    if (length > lineStart.length) {
      lineStart = lineStart(depth * 2);
    }
    output.write(lineStart, 0, length);
  }

  private static byte[] lineStart(int depth) {
    byte[] line = new byte[1 + depth * INDENT];
    Arrays.fill(line, (byte) ' ');
    line[0] = '\n';
    return line;
  }
}
