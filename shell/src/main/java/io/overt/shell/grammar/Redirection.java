package io.overt.shell.grammar;

/** A file instead of the standard input or output. */
public record Redirection(Kind kind, Word file) {
  /** {@code <}, {@code >} and {@code >>}. */
  public enum Kind {
    INPUT,
    OUTPUT,
    APPEND
  }
}
