package io.overt.shell.objects;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Comparing names that people write with those of the model. */
public final class Names {
  private Names() {}

  /** {@code Data-Center} and {@code data_center} are the same. */
  public static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      if (each != '_' && each != '-') {
        plain.append(each);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  public static boolean same(String one, String other) {
    return plain(one).equals(plain(other));
  }

  public static boolean isUuid(String text) {
    boolean id = text.length() == 36;
    for (int i = 0; id && i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      id = dash ? text.charAt(i) == '-' : Character.digit(text.charAt(i), 16) >= 0;
    }
    return id;
  }

  public static boolean isNumber(String text) {
    boolean number = !text.isEmpty();
    for (int i = 0; number && i < text.length(); i++) {
      number = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return number;
  }

  /** What was probably meant. */
  public static Optional<String> closest(String wanted, Collection<String> known) {
    String best = null;
    int least = Math.max(2, wanted.length() / 3) + 1;
    for (String each : known) {
      int distance = distance(plain(wanted), plain(each));
      if (distance < least) {
        least = distance;
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code "; did you mean x?"} or nothing. */
  public static String hint(String wanted, Collection<String> known) {
    return closest(wanted, known).map(found -> "; did you mean '" + found + "'?").orElse("");
  }

  /** Levenshtein's. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
