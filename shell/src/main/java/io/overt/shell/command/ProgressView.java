package io.overt.shell.command;

import io.overt.sdk.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A job while it goes on: on a terminal the tree of its steps, redrawn, with a bar; elsewhere a
 * line for each change.
 */
final class ProgressView implements AutoCloseable {
  private static final int BAR = 24;

  private final PrintStream err;
  private final boolean drawn;
  private final boolean silent;
  private final Map<String, String> seen = new HashMap<>();
  private int lines;

  private ProgressView(PrintStream err, boolean drawn, boolean silent) {
    this.err = err;
    this.drawn = drawn;
    this.silent = silent;
  }

  static ProgressView of(Context context) {
    return new ProgressView(context.err(), Terminals.isTerminal(2), context.session().quiet());
  }

  /** Shows how far it is now. */
  synchronized void show(Progress progress) {
    if (silent) {
      return;
    }
    if (drawn) {
      draw(progress);
    } else {
      line(progress.job(), progress.description(), progress.status(), progress.percent());
      plain(progress.steps());
    }
  }

  private void plain(List<Progress.Step> steps) {
    for (Progress.Step step : steps) {
      line(step.id(), step.description(), step.status(), step.percent());
      plain(step.steps());
    }
  }

  private void line(String id, String description, String status, int percent) {
    String state = status.equals("started") && percent > 0 ? status + " " + percent + "%" : status;
    if (!state.equals(seen.put(id, state))) {
      err.println(description + ": " + state);
    }
  }

  private void draw(Progress progress) {
    StringBuilder text = new StringBuilder();
    if (lines > 0) {
      text.append("\033[").append(lines).append("A\r\033[J");
    }
    int before = text.length();
    text.append(mark(progress.status()))
        .append(' ')
        .append(progress.description())
        .append("  ")
        .append(bar(progress.percent()))
        .append('\n');
    tree(progress.steps(), 1, text);
    lines = 0;
    for (int i = before; i < text.length(); i++) {
      lines += text.charAt(i) == '\n' ? 1 : 0;
    }
    err.print(text);
    err.flush();
  }

  private static void tree(List<Progress.Step> steps, int depth, StringBuilder text) {
    for (Progress.Step step : steps) {
      text.repeat("  ", depth).append(mark(step.status())).append(' ').append(step.description());
      if (step.running() && step.percent() > 0) {
        text.append("  ").append(bar(step.percent()));
      }
      text.append('\n');
      tree(step.steps(), depth + 1, text);
    }
  }

  private static String mark(String status) {
    return switch (status) {
      case "finished" -> "\033[32m✔\033[0m";
      case "failed", "aborted" -> "\033[31m✘\033[0m";
      case "started" -> "\033[33m▸\033[0m";
      default -> "·";
    };
  }

  private static String bar(int percent) {
    int full = Math.clamp(percent, 0, 100) * BAR / 100;
    return "[" + "█".repeat(full) + "░".repeat(BAR - full) + "] " + percent + "%";
  }

  @Override
  public synchronized void close() {
    err.flush();
  }
}
