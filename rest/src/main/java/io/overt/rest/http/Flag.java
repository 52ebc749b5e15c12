package io.overt.rest.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Booleans as oVirt engine 4.5 reads them in parameters and headers. */
public final class Flag {
  private static final Set<String> TRUE = Set.of("t", "true", "y", "yes", "1", "");
  private static final Set<String> FALSE = Set.of("f", "false", "n", "no", "0");

  private Flag() {}

  /** In any case, empty is true; null for anything else. */
  public static @Nullable Boolean parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String word = text.strip().toLowerCase(Locale.ROOT);
    return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
  }
}
