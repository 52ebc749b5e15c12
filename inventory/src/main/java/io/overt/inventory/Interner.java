package io.overt.inventory;

import io.overt.model.Member;
import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lets values that are equal be one object: ten thousand VMs refer to few clusters and mostly have
 * the same firmware, display and migration settings. Used while loading, by several threads. It
 * remembers the latest value of each hash only: what is rare shares nothing, and costs no more than
 * a look.
 */
final class Interner {
  private static final int SLOTS = 1 << 14;
  private final AtomicReferenceArray<Object> known = new AtomicReferenceArray<>(SLOTS);

  /** The struct, frozen, its parts shared with earlier ones. */
  Struct shared(Struct value) {
    for (Member member : value.type().members()) {
      Object held = value.get(member);
      if (held == null) {
        continue;
      }
      if (held instanceof Struct struct) {
        value.set(member, canonical(shared(struct)));
      } else if (held instanceof List<?> list) {
        value.set(member, sharedList(list));
      } else if (held instanceof String text && text.length() <= 64 && !unique(member)) {
        value.set(member, canonical(text));
      }
    }
    return value.freeze();
  }

  private List<Object> sharedList(List<?> list) {
    List<Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(item instanceof Struct struct ? canonical(shared(struct)) : item);
    }
    return items;
  }

  private static boolean unique(Member member) {
    return member.name().equals("id") || member.name().equals("name");
  }

  private Object canonical(Object value) {
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 14) & (SLOTS - 1);
    Object earlier = known.get(slot);
    if (value.equals(earlier)) {
      return earlier;
    }
    known.set(slot, value);
    return value;
  }
}
