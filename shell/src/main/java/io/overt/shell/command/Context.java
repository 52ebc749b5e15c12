package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.connect.Engine;
import io.overt.shell.objects.Places;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where one command runs.
 *
 * @param out for data
 * @param err for everything else
 * @param document the here-document, or null
 * @param input what {@code <} or the system gives, or null
 * @param terminal whether the output goes to a terminal
 */
record Context(
    Session session,
    PrintStream out,
    PrintStream err,
    @Nullable String document,
    @Nullable InputStream input,
    boolean terminal) {

  Engine engine() {
    return session.engine();
  }

  Places places() {
    return new Places(session.engine());
  }

  /** Something to know that is no data. */
  void say(String text) {
    if (!session.quiet()) {
      err.println(text);
    }
  }

  /** The here-document, or what the input holds; null if there is neither. */
  @Nullable String text() {
    if (document != null || input == null) {
      return document;
    }
    try {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      return text.isBlank() ? null : text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the input", e);
    }
  }

  /** The same with other outputs. */
  Context writing(PrintStream output, boolean toTerminal) {
    return new Context(session, output, err, document, input, toTerminal);
  }

  static ShellFailure unknownOption(String option, String where, String hint) {
    return ShellFailure.syntax("There is no option --" + option + " for " + where + hint);
  }
}
