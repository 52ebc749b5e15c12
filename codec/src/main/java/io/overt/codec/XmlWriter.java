package io.overt.codec;

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
  private static final WireName CREATION_STATUS = new WireName("creation_status");
  private static final WireName SIZE = new WireName("size");
  private static final WireName TOTAL = new WireName("total");

  private final Output output;
  private final Decorator decorator;
  private byte[] lineStart = lineStart(16);

  /** True while the start tag written last still lacks its {@code >}. */
  private boolean open;

  XmlWriter(Output output, Decorator decorator) {
    this.output = output;
    this.decorator = decorator;
  }

  void document(Struct root) throws IOException {
    output.write(PROLOG);
    WireType wire = WireType.of(root.type());
    struct(wire.name, wire, root, Shape.ENTITY, decorator.href(root), 0);
    output.write('\n');
  }

  void collection(StructType elementType, List<? extends Struct> entries, CollectionSize size)
      throws IOException {
    output.write(PROLOG);
    WireType element = WireType.of(elementType);
    start(element.plural, 0);
    count(SIZE, size.size());
    count(TOTAL, size.total());
    for (Struct entry : entries) {
      struct(
          element.name, WireType.of(entry.type()), entry, Shape.ENTITY, decorator.href(entry), 1);
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
      Object value = struct.get(id.member);
      if (value != null) {
        attribute(ID, value instanceof ApiEnum constant ? constant.wire() : value.toString());
      }
    }
    content(wire, struct, shape, depth + 1);
    end(name, depth);
  }

  private void content(WireType wire, Struct struct, Shape shape, int depth) throws IOException {
    switch (shape) {
      case REFERENCE -> {}
      case NAMED_REFERENCE -> members(wire.names, struct, depth);
      case VALUE -> {
        members(wire.head, struct, depth);
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
    if (status != null) {
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

  private void members(List<WireMember> members, Struct struct, int depth) throws IOException {
    for (int index = 0; index < members.size(); index++) {
      WireMember member = members.get(index);
      Object value = struct.get(member.member);
      if (value == null) {
        continue;
      }
      if (member.list) {
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

  private void value(WireMember member, WireName name, Object value, int depth) throws IOException {
    switch (member.kind) {
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
        output.ascii(plain(value));
        output.write(name.xmlEnd);
      }
    }
  }

  private static String plain(Object value) {
    return switch (value) {
      case ApiEnum constant -> constant.wire();
      case BigDecimal decimal -> decimal.toPlainString();
      default -> value.toString();
    };
  }

  private void nested(WireMember member, WireName name, Struct struct, int depth)
      throws IOException {
    WireType wire = WireType.of(struct.type());
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
