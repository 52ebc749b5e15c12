package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code run FILE}: the commands of a file, {@code -} for the input. */
final class RunCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    boolean goes = arguments.flag("keep-going") || context.session().keepsGoing();
    String file = arguments.value("file").orElseGet(() -> arguments.word("The name of the file"));
    arguments.end();
    boolean before = context.session().keepsGoing();
    context.session().keepGoing(goes);
    context.session().lasting();
    try {
      Status status = script(context, file);
      if (status != Status.OK) {
        throw new ShellFailure(status, file + " ended with the status " + status.code());
      }
    } finally {
      context.session().keepGoing(before);
    }
  }

  private static Status script(Context context, String file) {
    return Interpreter.of(context).named(file).run(text(context, file));
  }

  private static String text(Context context, String file) {
    if (file.equals("-")) {
      String text = context.text();
      return text == null ? "" : text;
    }
    return read(file);
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ShellFailure(Status.SYNTAX, "Cannot read the file " + file + ": " + e, e);
    }
  }
}
