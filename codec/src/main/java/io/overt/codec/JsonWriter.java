package io.overt.codec;

import io.overt.codec.WireEdit.Form;
import io.overt.codec.WireType.Shape;
import io.overt.model.ApiEnum;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one document, pretty or on one line. */
final class JsonWriter {
  private static final WireName ACTIONS = new WireName("actions");
  private static final WireName STATE = new WireName("state");
  private static final WireName CREATION_STATUS = new WireName("creation_status");
  private static final WireName LINK = new WireName("link");
  private static final WireName HREF = new WireName("href");
  private static final WireName SIZE = new WireName("size");
  private static final WireName TOTAL = new WireName("total");
  private static final byte[] EMPTY_END = WireName.bytes(" }");
  private static final Indented END = new Indented(depth -> Indented.line(depth) + "}");
  private static final Indented FIRST_LINK = new Indented(depth -> "[ " + linkStart(depth));
  private static final Indented NEXT_LINK = new Indented(depth -> ", " + linkStart(depth));

  private final WireTable table;
  private final Output output;
  private final Decorator decorator;
  private final boolean pretty;
  private String linkBase = "";
  private byte[] encodedBase = new byte[0];

  /** True while the object begun last has no property yet. */
  private boolean fresh;

  JsonWriter(WireTable table, Output output, Decorator decorator, boolean pretty) {
    this.table = table;
    this.output = output;
    this.decorator = decorator;
    this.pretty = pretty;
  }

  void document(Struct root) throws IOException {
    struct(table.of(root), root, Shape.ENTITY, decorator.href(root), 0);
  }

  void collection(StructType elementType, List<? extends Struct> entries, CollectionSize size)
      throws IOException {
    begin();
    count(SIZE, size.size());
    count(TOTAL, size.total());
    if (!entries.isEmpty()) {
      property(table.of(elementType).name, 1);
      boolean first = true;
      for (Struct entry : entries) {
        item(first);
        struct(table.of(entry), entry, Shape.ENTITY, decorator.href(entry), 1);
        first = false;
      }
      endItems();
    }
    end(0);
  }

  private void count(WireName name, @Nullable Long count) throws IOException {
    if (count != null) {
      property(name, 1);
      quoted(count.toString());
    }
  }

