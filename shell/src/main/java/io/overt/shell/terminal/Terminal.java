package io.overt.shell.terminal;

import io.overt.shell.Invocation;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.command.Interpreter;
import io.overt.shell.command.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Somebody types commands: editing, history, completion, colours. */
public final class Terminal {
  private final Session session;
  private final PrintStream err;
  private final Interpreter interpreter;
  private final Invocation invocation;
  private boolean unauthorized;

  private Terminal(Session session, PrintStream out, PrintStream err, Invocation invocation) {
    this.session = session;
    this.err = err;
    this.interpreter = Interpreter.standard(session, out, err);
    this.invocation = invocation;
  }

  /** Until somebody leaves; the status is that of the last command. */
  public static Status open(
      Session session, PrintStream out, PrintStream err, Invocation invocation) {
    return new Terminal(session, out, err, invocation).run();
  }

  private Status run() {
    session.lasting();
    connect();
    try (org.jline.terminal.Terminal terminal =
        TerminalBuilder.builder().name("overt").system(true).nativeSignals(true).build()) {
      LineReader reader = reader(terminal);
      Thread typist = Thread.currentThread();
      terminal.handle(Signal.INT, _ -> typist.interrupt());
      while (!session.ended()) {
        String line;
        try {
          line = reader.readLine(prompt());
        } catch (UserInterruptException e) {
          continue;
        } catch (EndOfFileException e) {
          break;
        }
        session.history(lines(reader.getHistory()));
        Status status = interpreter.run(line);
        unauthorized = status == Status.AUTHENTICATION;
        // What was interrupted has ended; what comes next has not.
        boolean interrupted = Thread.interrupted();
        if (interrupted || status == Status.INTERRUPTED) {
          err.println();
        }
      }
    } catch (IOException e) {
      throw new ShellFailure(Status.INTERNAL, "Cannot use the terminal: " + e, e);
    }
    return session.status();
  }

  /** Tries whom the options, the profile or this machine mean; who types can do otherwise. */
  private void connect() {
    try {
      session.engine().send(io.overt.sdk.Request.get(""));
      err.println("Connected to " + session.engine().target().url() + ".");
    } catch (ShellFailure e) {
      session.disconnect();
      unauthorized = e.status() == Status.AUTHENTICATION;
      if (invocation.connect() || e.status() != Status.CONNECTION) {
        err.println("overt: " + e.getMessage());
      } else {
        err.println("Not connected: " + e.getMessage());
      }
    }
    err.println("Type help for the commands, exit to leave; tab completes.");
  }

  private LineReader reader(org.jline.terminal.Terminal terminal) {
    Path history = session.homes().history();
    prepare(history);
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("overt")
            .parser(new Lines())
            .completer(new Suggestions(session))
            .highlighter(new Colouring())
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.HISTORY_SIZE, 5000)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_INCREMENTAL, true)
            .option(LineReader.Option.AUTO_FRESH_LINE, true)
            .option(LineReader.Option.CASE_INSENSITIVE_SEARCH, true)
            .build();
    session.history(lines(reader.getHistory()));
    return reader;
  }

  /** What somebody typed is nobody else's business. */
  private static void prepare(Path history) {
    try {
      Path directory = history.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      if (!Files.exists(history)) {
        Files.createFile(
            history,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      // Without a file, the history is that of this session.
      return;
    }
  }

  private static List<String> lines(History history) {
    List<String> lines = new ArrayList<>();
    for (History.Entry entry : history) {
      lines.add(entry.line());
    }
    return lines;
  }

  private String prompt() {
    String state =
        session
            .connected()
            .map(
                target ->
                    unauthorized
                        ? "unauthorized"
                        : invocation.extendedPrompt() ? "connected@" + target.host() : "connected")
            .orElse(unauthorized ? "unauthorized" : "disconnected");
    String place = session.context().isEmpty() ? "" : " /" + String.join("/", session.context());
    return "[Overt shell (" + state + ")" + place + "]# ";
  }
}
