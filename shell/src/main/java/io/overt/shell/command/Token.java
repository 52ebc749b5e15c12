package io.overt.shell.command;

import org.jspecify.annotations.Nullable;

/**
 * A word of a command whose variables have their values.
 *
 * @param option its name without dashes, or null for a plain word
 * @param value the plain word, or what an equals sign gave the option
 */
record Token(@Nullable String option, @Nullable String value) {
  static Token word(String text) {
    return new Token(null, text);
  }

  /** A word of the command line of the system, where quotes are gone. */
  static Token of(String word) {
    if (!word.startsWith("--") || word.length() < 3 || !isLetter(word.charAt(2))) {
      return word(word);
    }
    int equals = word.indexOf('=');
    return equals < 0
        ? new Token(word.substring(2), null)
        : new Token(word.substring(2, equals), word.substring(equals + 1));
  }

  private static boolean isLetter(char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
  }
}
