package io.overt.model;

import io.overt.model.types.Types;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An enumerated type: its name and its values in the model's order. */
public final class EnumType {
  private final String name;
  private final List<String> values;

  EnumType(String name, List<String> values) {
    this.name = name;
    this.values = List.copyOf(values);
  }

  public String name() {
    return name;
  }

  /** Wire spellings. */
  public List<String> values() {
    return values;
  }

  /** The constant of that spelling, in any case, or null when there is none. */
  public @Nullable ApiEnum find(String text) {
    int index = values.indexOf(text);
    if (index < 0) {
      index = values.indexOf(text.toLowerCase(Locale.ROOT));
    }
    return index < 0 ? null : Types.constants(name)[index];
  }
}
