package io.overt.agent.hooks;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one script in a process group of its own, so that all that it started can be killed with it
 * at the deadline. A process that it leaves behind deliberately lives on.
 */
final class ScriptProcess {

  private static final Logger log = LoggerFactory.getLogger(ScriptProcess.class);
  private static final int KEPT_BYTES = 8 * 1024;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int CANNOT_RUN = 126;

  /** How it ended. */
  record End(int exitCode, boolean overdue, String errors) {}

  private ScriptProcess() {}

  static End run(Path script, Map<String, String> environment, Duration deadline) {
    ProcessBuilder builder =
        new ProcessBuilder(command(script))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new End(CANNOT_RUN, false, "cannot be run: " + e.getMessage());
    }
    CompletableFuture<String> errors = new CompletableFuture<>();
    Tail tail = new Tail();
    Thread.ofVirtual().start(() -> errors.complete(tail.read(process.getErrorStream())));
    boolean overdue;
    try {
      overdue = !process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      overdue = true;
    }
    if (overdue) {
      kill(process);
    }
    // Something that the script left behind may hold the pipe open; it is not waited for.
    String told =
        errors
            .completeOnTimeout("", LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
            .thenApply(all -> tail.text())
            .join();
    return new End(overdue ? HookRun.STOP : process.exitValue(), overdue, told);
  }

  /** {@code setsid} makes the process group and runs what has no interpreter by the shell. */
  private static List<String> command(Path script) {
    List<String> command = new ArrayList<>(List.of("setsid"));
    if (wantsAbsentPython(script)) {
      command.add("python3");
    }
    command.add(script.toString());
    return command;
  }

  /** Scripts of VDSM 3.4 name {@code /usr/bin/python}, which hosts of today lack. */
  private static boolean wantsAbsentPython(Path script) {
    try (BufferedReader text = Files.newBufferedReader(script, StandardCharsets.ISO_8859_1)) {
      char[] start = new char[128];
      int length = text.read(start);
      if (length < 2 || start[0] != '#' || start[1] != '!') {
        return false;
      }
      String interpreter = new String(start, 2, length - 2).strip().split("\\s", 2)[0];
      return interpreter.endsWith("/python") && !Files.exists(Path.of(interpreter));
    } catch (IOException e) {
      return false;
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> strays = process.descendants().toList();
    try {
      Process killer =
          new ProcessBuilder("/bin/sh", "-c", "kill -KILL -- -" + process.pid())
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (!killer.waitFor(2, TimeUnit.SECONDS)) {
        killer.destroyForcibly();
      }
    } catch (IOException e) {
      log.warn("Cannot kill the process group {}: {}", process.pid(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    strays.forEach(ProcessHandle::destroyForcibly);
  }

  /** The last that was written. */
  private static final class Tail {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    String read(InputStream errors) {
      byte[] buffer = new byte[4096];
      try (errors) {
        for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
          keep(buffer, count);
        }
      } catch (IOException e) {
        log.debug("A script's errors ended: {}", e.toString());
      }
      return "";
    }

    private synchronized void keep(byte[] bytes, int count) {
      kept.write(bytes, 0, count);
      if (kept.size() > 2 * KEPT_BYTES) {
        byte[] all = kept.toByteArray();
        kept.reset();
        kept.write(all, all.length - KEPT_BYTES, KEPT_BYTES);
      }
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8).strip();
    }
  }
}
