package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code completion bash|zsh}: a script for the system's shell; and what that script asks. */
final class CompletionCommand implements Command {
  /** The word by which scripts ask. */
  static final String ASKED = "__complete";

  /** Prints what the last of some words could become. */
  static void print(Session session, PrintStream out, List<String> words) {
    for (Candidate candidate : new Completion(session).of(words)) {
      out.println(candidate.text());
    }
  }

  @Override
  public void run(Context context, Arguments arguments) {
    String shell = arguments.word("The system's shell, bash or zsh,");
    arguments.end();
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw ShellFailure.syntax("There is no completion for '" + shell + "', but for bash and zsh");
    }
    try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
      if (script == null) {
        throw new IllegalStateException("completion." + shell + " is missing");
      }
      context.out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
