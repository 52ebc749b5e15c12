package io.overt.engine.resource;

import io.overt.model.ApiFault;
import io.overt.model.Member;
import io.overt.model.Struct;
import java.util.Set;

/** What a PUT means: a merge of what is present, except what clients cannot change. */
public final class Updates {
  private Updates() {}

  /**
   * The object after the update, open for further changes.
   *
   * @param readOnly members that are ignored when a client sends them back (clients send whole
   *     documents)
   * @throws ApiFault 409 when the body carries another id than the URL
   */
  @SuppressWarnings("unchecked")
  public static <T extends Struct> T merge(T current, T changes, Set<String> readOnly) {
    String id = changes.id();
    if (id != null && !id.equalsIgnoreCase(current.id())) {
      throw new ApiFault(
          ApiFault.Category.CONFLICT,
          "Broken immutability constraint",
          "Attempt to set immutable field: id");
    }
    Struct effective = changes.copy();
    for (Member member : effective.type().members()) {
      boolean collection = member.list() && member.link();
      if (collection || member.name().equals("id") || readOnly.contains(member.name())) {
        effective.set(member, null);
      }
    }
    T merged = (T) current.copy();
    merged.merge(effective);
    return merged;
  }
}
