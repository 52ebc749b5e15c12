package io.overt.codec;

import io.overt.model.Struct;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a document of version 3 said that no struct has a member for, by the object it said it of:
 * only elements that the rules of version 3 name are kept.
 */
public final class Extras {
  private final IdentityHashMap<Struct, ExtraElement> all = new IdentityHashMap<>();

  /** An element without a name, around what was said of that very object; null for nothing. */
  public @Nullable ExtraElement of(Struct struct) {
    return all.get(struct);
  }

  /** What an element said of the object said; null when there was none. */
  public @Nullable ExtraElement of(Struct struct, String name) {
    ExtraElement said = all.get(struct);
    return said == null ? null : said.child(name);
  }

  void add(Struct struct, ExtraElement element) {
    all.computeIfAbsent(struct, _ -> new ExtraElement("")).add(element);
  }
}
