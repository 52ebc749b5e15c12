package io.overt.engine.resource;

import io.overt.model.ApiFault;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for the names of objects, with oVirt's limits. */
public final class Names {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern DOTTED = Pattern.compile("[\\p{L}0-9._-]+");

  private Names() {}

  /**
   * A name must be there.
   *
   * @param type for the fault, {@code Vm}
   */
  public static String required(@Nullable String name, String type, String operation) {
    if (name == null || name.isEmpty()) {
      throw ApiFault.incomplete(type, "name", operation);
    }
    return name;
  }

  /** Letters, digits, dash and underscore of ASCII; 1 to {@code limit} characters. */
  public static String plain(String name, String field, int limit) {
    length(name, field, limit);
    return matching(PLAIN, name, field, "letters, digits, '-' and '_'");
  }

  /** Letters of any script, digits, dot, dash and underscore; 1 to {@code limit} characters. */
  public static String dotted(String name, String field, int limit) {
    length(name, field, limit);
    return matching(DOTTED, name, field, "letters, digits, '.', '-' and '_'");
  }

  /** 1 to {@code limit} characters. */
  public static String length(String name, String field, int limit) {
    if (name.isEmpty() || name.length() > limit) {
      throw ApiFault.bad(
          field + " has " + name.length() + " characters; it must have between 1 and " + limit);
    }
    return name;
  }

  /**
   * Text without letters outside ASCII, at most {@code limit} characters; may be absent.
   *
   * @return the text
   */
  public static @Nullable String ascii(@Nullable String text, String field, int limit) {
    if (text != null && !text.chars().allMatch(character -> character < 128)) {
      throw ApiFault.bad(field + " may only contain ASCII characters");
    }
    return text(text, field, limit);
  }

  /**
   * At most {@code limit} characters; may be absent or empty.
   *
   * @return the text
   */
  public static @Nullable String text(@Nullable String text, String field, int limit) {
    if (text != null && text.length() > limit) {
      throw ApiFault.bad(
          field + " has " + text.length() + " characters; at most " + limit + " are allowed");
    }
    return text;
  }

  private static String matching(Pattern pattern, String name, String field, String allowed) {
    if (!pattern.matcher(name).matches()) {
      throw ApiFault.bad(field + " '" + name + "' may only contain " + allowed);
    }
    return name;
  }
}
