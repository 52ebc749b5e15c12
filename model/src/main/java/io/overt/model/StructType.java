package io.overt.model;

import io.overt.model.types.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A struct of the model: names, members (inherited ones first) and the order of writing. */
public final class StructType {
  private final String name;
  private final String tag;
  private final String pluralTag;
  private final @Nullable StructType base;
  private final List<Member> members;
  private final List<Member> wireOrder;
  private final List<Member> nesting;
  private final Map<String, Member> byTag;
  private final Map<String, Member> byName;
  private final int idIndex;

  StructType(
      String name, String tag, String pluralTag, @Nullable StructType base, List<Member> own) {
    this.name = name;
    this.tag = tag;
    this.pluralTag = pluralTag;
    this.base = base;
    List<Member> all = new ArrayList<>();
    if (base != null) {
      all.addAll(base.members);
    }
    all.addAll(own);
    this.members = List.copyOf(all);
    this.wireOrder =
        all.stream()
            .sorted(
                Comparator.comparingInt(Member::level)
                    .thenComparing(Member::link)
                    .thenComparing(Member::tag))
            .toList();
    this.nesting = all.stream().filter(member -> member.kind() == Kind.STRUCT).toList();
    this.byTag = new HashMap<>();
    this.byName = new HashMap<>();
    for (Member member : all) {
      byTag.put(member.tag(), member);
      byName.put(member.name(), member);
    }
    Member id = byName.get("id");
    this.idIndex = id == null || id.kind() != Kind.STRING ? -1 : id.index();
  }

  public String name() {
    return name;
  }

  /** Element name of one. */
  public String tag() {
    return tag;
  }

  /** Element name of a collection of them. */
  public String pluralTag() {
    return pluralTag;
  }

  public @Nullable StructType base() {
    return base;
  }

  /** All members; a member's position is its slot. */
  public List<Member> members() {
    return members;
  }

  /** All members, per inheritance level (base first) attributes by name, then links by name. */
  public List<Member> wireOrder() {
    return wireOrder;
  }

  /** The members that hold structs, alone or in lists. */
  public List<Member> nesting() {
    return nesting;
  }

  /** The member with this element name. */
  public @Nullable Member byTag(String memberTag) {
    return byTag.get(memberTag);
  }

  /** The member with this model name. */
  public @Nullable Member find(String memberName) {
    return byName.get(memberName);
  }

  /** The member with this model name, which must exist. */
  public Member member(String memberName) {
    Member member = byName.get(memberName);
    if (member == null) {
      throw new IllegalArgumentException("struct " + name + " has no member " + memberName);
    }
    return member;
  }

  /** Slot of the id, or -1 for values that have no identity. */
  int idIndex() {
    return idIndex;
  }

  /** True when this is {@code other} or extends it. */
  public boolean isA(StructType other) {
    return this == other || (base != null && base.isA(other));
  }

  int depth() {
    return base == null ? 0 : base.depth() + 1;
  }

  /** A new, empty struct of this type. */
  public Struct create() {
    return Types.create(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
