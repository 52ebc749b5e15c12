package io.overt.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Shows that time passes: a turning mark on a terminal, a line now and then otherwise. */
final class Progress {
  private static final boolean TERMINAL = isTerminal(2);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final String MARKS = "-\\|/";

  private final String label;
  private final long started = System.nanoTime();
  private Duration nextLine = QUIET;
  private int turn;

  private Progress(String label) {
    this.label = label;
  }

  /** Does something that may take long. */
  static <T> T during(String label, Supplier<T> work) {
    Progress progress = new Progress(label);
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofVirtual().start(task);
    while (true) {
      try {
        T result = task.get(100, TimeUnit.MILLISECONDS);
        progress.finish();
        return result;
      } catch (TimeoutException e) {
        progress.tick("");
      } catch (ExecutionException e) {
        progress.clear();
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("interrupted while: " + label);
      }
    }
  }

  /**
   * Asks until there is an answer.
   *
   * @param state what to show of the way there; asked for at every turn
   * @throws Failure when the deadline has passed
   */
  static <T> T await(
      String label, Duration deadline, Supplier<Optional<T>> question, Supplier<String> state) {
    Progress progress = new Progress(label);
    try {
      while (true) {
        Optional<T> answer = question.get();
        if (answer.isPresent()) {
          progress.finish();
          return answer.get();
        }
        if (progress.elapsed().compareTo(deadline) > 0) {
          throw new Failure(
              label + ": not done after " + deadline.toSeconds() + " s" + state.get());
        }
        progress.tick(state.get());
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted while: " + label);
    } finally {
      progress.clear();
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private void tick(String state) {
    Duration elapsed = elapsed();
    if (TERMINAL) {
      if (elapsed.toMillis() > 300) {
        System.err.printf(
            "\r\033[K%c %s%s %d s",
            MARKS.charAt(turn++ % MARKS.length()), label, state, elapsed.toSeconds());
        System.err.flush();
      }
    } else if (elapsed.compareTo(nextLine) > 0) {
      System.err.printf("%s%s, %d s%n", label, state, elapsed.toSeconds());
      nextLine = elapsed.plus(LINE_EVERY);
    }
  }

  private void finish() {
    clear();
    if (elapsed().compareTo(QUIET) > 0) {
      System.err.printf("%s: done in %.1f s%n", label, elapsed().toMillis() / 1000.0);
    }
  }

  private void clear() {
    if (TERMINAL) {
      System.err.print("\r\033[K");
      System.err.flush();
    }
  }

  /** Whether a file descriptor of this process is a terminal. */
  static boolean isTerminal(int descriptor) {
    try {
      Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
