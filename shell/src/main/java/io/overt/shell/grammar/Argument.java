package io.overt.shell.grammar;

import org.jspecify.annotations.Nullable;

/** What follows a command's name. */
public sealed interface Argument {
  /** A word that is no option, or the value of the option before it: the command knows which. */
  record Value(Word word) implements Argument {}

  /**
   * {@code --name}.
   *
   * @param value what an equals sign gave it
   */
  record Option(String name, @Nullable Word value) implements Argument {}
}
