package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.grammar.Argument;
import io.overt.shell.grammar.GrammarException;
import io.overt.shell.grammar.Parser;
import io.overt.shell.grammar.Redirection;
import io.overt.shell.grammar.Statement;
import io.overt.shell.grammar.Word;
import io.overt.shell.output.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements one after the other, and stops at the first that fails unless told otherwise. */
public final class Interpreter {
  private final Session session;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean ownOutput;
  private final @Nullable String file;

  private Interpreter(
      Session session, PrintStream out, PrintStream err, boolean ownOutput, @Nullable String file) {
    this.session = session;
    this.out = out;
    this.err = err;
    this.ownOutput = ownOutput;
    this.file = file;
  }

  /** Writes to the standard streams of this process. */
  public static Interpreter standard(Session session, PrintStream out, PrintStream err) {
    return new Interpreter(session, out, err, true, null);
  }

  /** The same, with the name of a file in messages. */
  public Interpreter named(String name) {
    return new Interpreter(session, out, err, ownOutput, name);
  }

  /** An interpreter for what a command runs, such as a script. */
  static Interpreter of(Context context) {
    return new Interpreter(context.session(), context.out(), context.err(), true, null);
  }

  /** Runs one command of the system's command line, whose words have been told apart already. */
  public Status run(List<String> words, @Nullable InputStream input) {
    List<Token> tokens = new ArrayList<>();
    if (words.getFirst().equals(CompletionCommand.ASKED)) {
      return attempt(
          0, () -> CompletionCommand.print(session, out, words.subList(1, words.size())));
    }
    for (String word : words.subList(1, words.size())) {
      tokens.add(Token.of(word));
    }
    return attempt(
        0,
        () ->
            execute(
                words.getFirst(),
                tokens,
                new Context(session, out, err, null, input, isTerminal())));
  }

  /** Runs a text of any number of statements. */
  public Status run(String text) {
    List<Statement> statements;
    try {
      statements = session.keepsGoing() ? Parser.parseTolerantly(text) : Parser.parse(text);
    } catch (GrammarException e) {
      return attempt(
          e.line(),
          () -> {
            throw new ShellFailure(Status.SYNTAX, String.valueOf(e.getMessage()), e);
          });
    }
    return run(statements);
  }

  /** Runs statements; the status is that of the last. */
  public Status run(List<Statement> statements) {
    Status last = Status.OK;
    for (Statement statement : statements) {
      last = attempt(statement.line(), () -> one(statement));
      if (session.ended()
          || (last != Status.OK && (!session.keepsGoing() || last == Status.INTERRUPTED))) {
        return last;
      }
    }
    return last;
  }

  private Status attempt(int line, Runnable work) {
    Status status = Status.OK;
    try {
      work.run();
    } catch (Ended e) {
      // What failed inside has been told already.
      status = e.status;
    } catch (ShellFailure e) {
      status = e.status();
      tell(line, e.getMessage());
    } catch (UncheckedIOException e) {
      status = Status.REFUSED;
      tell(line, e.getMessage() + ": " + e.getCause());
    } catch (RuntimeException e) {
      status = Status.INTERNAL;
      tell(line, "Internal error: " + e);
      if (System.getProperty("overt.debug") != null) {
        e.printStackTrace(err);
      }
    }
    out.flush();
    session.status(status);
    return status;
  }

  private void tell(int line, String message) {
    if (session.format().kind() == Format.Kind.TEXT) {
      String frame = "=".repeat(36);
      err.println(
          "\n" + frame + " ERROR " + frame + "\n  " + message + "\n" + "=".repeat(79) + "\n");
    } else if (file != null && line > 0) {
      err.println(file + ":" + line + ": " + message);
    } else {
      err.println("overt: " + message);
    }
  }

  /** A statement inside of another failed. */
  private static final class Ended extends RuntimeException {
    final Status status;

    Ended(Status status) {
      this.status = status;
    }
  }

  private void one(Statement statement) {
    switch (statement) {
      case Statement.Command command -> command(command);
      case Statement.SystemCommand command ->
          new SystemShell(session).run(command.text(), out, ownOutput);
      case Statement.Assignment assignment ->
          session.variables().put(assignment.name(), assignment.value().expand(scope()));
      case Statement.Foreach loop -> loop(loop);
      case Statement.Broken broken -> throw ShellFailure.syntax(broken.problem().getMessage() + "");
    }
  }

