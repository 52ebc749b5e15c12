package io.overt.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real terminal with a program in it, whose keys are pressed and whose screen is read. */
final class Tmux implements AutoCloseable {
  private final String socket = "overt-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  /** Starts the program in a terminal of 120 columns and 40 lines. */
  Tmux(List<String> command, Map<String, String> environment) {
    List<String> words =
        new ArrayList<>(
            List.of("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", "env", "-i"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    // How the program ended, and what it said then, stay to be read; ctrl-c is for it alone.
    words.addAll(
        List.of("sh", "-c", "trap : INT; \"$@\"; echo \"ended: $?\"; exec sleep 600", "sh"));
    words.addAll(command);
    tmux(words);
  }

  /** Types a text. */
  Tmux type(String text) {
    tmux(List.of("send-keys", "-l", "--", text));
    return this;
  }

  /** Presses keys by their names, such as {@code Enter}, {@code Tab} and {@code C-c}. */
  Tmux press(String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(words);
    return this;
  }

  /** What is on the screen, and what went out of it at its top. */
  String screen() {
    return tmux(List.of("capture-pane", "-p", "-S", "-200")).stripTrailing();
  }

  /** Waits until the screen contains what is looked for. */
  String await(String pattern) {
    return Await.until(
        "the terminal shows " + pattern,
        this::screen,
        screen -> java.util.regex.Pattern.compile(pattern).matcher(screen).find());
  }

  private String tmux(List<String> words) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
    command.addAll(words);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("tmux " + words + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("tmux is needed (package tmux)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tmux(List.of("kill-server"));
  }
}
