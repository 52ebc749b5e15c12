package io.overt.codec;

import io.overt.model.Member;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a struct type is written: its names and its members in the order of the wire. */
final class WireType {
  private static final List<String> HEAD = List.of("name", "description", "comment");

  /**
   * References that keep the name beside id and href, as recorded from oVirt engine 4.5.8: all of
   * these types, and these.
   */
  private static final Set<String> KEEPS_NAME = Set.of("event", "user.domain");

  private static final Map<StructType, WireType> ALL = all();

  final StructType type;
  final WireName name;
  final WireName plural;

  /** True for objects that may stand as a reference; false for plain values. */
  final boolean identified;

  /** The {@code id}, which is an attribute in XML; null when the type has none. */
  final @Nullable WireMember id;

  /** What is written before the links. */
  final List<WireMember> head;

  /** The {@code name} alone, for references that keep it. */
  final List<WireMember> names;

  /** What is written after the links. */
  final List<WireMember> body;

  private WireType(StructType type) {
    this.type = type;
    this.name = new WireName(type.tag());
    this.plural = new WireName(type.pluralTag());
    this.identified = type.isA(Schema.current().struct("identified"));
    WireMember identity = null;
    List<WireMember> first = new ArrayList<>();
    List<WireMember> rest = new ArrayList<>();
    for (Member member : ordered(type)) {
      boolean keepsName =
          KEEPS_NAME.contains(type.name())
              || KEEPS_NAME.contains(type.name() + "." + member.name());
      WireMember written = new WireMember(member, keepsName);
      if (member.name().equals("id")) {
        identity = written;
      } else if (identified && HEAD.contains(member.name())) {
        first.add(written);
      } else {
        rest.add(written);
      }
    }
    first.sort(Comparator.comparingInt(member -> HEAD.indexOf(member.name.text)));
    this.id = identity;
    this.head = List.copyOf(first);
    this.names = head.subList(0, Math.min(1, head.size()));
    this.body = List.copyOf(rest);
  }

  /** An action is the one type that does not tell links from other members (engine 4.5.8). */
  private static List<Member> ordered(StructType type) {
    return type.name().equals("action")
        ? type.wireOrder().stream().sorted(Comparator.comparing(Member::tag)).toList()
        : type.wireOrder();
  }

  static WireType of(StructType type) {
    WireType wire = ALL.get(type);
    if (wire == null) {
      throw new IllegalArgumentException("the struct type " + type + " is not of this schema");
    }
    return wire;
  }

  private static Map<StructType, WireType> all() {
    Map<StructType, WireType> all = new HashMap<>();
    for (StructType type : Schema.current().structs()) {
      all.put(type, new WireType(type));
    }
    for (WireType wire : all.values()) {
      wire.head.forEach(member -> member.resolve(all));
      wire.body.forEach(member -> member.resolve(all));
    }
    return all;
  }

  /** What of an object is written at one place. */
  enum Shape {
    /** Everything, with address, actions and links. */
    ENTITY,
    /** Identity and address only. */
    REFERENCE,
    /** Identity, address and name. */
    NAMED_REFERENCE,
    /** Everything, without address, actions and links. */
    VALUE
  }

  /**
   * The shape of {@code value} in {@code place}. Links are references; data that has an identity is
   * a reference if the object has an address of its own (the icon of a VM) and a value if not (the
   * LUN of a disk).
   */
  static Shape shape(WireMember place, WireType wire, Struct value, @Nullable String href) {
    if (!wire.identified) {
      return Shape.VALUE;
    }
    if (value.expanded()) {
      return Shape.ENTITY;
    }
    if (value.id() == null || (!place.link && href == null)) {
      return Shape.VALUE;
    }
    return place.keepsName ? Shape.NAMED_REFERENCE : Shape.REFERENCE;
  }
}
