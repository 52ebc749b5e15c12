package io.overt.shell.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script consists of. */
public sealed interface Statement {
  /** Where it begins, from 1. */
  int line();

  /**
   * A command of the shell.
   *
   * @param pipe the command of the system's shell that reads the output
   * @param document the here-document
   */
  record Command(
      int line,
      Word name,
      List<Argument> arguments,
      List<Redirection> redirections,
      @Nullable String pipe,
      @Nullable String document)
      implements Statement {
    public Command {
      arguments = List.copyOf(arguments);
      redirections = List.copyOf(redirections);
    }
  }

  /** {@code !} and a command of the system's shell. */
  record SystemCommand(int line, String text) implements Statement {}

  /** {@code name=value}. */
  record Assignment(int line, String name, Word value) implements Statement {}

  /** {@code foreach name in words}, the body, {@code end}. */
  record Foreach(int line, String name, List<Word> words, List<Statement> body)
      implements Statement {
    public Foreach {
      words = List.copyOf(words);
      body = List.copyOf(body);
    }
  }

  /** A line that is no command; only in scripts that go on after failures. */
  record Broken(int line, GrammarException problem) implements Statement {}
}
