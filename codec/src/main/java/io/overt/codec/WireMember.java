package io.overt.codec;

import io.overt.model.Kind;
import io.overt.model.Member;

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
}
