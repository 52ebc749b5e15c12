package io.overt.codec;

import io.overt.codec.WireEdit.Form;
import io.overt.model.ApiEnum;
import io.overt.model.Kind;
import io.overt.model.Member;
import io.overt.model.Struct;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a member is written, or what a document has where the model has members elsewhere. */
final class WireMember {
  /** The member at whose place, or at the end of whose path, the value is; null for no member. */
  final @Nullable Member member;

  private final @Nullable Kind kind;
  final Form form;
  final boolean list;
  final boolean link;
  final WireName name;

  /** Name of an entry, for lists; the member's own otherwise. */
  final WireName item;

  /** True if the name of the referenced object stands beside its id. */
  final boolean keepsName;

  /** Of a plain entry without an element of its own; null elsewhere. */
  final @Nullable WireName itemAttribute;

  /** True for what another member says as well: that one counts when both are sent. */
  final boolean synonym;

  /** The steps to the member, for what is elsewhere; otherwise empty. */
  final List<Member> path;

  /** What stands inside, for groups. */
  final List<WireMember> inside;

  /** The same by name, for reading. */
  final Map<String, WireMember> reading = new HashMap<>();

  private final @Nullable Source source;
  private final boolean upper;
  private final Map<String, String> spelling;

  /** How what is inside is written, when it is of the very type that the model says. */
  private @Nullable WireType expected;

  private @Nullable WireTable table;

  /** A member as the model has it, under names of the version. */
  WireMember(Member member, boolean keepsName, WireRules rules) {
    this(
        new WireEdit(
            Form.ELEMENT,
            rules.name(member.tag()),
            member.itemTag() == null ? null : rules.name(member.itemTag()),
            null,
            member.name(),
            List.of(),
            false,
            false),
        new Place(member, List.of(), null, keepsName, List.of()),
        rules);
  }

  /**
   * Where the value of an edit is.
   *
   * @param member at the end of the path, if the value is a member's
   * @param path to it, when that has several steps
   * @param source instead of the member
   * @param inside what an element is around of
   */
  record Place(
      @Nullable Member member,
      List<Member> path,
      @Nullable Source source,
      boolean keepsName,
      List<WireMember> inside) {}

  WireMember(WireEdit edit, Place place, WireRules rules) {
    Member found = place.member();
    String itemTag = edit.item() != null || found == null ? edit.item() : found.itemTag();
    boolean first = place.source() instanceof WireType.FirstOf;
    this.member = found;
    this.kind = found == null ? null : found.kind();
    this.form = edit.form();
    this.list = found == null ? edit.item() != null : found.list() && !first;
    this.link = found == null || found.link();
    this.name = new WireName(edit.name());
    this.item = itemTag == null || first ? name : new WireName(rules.name(itemTag));
    this.keepsName = place.keepsName();
    this.itemAttribute = edit.itemAttribute() == null ? null : new WireName(edit.itemAttribute());
    this.synonym = edit.synonym();
    this.path = place.path();
    this.source = place.source();
    this.inside = place.inside();
    this.upper = edit.upper();
    String reference = found == null || found.kind() != Kind.ENUM ? null : found.reference();
    this.spelling = reference == null ? Map.of() : rules.spelling(reference);
    inside.forEach(part -> reading.put(part.name.text, part));
  }

  /** Once all types are known. */
  void resolve(WireTable all) {
    table = all;
    Member found = member;
    expected = found != null && kind == Kind.STRUCT ? all.of(found.structType()) : null;
    inside.forEach(part -> part.resolve(all));
  }

  /** The member, where there must be one. */
  Member model() {
    Member own = member;
    if (own == null) {
      throw new IllegalStateException(name + " is no member of the model");
    }
    return own;
  }

  boolean isGroup() {
    return form == Form.GROUP || form == Form.WRITTEN_GROUP;
  }

  /** The value for a document about {@code struct}, or null for none. */
  @Nullable Object of(Struct struct, Decorator decorator) {
    Source other = source;
    if (other != null) {
      return other.of(struct, decorator);
    }
    Member own = member;
    return own == null ? null : struct.get(own);
  }

  /** Whether a group has anything inside. */
  boolean isPresent(Struct struct, Decorator decorator) {
    for (WireMember part : inside) {
      boolean present =
          part.isGroup() ? part.isPresent(struct, decorator) : part.of(struct, decorator) != null;
      if (present && part.form != Form.ATTRIBUTE) {
        return true;
      }
      if (present && !hasContent()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasContent() {
    for (WireMember part : inside) {
      if (part.form != Form.ATTRIBUTE) {
        return true;
      }
    }
    return false;
  }

  /** What a value of this member is. */
  Kind kindOf(Object value) {
    Kind known = kind;
    if (known != null) {
      return known;
    }
    return switch (value) {
      case Struct _ -> Kind.STRUCT;
      case Long _ -> Kind.INTEGER;
      case Boolean _ -> Kind.BOOLEAN;
      case BigDecimal _ -> Kind.DECIMAL;
      case Instant _ -> Kind.DATE;
      case ApiEnum _ -> Kind.ENUM;
      default -> Kind.STRING;
    };
  }

  /** The text of an enumerated value. */
  String spell(ApiEnum constant) {
    String wire = constant.wire();
    if (upper) {
      return wire.toUpperCase(Locale.ROOT);
    }
    return spelling.isEmpty() ? wire : spelling.getOrDefault(wire, wire);
  }

  /** The model's word for a spelling of this version. */
  String unspell(String text) {
    for (Map.Entry<String, String> entry : spelling.entrySet()) {
      if (entry.getValue().equalsIgnoreCase(text)) {
        return entry.getKey();
      }
    }
    return text;
  }

  /** How a value of this member is written. */
  WireType wireOf(Struct value) {
    WireType known = expected;
    WireTable all = table;
    if (known != null && known.type == value.type()) {
      return known;
    }
    if (all == null) {
      throw new IllegalStateException("the tables are not complete");
    }
    return all.of(value);
  }

  /** How what stands here is written and read, when it is of the very type that the model says. */
  WireType wire() {
    WireType known = expected;
    if (known == null) {
      throw new IllegalStateException(name + " holds no objects");
    }
    return known;
  }

  /** Adds an entry that was read to the list at its place. */
  void append(Struct struct, Object item) {
    Object there =
        source == null && member != null ? struct.get(member) : of(struct, Decorator.NONE);
    List<Object> items = new ArrayList<>(there instanceof List<?> list ? list : List.of());
    items.add(item);
    store(struct, items);
  }

  /** Puts a value that was read where it belongs; what is said better elsewhere stays. */
  void store(Struct struct, Object value) {
    Member last = member;
    if (last == null) {
      return;
    }
    Struct target = struct;
    for (int index = 0; index < path.size() - 1; index++) {
      Member step = path.get(index);
      if (!(target.get(step) instanceof Struct next)) {
        Struct made = step.structType().create();
        target.set(step, made);
        target = made;
      } else {
        target = next;
      }
    }
    if (!synonym || !target.has(last)) {
      target.set(last, last.list() && !(value instanceof List<?>) ? List.of(value) : value);
    }
  }
}
