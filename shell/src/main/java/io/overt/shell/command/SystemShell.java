package io.overt.shell.command;

import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Commands of the system's shell. */
final class SystemShell {
  private final Session session;

  SystemShell(Session session) {
    this.session = session;
  }

  /** Runs one, and remembers what it printed. */
  void run(String text, PrintStream out, boolean ownOutput) {
    if (text.isBlank()) {
      return;
    }
    out.flush();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exit;
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", text)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      exit = copy(process, out, printed);
    } catch (IOException e) {
      throw new ShellFailure(Status.REFUSED, "Cannot run the system's shell: " + e, e);
    }
    if (ownOutput) {
      out.flush();
    }
    session.systemOutput(printed.toString(StandardCharsets.UTF_8).stripTrailing());
    if (exit != 0) {
      throw new ShellFailure(Status.REFUSED, "The command ended with the exit code " + exit);
    }
  }

  private static int copy(Process process, PrintStream out, ByteArrayOutputStream printed)
      throws IOException {
    byte[] part = new byte[8192];
    try (InputStream input = process.getInputStream()) {
      for (int read = input.read(part); read >= 0; read = input.read(part)) {
        out.write(part, 0, read);
        out.flush();
        printed.write(part, 0, read);
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new ShellFailure(Status.INTERRUPTED, "Interrupted", e);
    }
  }

  /** Runs one that reads what some work prints. */
  void feed(String text, PrintStream out, boolean inherits, Consumer<PrintStream> work) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", text).redirectError(ProcessBuilder.Redirect.INHERIT);
      if (inherits) {
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
      }
      Process process = builder.start();
      Thread copy =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      process.getInputStream().transferTo(out);
                    } catch (IOException e) {
                      // The reader went away.
                      return;
                    }
                  });
      try (PrintStream stream =
          new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8)) {
        work.accept(stream);
      } finally {
        process.waitFor();
        copy.join();
      }
    } catch (IOException e) {
      throw new ShellFailure(Status.REFUSED, "Cannot run the system's shell: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellFailure(Status.INTERRUPTED, "Interrupted", e);
    }
  }
}