  private void loop(Statement.Foreach loop) {
    List<String> values = new ArrayList<>();
    for (Word word : loop.words()) {
      String value = word.expand(scope());
      if (word.isSubstitution()) {
        value.lines().filter(line -> !line.isBlank()).forEach(values::add);
      } else {
        values.add(value);
      }
    }
    for (String value : values) {
      session.variables().put(loop.name(), value);
      Status status = run(loop.body());
      if (session.ended()) {
        return;
      }
      if (status != Status.OK && (!session.keepsGoing() || status == Status.INTERRUPTED)) {
        throw new Ended(status);
      }
    }
  }

  private Word.Scope scope() {
    return new Word.Scope() {
      @Override
      public String variable(Word.Variable variable) {
        if (variable.name().equals("?")) {
          return Integer.toString(session.status().code());
        }
        String value = session.variables().get(variable.name());
        if (value == null) {
          throw ShellFailure.syntax("The variable ${" + variable.name() + "} has no value");
        }
        return value;
      }

      @Override
      public String output(Word.Substitution substitution) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        Status status =
            new Interpreter(session, capture, err, false, file)
                .run(Parser.parse(substitution.source(), substitution.line()));
        if (status != Status.OK) {
          throw new Ended(status);
        }
        capture.flush();
        return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
      }
    };
  }

  private void command(Statement.Command command) {
    Word.Scope scope = scope();
    String name = command.name().expand(scope);
    List<Token> tokens = new ArrayList<>();
    for (Argument argument : command.arguments()) {
      switch (argument) {
        case Argument.Value(Word word) -> tokens.add(Token.word(word.expand(scope)));
        case Argument.Option(String option, Word value) ->
            tokens.add(new Token(option, value == null ? null : value.expand(scope)));
      }
    }
    InputStream input = null;
    OutputStream redirected = null;
    try {
      for (Redirection redirection : command.redirections()) {
        Path path = Path.of(redirection.file().expand(scope));
        switch (redirection.kind()) {
          case INPUT -> input = Files.newInputStream(path);
          case OUTPUT -> redirected = Files.newOutputStream(path);
          case APPEND ->
              redirected =
                  Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      }
    } catch (IOException e) {
      throw new ShellFailure(Status.REFUSED, "Cannot open the file " + e.getMessage(), e);
    }
    PrintStream target =
        redirected == null ? out : new PrintStream(redirected, false, StandardCharsets.UTF_8);
    String document = command.document();
    try {
      if (command.pipe() == null) {
        execute(
            name,
            tokens,
            new Context(session, target, err, document, input, redirected == null && isTerminal()));
      } else {
        InputStream given = input;
        boolean inherits = redirected == null && ownOutput;
        out.flush();
        new SystemShell(session)
            .feed(
                command.pipe(),
                target,
                inherits,
                stream ->
                    execute(
                        name, tokens, new Context(session, stream, err, document, given, false)));
      }
    } finally {
      target.flush();
      close(input);
      close(redirected);
    }
  }

  private static void close(java.io.@Nullable Closeable stream) {
    try {
      if (stream != null) {
        stream.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a file", e);
    }
  }

  private boolean isTerminal() {
    return ownOutput && Terminals.isTerminal(1);
  }

  private static void execute(String name, List<Token> tokens, Context context) {
    Command command = Commands.find(name);
    Arguments arguments = new Arguments(tokens, command.flags());
    if (arguments.flag("help") && !name.equals("help")) {
      HelpCommand.about(context, name, arguments.words());
      return;
    }
    if (arguments.flag("quiet")) {
      boolean before = context.session().quiet();
      context.session().quiet(true);
      try {
        finish(command, context, arguments);
      } finally {
        context.session().quiet(before);
      }
      return;
    }
    finish(command, context, arguments);
  }

  private static void finish(Command command, Context context, Arguments arguments) {
    command.run(context, arguments);
    if (Thread.currentThread().isInterrupted()) {
      throw new ShellFailure(Status.INTERRUPTED, "Interrupted");
    }
  }
}
