package io.overt.inventory.search;

import java.util.Arrays;
import java.util.List;

/**
 * A text to compare with, in which {@code *} stands for any run of characters and nothing else is
 * special. Matching takes linear time for a usual pattern and never backtracks.
 */
final class TextPattern {
  private final List<String> parts;
  private final boolean ignoreCase;

  private TextPattern(String pattern, boolean caseSensitive) {
    this.parts = Arrays.asList(pattern.split("\\*", -1));
    this.ignoreCase = !caseSensitive;
  }

  static TextPattern whole(String pattern, boolean caseSensitive) {
    return new TextPattern(pattern, caseSensitive);
  }

  static TextPattern anywhere(String pattern, boolean caseSensitive) {
    return new TextPattern("*" + pattern + "*", caseSensitive);
  }

  /** True when it has no wildcard. */
  boolean exact() {
    return parts.size() == 1;
  }

  boolean ignoreCase() {
    return ignoreCase;
  }

  /** What every matching text begins with; empty when the pattern begins with a wildcard. */
  String prefix() {
    return parts.getFirst();
  }

  boolean matches(String text) {
    String first = parts.getFirst();
    if (exact()) {
      return text.length() == first.length() && at(text, 0, first);
    }
    String last = parts.getLast();
    int end = text.length() - last.length();
    int position = first.length();
    if (position > end || !at(text, 0, first) || !at(text, end, last)) {
      return false;
    }
    // The leftmost place of each inner part leaves the most room for the parts after it.
    for (String part : parts.subList(1, parts.size() - 1)) {
      int limit = end - part.length();
      while (position <= limit && !at(text, position, part)) {
        position++;
      }
      if (position > limit) {
        return false;
      }
      position += part.length();
    }
    return true;
  }

  private boolean at(String text, int offset, String part) {
    return text.regionMatches(ignoreCase, offset, part, 0, part.length());
  }
}
