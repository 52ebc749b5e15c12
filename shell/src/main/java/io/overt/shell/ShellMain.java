package io.overt.shell;

import io.overt.shell.command.Interpreter;
import io.overt.shell.command.Session;
import io.overt.shell.command.Terminals;
import io.overt.shell.connect.Asked;
import io.overt.shell.connect.Homes;
import io.overt.shell.terminal.Asking;
import io.overt.shell.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The process: {@code overt [OPTIONS] COMMAND …} or {@code overt shell [OPTIONS]}. */
public final class ShellMain {
  private static final int BUFFER = 16 * 1024;

  private ShellMain() {}

  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    AtomicBoolean ended = new AtomicBoolean();
    Thread interrupted =
        new Thread(
            () -> {
              // A signal ends the process here, with the status that scripts look for.
              if (!ended.get()) {
                Runtime.getRuntime().halt(Status.INTERRUPTED.code());
              }
            });
    Runtime.getRuntime().addShutdownHook(interrupted);
    int code = run(arguments, out, err);
    out.flush();
    ended.set(true);
    // Nothing that still runs is waited for.
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    OutputStream file = new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER);
    return new PrintStream(file, false, StandardCharsets.UTF_8);
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err) {
    Invocation invocation;
    try {
      invocation = Invocation.of(List.of(arguments));
    } catch (ShellFailure e) {
      err.println("overt: " + e.getMessage());
      return e.status().code();
    }
    Asked asked = invocation.asked();
    try (Session session = new Session(new Homes(System.getenv()), asked, Asking::secret)) {
      session.format(invocation.format());
      session.quiet(invocation.quiet());
      session.dryRun(invocation.dryRun());
      session.keepGoing(invocation.keepGoing());
      Interpreter interpreter = Interpreter.standard(session, out, err);
      if (!invocation.words().isEmpty()) {
        return interpreter.run(invocation.words(), input()).code();
      }
      if (!invocation.isScript()) {
        if (Terminals.isTerminal(0)) {
          return Terminal.open(session, out, err, invocation).code();
        }
        return script(
            session, interpreter, new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
      }
      return scripts(session, interpreter, invocation);
    } catch (ShellFailure e) {
      err.println("overt: " + e.getMessage());
      return e.status().code();
    } catch (IOException e) {
      err.println("overt: " + e);
      return Status.REFUSED.code();
    }
  }

  private static int scripts(Session session, Interpreter interpreter, Invocation invocation) {
    Status status = Status.OK;
    for (String file : invocation.files()) {
      session.lasting();
      status = interpreter.named(file).run(read(file));
      if (status != Status.OK && !invocation.keepGoing()) {
        return status.code();
      }
    }
    for (String text : invocation.texts()) {
      session.lasting();
      status = interpreter.run(text);
      if (status != Status.OK && !invocation.keepGoing()) {
        return status.code();
      }
    }
    return status.code();
  }

  private static int script(Session session, Interpreter interpreter, String text) {
    session.lasting();
    return interpreter.run(text).code();
  }

  private static String read(String file) {
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ShellFailure(Status.SYNTAX, "Cannot read the file " + file + ": " + e, e);
    }
  }

  private static @org.jspecify.annotations.Nullable InputStream input() {
    return Terminals.isTerminal(0) ? null : new FileInputStream(FileDescriptor.in);
  }
}
