package io.overt.inventory;

import io.overt.model.Member;
import io.overt.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets values that are equal be one object: ten thousand VMs refer to few clusters and mostly have
 * the same firmware, display and migration settings. Used while loading, by several threads.
 */
final class Interner {
  private final Map<Object, Object> known = new ConcurrentHashMap<>();

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
    Object earlier = known.putIfAbsent(value, value);
    return earlier == null ? value : earlier;
  }
}
