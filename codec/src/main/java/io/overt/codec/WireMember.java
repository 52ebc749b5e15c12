package io.overt.codec;

import io.overt.model.Kind;
import io.overt.model.Member;
import io.overt.model.Struct;
import io.overt.model.StructType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a member is written. */
final class WireMember {
  final Member member;
  final Kind kind;
  final boolean list;
  final boolean link;
  final WireName name;

  /** Name of an entry, for lists; the member's own otherwise. */
  final WireName item;

  /** True if the name of the referenced object stands beside its id. */
  final boolean keepsName;

  /** How what is inside is written, when it is of the very type that the model says. */
  private @Nullable WireType expected;

  WireMember(Member member, boolean keepsName) {
    this.member = member;
    this.kind = member.kind();
    this.list = member.list();
    this.link = member.link();
    this.name = new WireName(member.tag());
    String itemTag = member.itemTag();
    this.item = itemTag == null ? name : new WireName(itemTag);
    this.keepsName = keepsName;
  }

  /** Once all types are known. */
  void resolve(Map<StructType, WireType> all) {
    expected = kind == Kind.STRUCT ? all.get(member.structType()) : null;
  }

  /** How a value of this member is written. */
  WireType wireOf(Struct value) {
    WireType known = expected;
    return known != null && known.type == value.type() ? known : WireType.of(value.type());
  }
}
