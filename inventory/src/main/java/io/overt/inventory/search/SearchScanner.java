package io.overt.inventory.search;

import org.jspecify.annotations.Nullable;

/** A position in the text and the ways to read on from it. Every reader skips blanks first. */
final class SearchScanner {
  private final String text;
  private int position;

  SearchScanner(String text) {
    this.text = text;
  }

  /** Refuses what must not occur anywhere, in quotes or not. */
  void refuseForbidden() {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '\'' || character == ';') {
        throw InvalidSearch.at(index, "the character " + character + " is not allowed");
      }
    }
  }

  InvalidSearch invalid(String reason) {
    return InvalidSearch.at(position, reason);
  }

  boolean atEnd() {
    skipBlanks();
    return position == text.length();
  }

  int position() {
    skipBlanks();
    return position;
  }

  boolean atQuote() {
    skipBlanks();
    return position < text.length() && text.charAt(position) == '"';
  }

  /** Whether the next word is this one, in any case. */
  boolean ahead(String keyword) {
    skipBlanks();
    int end = position + keyword.length();
    return text.regionMatches(true, position, keyword, 0, keyword.length())
        && (end == text.length() || Character.isWhitespace(text.charAt(end)));
  }

  boolean accept(String keyword) {
    boolean found = ahead(keyword);
    if (found) {
      position += keyword.length();
    }
    return found;
  }

  /** Text in quotes, without them; the quotes must stand alone. */
  String quoted() {
    skipBlanks();
    int close = text.indexOf('"', position + 1);
    if (close < 0) {
      throw invalid("the quote is never closed");
    }
    String value = text.substring(position + 1, close);
    position = close + 1;
    if (position < text.length() && !Character.isWhitespace(text.charAt(position))) {
      throw invalid("a blank was expected after the closing quote");
    }
    return value;
  }

  /** A value without quotes: everything up to the next blank. */
  String bareValue() {
    skipBlanks();
    int end = position;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String value = text.substring(position, end);
    if (value.isEmpty()) {
      throw invalid("the search ends where a value was expected");
    }
    if (value.indexOf('"') >= 0) {
      throw invalid("a quote may only stand at the start of a value");
    }
    if ("=<>".indexOf(value.charAt(0)) >= 0) {
      throw invalid("a value was expected instead of '" + value + "'; quote it if it is one");
    }
    position = end;
    return value;
  }

  /**
   * A word up to a blank or an operator, with its unit if one follows in brackets: the fields
   * {@code low_space_threshold (%)} and {@code critical_space_threshold (gb)} contain theirs.
   */
  String fieldName() {
    skipBlanks();
    int end = position;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && operatorAt(end) == null) {
      end++;
    }
    String word = text.substring(position, end);
    if (word.isEmpty()) {
      throw invalid("the name of a field was expected before the operator");
    }
    if (word.indexOf('"') >= 0) {
      throw invalid("a quote may only stand at the start of a value");
    }
    position = end;
    String unit = word.endsWith("_threshold") ? unit() : null;
    return unit == null ? word : word + " " + unit;
  }

  private @Nullable String unit() {
    int before = position;
    skipBlanks();
    int close = text.indexOf(')', position);
    if (close < 0 || text.charAt(position) != '(') {
      position = before;
      return null;
    }
    String unit = text.substring(position, close + 1);
    position = close + 1;
    return unit;
  }

  /** The operator that stands here, or null when there is none. */
  @Nullable Operator operator() {
    skipBlanks();
    Operator operator = operatorAt(position);
    if (operator != null) {
      position += operator.symbol().length();
    }
    return operator;
  }

  private @Nullable Operator operatorAt(int index) {
    Operator longest = null;
    for (Operator operator : Operator.values()) {
      if (text.startsWith(operator.symbol(), index)
          && (longest == null || operator.symbol().length() > longest.symbol().length())) {
        longest = operator;
      }
    }
    return longest;
  }

  private void skipBlanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }
}
