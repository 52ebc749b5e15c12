package io.overt.codec;

import io.overt.codec.WireEdit.Form;
import io.overt.model.Kind;
import io.overt.model.Member;
import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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

  final StructType type;
  final WireName name;
  final WireName plural;

  /** True for objects that may stand as a reference; false for plain values. */
  final boolean identified;

  /** The {@code id}, which is an attribute in XML; null when the type has none. */
  final @Nullable WireMember id;

  /** Attributes beside id and href. */
  final List<WireMember> attributes;

  /** What is written before the links. */
  final List<WireMember> head;

  /** The {@code name} alone, for references that keep it. */
  final List<WireMember> names;

  /** What is written after the links. */
  final List<WireMember> body;

  /** References that stand as links. */
  final List<WireMember> links;

  /** What is read, by its name. */
  final Map<String, WireMember> reading = new HashMap<>();

  /** Names of elements that are kept as they are. */
  final Set<String> extras;

  private WireType(StructType type, WireRules rules, Parts parts) {
    this.type = type;
    this.name = new WireName(rules.name(type.tag()));
    this.plural = new WireName(rules.plural(type));
    this.identified = identified(type);
    this.id = parts.identity;
    this.attributes = List.copyOf(parts.attributes);
    parts.head.sort(Comparator.comparingInt(member -> HEAD.indexOf(member.name.text)));
    this.head = List.copyOf(parts.head);
    this.names = head.subList(0, Math.min(1, head.size()));
    this.body = List.copyOf(parts.body);
    this.links = List.copyOf(parts.links);
    this.extras = Set.copyOf(parts.extras);
  }

  private static boolean identified(StructType type) {
    return type.isA(Schema.current().struct("identified"));
  }

  /** What a type is put together from. */
  private static final class Parts {
    @Nullable WireMember identity;
    final List<WireMember> attributes = new ArrayList<>();
    final List<WireMember> head = new ArrayList<>();
    final List<WireMember> body = new ArrayList<>();
    final List<WireMember> links = new ArrayList<>();
    final Set<String> extras = new HashSet<>();

    void add(WireMember member) {
      switch (member.form) {
        case ATTRIBUTE -> attributes.add(member);
        case LINK -> links.add(member);
        default -> body.add(member);
      }
    }
  }

  /**
   * How a version writes a type.
   *
   * @param old whether members are also read under the names of the model
   */
  static WireType of(StructType type, WireRules rules, boolean old) {
    Parts parts = new Parts();
    Set<String> elsewhere = new HashSet<>();
    Map<String, List<WireMember>> edited = new HashMap<>();
    List<WireMember> atEnd = new ArrayList<>();
    for (WireEdit edit : rules.edits(type)) {
      if (edit.form() == Form.DROPPED) {
        elsewhere.add(edit.name());
      } else if (edit.form() == Form.EXTRA) {
        parts.extras.add(edit.name());
      } else {
        WireMember made = member(edit, type, rules);
        if (made != null) {
          String anchor = anchor(edit, type);
          if (anchor == null) {
            atEnd.add(made);
          } else {
            edited.computeIfAbsent(anchor, _ -> new ArrayList<>()).add(made);
          }
          if (!edit.synonym()) {
            collectSources(edit, type, elsewhere);
          }
        }
      }
    }
    boolean identified = identified(type);
    for (Member member : ordered(type)) {
      boolean keepsName =
          KEEPS_NAME.contains(type.name())
              || KEEPS_NAME.contains(type.name() + "." + member.name());
      if (!elsewhere.contains(member.name())) {
        WireMember written = new WireMember(member, keepsName, rules);
        if (member.name().equals("id")) {
          parts.identity = written;
        } else if (identified && HEAD.contains(member.name())) {
          parts.head.add(written);
        } else {
          parts.body.add(written);
        }
      }
      edited.getOrDefault(member.name(), List.of()).forEach(parts::add);
    }
    atEnd.forEach(parts::add);
    WireType wire = new WireType(type, rules, parts);
    wire.collectReading(rules, old);
    return wire;
  }

  private void collectReading(WireRules rules, boolean old) {
    WireMember identity = id;
    if (identity != null) {
      reading.put("id", identity);
    }
    for (List<WireMember> part : List.of(attributes, head, body)) {
      part.forEach(member -> reading.put(member.name.text, member));
    }
    if (old) {
      for (Member member : type.members()) {
        reading.putIfAbsent(member.tag(), new WireMember(member, false, rules));
      }
    }
  }

  void resolve(WireTable all) {
    reading.values().forEach(member -> member.resolve(all));
    for (List<WireMember> part : List.of(attributes, head, body, links)) {
      part.forEach(member -> member.resolve(all));
    }
  }

  /** A member that the edit's name or source means, for its place among the others. */
  private static @Nullable String anchor(WireEdit edit, StructType type) {
    String anchor = edit.anchor();
    return anchor == null && type.find(edit.name()) != null ? edit.name() : anchor;
  }

  private static void collectSources(WireEdit edit, StructType type, Set<String> sources) {
    String anchor = edit.inside().isEmpty() ? anchor(edit, type) : null;
    if (anchor != null) {
      sources.add(anchor);
    }
    edit.inside().forEach(part -> collectSources(part, type, sources));
  }

  /** The first entry of a list. */
  record FirstOf(Member list) implements Source {
    @Override
    public @Nullable Object of(Struct struct, Decorator decorator) {
      return struct.get(list) instanceof List<?> entries && !entries.isEmpty()
          ? entries.getFirst()
          : null;
    }
  }

  /** Null when this type has no such member. */
  private static @Nullable WireMember member(WireEdit edit, StructType type, WireRules rules) {
    if (!edit.inside().isEmpty()) {
      List<WireMember> inside = new ArrayList<>();
      for (WireEdit part : edit.inside()) {
        WireMember made = member(part, type, rules);
        if (made != null) {
          inside.add(made);
        }
      }
      return inside.isEmpty()
          ? null
          : new WireMember(edit, new WireMember.Place(null, List.of(), null, false, inside), rules);
    }
    String source = edit.source();
    String rest = source.substring(1);
    if (source.startsWith("?")) {
      Source asked = (struct, decorator) -> decorator.asked(struct, rest);
      Member same = type.find(edit.name());
      return new WireMember(
          edit, new WireMember.Place(same, List.of(), asked, false, List.of()), rules);
    }
    if (source.startsWith("!")) {
      return new WireMember(
          edit, new WireMember.Place(null, List.of(), Computed.of(rest), false, List.of()), rules);
    }
    return along(edit, type, rules);
  }

  private static @Nullable WireMember along(WireEdit edit, StructType type, WireRules rules) {
    List<Member> path = new ArrayList<>();
    StructType at = type;
    Source source = null;
    for (String step : edit.source().split("\\.")) {
      if (step.equals("0")) {
        source = new FirstOf(path.getLast());
      } else {
        Member member = at.find(step);
        if (member == null) {
          return null;
        }
        path.add(member);
        at = member.kind() == Kind.STRUCT ? member.structType() : at;
      }
    }
    List<Member> steps = path.size() == 1 ? List.of() : List.copyOf(path);
    if (source == null && !steps.isEmpty()) {
      source = (struct, _) -> follow(steps, struct);
    }
    return new WireMember(
        edit, new WireMember.Place(path.getLast(), steps, source, false, List.of()), rules);
  }

  private static @Nullable Object follow(List<Member> steps, Struct struct) {
    Object value = struct;
    for (Member step : steps) {
      if (!(value instanceof Struct at)) {
        return null;
      }
      value = at.get(step);
    }
    return value;
  }

  /** An action is the one type that does not tell links from other members (engine 4.5.8). */
  private static List<Member> ordered(StructType type) {
    return type.name().equals("action")
        ? type.wireOrder().stream().sorted(Comparator.comparing(Member::tag)).toList()
        : type.wireOrder();
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
