package io.overt.rest.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A media type or range: {@code application/json;q=0.5}.
 *
 * @param type lower case, or {@code *}
 * @param subtype lower case, or {@code *}
 * @param charset of the body, when given
 */
public record MediaRange(String type, String subtype, double quality, @Nullable String charset) {
  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
  private static final Pattern FORM = Pattern.compile("\\s*(" + TOKEN + ")/(" + TOKEN + ")\\s*");

  /** The ranges of an {@code Accept} header; empty for an empty one, null when it is malformed. */
  public static @Nullable List<MediaRange> parseAll(String header) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String part : header.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      MediaRange range = parse(part);
      if (range == null) {
        return null;
      }
      ranges.add(range);
    }
    return ranges;
  }

  /** One type with its parameters, or null when it is malformed. */
  public static @Nullable MediaRange parse(String text) {
    String[] parts = text.split(";", -1);
    Matcher form = FORM.matcher(parts[0]);
    if (!form.matches()) {
      return null;
    }
    double quality = 1;
    String charset = null;
    for (int index = 1; index < parts.length; index++) {
      int equals = parts[index].indexOf('=');
      String name = (equals < 0 ? parts[index] : parts[index].substring(0, equals)).strip();
      String value = equals < 0 ? "" : parts[index].substring(equals + 1).strip();
      if (name.equalsIgnoreCase("q")) {
        try {
          quality = Math.clamp(Double.parseDouble(value), 0, 1);
        } catch (NumberFormatException e) {
          return null;
        }
      } else if (name.equalsIgnoreCase("charset")) {
        charset = value.replace("\"", "");
      }
    }
    return new MediaRange(
        form.group(1).toLowerCase(Locale.ROOT),
        form.group(2).toLowerCase(Locale.ROOT),
        quality,
        charset);
  }

  /** How closely this covers a type: 2 exactly, 1 by {@code type/*}, 0 by {@code *}, -1 not. */
  int closeness(String otherType, String otherSubtype) {
    if (type.equals(otherType)) {
      return subtype.equals(otherSubtype) ? 2 : subtype.equals("*") ? 1 : -1;
    }
    return type.equals("*") && subtype.equals("*") ? 0 : -1;
  }
}