  /**
   * @param depth of the object; its properties are one deeper
   */
  private void struct(WireType wire, Struct struct, Shape shape, @Nullable String href, int depth)
      throws IOException {
    begin();
    if (shape == Shape.VALUE || shape == Shape.ENTITY) {
      members(wire.attributes, struct, depth + 1);
    }
    content(wire, struct, shape, depth + 1);
    if (href != null && shape != Shape.VALUE) {
      text(HREF, href, depth + 1);
    }
    WireMember id = wire.id;
    if (id != null) {
      Object value = id.of(struct, decorator);
      if (value != null) {
        property(id.name, depth + 1);
        value(id, value, depth + 1);
      }
    }
    end(depth);
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
        String status = decorator.creationStatus(struct);
        if (status != null && table.old) {
          property(CREATION_STATUS, depth);
          begin();
          text(STATE, status, depth + 1);
          end(depth);
        } else if (status != null) {
          text(CREATION_STATUS, status, depth);
        }
        links(decorator.links(struct), depth);
        members(wire.body, struct, depth);
      }
    }
  }

  private void actions(Struct struct, int depth) throws IOException {
    List<Link> actions = decorator.actions(struct);
    if (!actions.isEmpty()) {
      property(ACTIONS, depth);
      begin();
      links(actions, depth + 1);
      end(depth);
    }
  }

  private void links(List<Link> links, int depth) throws IOException {
    if (links.isEmpty()) {
      return;
    }
    property(LINK, depth);
    byte[] start = FIRST_LINK.at(depth);
    for (int index = 0; index < links.size(); index++) {
      Link link = links.get(index);
      output.write(start);
      output.write(encoded(link.base()));
      output.write(link.relation().json.at(depth));
      start = NEXT_LINK.at(depth);
    }
    endItems();
  }

  /** References that stand as links. */
  private void references(List<WireMember> references, Struct struct, int depth)
      throws IOException {
    if (!references.isEmpty()) {
      List<Link> links = new ArrayList<>();
      for (WireMember member : references) {
        String href = member.of(struct, decorator) instanceof Struct to ? decorator.href(to) : null;
        if (href != null) {
          links.add(new Link(href, member.name.text));
        }
      }
      links(links, depth);
    }
  }

  private static String linkStart(int depth) {
    return "{" + Indented.line(depth + 1) + "\"href\" : \"";
  }

  /** All links of an object begin alike. */
  private byte[] encoded(String base) {
    if (!base.equals(linkBase)) {
      linkBase = base;
      encodedBase = WireName.bytes(Output.jsonOf(base));
    }
    return encodedBase;
  }

  private void members(List<WireMember> members, Struct struct, int depth) throws IOException {
    for (int index = 0; index < members.size(); index++) {
      WireMember member = members.get(index);
      if (member.isGroup()) {
        group(member, struct, depth);
        continue;
      }
      Object value = member.of(struct, decorator);
      if (value == null) {
        continue;
      }
      if (member.form == Form.ENTRIES) {
        entries(member, (List<?>) value, depth);
        continue;
      }
      property(member.name, depth);
      if (member.list) {
        list(member, (List<?>) value, depth);
      } else {
        value(member, value, depth);
      }
    }
  }

  /** An object around members of the same object. */
  private void group(WireMember group, Struct struct, int depth) throws IOException {
    if (group.isPresent(struct, decorator)) {
      property(group.name, depth);
      begin();
      members(group.inside, struct, depth + 1);
      end(depth);
    }
  }

  /** Entries without an object around them. */
  private void entries(WireMember member, List<?> values, int depth) throws IOException {
    if (values.isEmpty()) {
      return;
    }
    property(member.name, depth);
    WireName attribute = member.itemAttribute;
    boolean first = true;
    for (Object value : values) {
      item(first);
      if (attribute == null) {
        value(member, value, depth);
      } else {
        begin();
        property(attribute, depth + 1);
        value(member, value, depth + 1);
        end(depth);
      }
      first = false;
    }
    endItems();
  }

  private void list(WireMember member, List<?> values, int depth) throws IOException {
    begin();
    if (!values.isEmpty()) {
      property(member.item, depth + 1);
      boolean first = true;
      for (Object value : values) {
        item(first);
        value(member, value, depth + 1);
        first = false;
      }
      endItems();
    }
    end(depth);
  }

  private void value(WireMember member, Object value, int depth) throws IOException {
    switch (member.kindOf(value)) {
      case STRUCT -> nested(member, (Struct) value, depth);
      case STRING -> output.jsonText((String) value);
      case INTEGER -> {
        output.write('"');
        output.number((Long) value);
        output.write('"');
      }
      case BOOLEAN -> quoted(value.toString());
      case ENUM -> quoted(member.spell((ApiEnum) value));
      case DECIMAL -> output.ascii(((BigDecimal) value).toPlainString());
      case DATE -> output.number(((Instant) value).toEpochMilli());
    }
  }

  private void nested(WireMember member, Struct struct, int depth) throws IOException {
    WireType wire = member.wireOf(struct);
    if (!wire.identified || !decorator.abbreviates()) {
      struct(wire, struct, Shape.VALUE, null, depth);
      return;
    }
    String href = decorator.href(struct);
    struct(wire, struct, WireType.shape(member, wire, struct, href), href, depth);
  }

  private void quoted(String ascii) throws IOException {
    output.write('"');
    output.ascii(ascii);
    output.write('"');
  }

  private void text(WireName name, String value, int depth) throws IOException {
    property(name, depth);
    output.jsonText(value);
  }

  private void begin() throws IOException {
    output.write('{');
    fresh = true;
  }

  private void property(WireName name, int depth) throws IOException {
    byte[] text = pretty ? name.json.at(depth) : name.jsonCompact;
    int comma = fresh ? 1 : 0;
    output.write(text, comma, text.length - comma);
    fresh = false;
  }

  private void end(int depth) throws IOException {
    if (!pretty) {
      output.write('}');
    } else if (fresh) {
      output.write(EMPTY_END);
    } else {
      output.write(END.at(depth));
    }
    fresh = false;
  }

  private void item(boolean first) throws IOException {
    if (pretty) {
      output.ascii(first ? "[ " : ", ");
    } else {
      output.write(first ? '[' : ',');
    }
  }

  private void endItems() throws IOException {
    output.ascii(pretty ? " ]" : "]");
  }
}
