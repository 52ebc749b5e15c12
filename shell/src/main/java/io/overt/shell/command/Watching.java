package io.overt.shell.command;

import io.overt.sdk.Subscription;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Shows something again and again: whenever an event says that something happened, and now and then
 * without. A terminal is redrawn, elsewhere each different state follows the last.
 */
final class Watching {
  private static final Duration CALM = Duration.ofMillis(200);
  private static final String CLEAR = "\033[H\033[2J";

  private final Context context;
  private final Duration pace;

  Watching(Context context, Duration pace) {
    this.context = context;
    this.pace = pace;
  }

  /** Until it is interrupted. */
  void run(Consumer<Context> show) {
    Semaphore news = new Semaphore(0);
    try (Subscription _ =
        context.engine().call(connection -> connection.events().subscribe(_ -> news.release()))) {
      String last = null;
      while (true) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (PrintStream output = new PrintStream(shown, false, StandardCharsets.UTF_8)) {
          show.accept(context.writing(output, context.terminal()));
        }
        String text = shown.toString(StandardCharsets.UTF_8);
        if (!text.equals(last)) {
          draw(text, last == null);
          last = text;
        }
        if (news.tryAcquire(pace.toMillis(), TimeUnit.MILLISECONDS)) {
          // Several events of one change come together.
          Thread.sleep(CALM);
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ShellFailure(Status.INTERRUPTED, "Interrupted", e);
    }
  }

  private void draw(String text, boolean first) {
    if (context.terminal()) {
      context.out().print(CLEAR);
    } else if (!first) {
      context.out().println();
    }
    context.out().print(text);
    context.out().flush();
    if (context.out().checkError()) {
      throw new ShellFailure(Status.INTERRUPTED, "Nobody reads the output any more");
    }
  }
}
