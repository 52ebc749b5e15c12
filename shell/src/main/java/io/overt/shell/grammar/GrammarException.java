package io.overt.shell.grammar;

/** A text that is no command, and where it stops to be one. */
public final class GrammarException extends RuntimeException {
  private final int line;
  private final boolean unfinished;

  private GrammarException(int line, String message, boolean unfinished) {
    super(message);
    this.line = line;
    this.unfinished = unfinished;
  }

  static GrammarException wrong(int line, String message) {
    return new GrammarException(line, message, false);
  }

  static GrammarException unfinished(int line, String message) {
    return new GrammarException(line, message, true);
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** Whether more text could mend it: an open quote, here-document or loop. */
  public boolean isUnfinished() {
    return unfinished;
  }
}
