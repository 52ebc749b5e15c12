package io.overt.shell.terminal;

import io.overt.shell.command.Terminals;
import java.io.Console;
import java.util.Optional;

/** Questions to whoever sits at the terminal. */
public final class Asking {
  private Asking() {}

  /** A text that is not shown while it is typed; empty when nobody can be asked. */
  @SuppressWarnings("SystemConsoleNull")
  public static Optional<String> secret(String prompt) {
    if (!Terminals.isTerminal(0)) {
      return Optional.empty();
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("%s", prompt);
    return typed == null ? Optional.empty() : Optional.of(new String(typed));
  }
}
