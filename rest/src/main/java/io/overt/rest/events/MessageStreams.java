package io.overt.rest.events;

import io.overt.rest.http.Exchange;
import io.overt.rest.http.HttpProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Server-sent events (WHATWG HTML, section 9.2). A stream lasts until its client leaves, its login
 * ends or the server stops; a silent one has a heartbeat, by which both sides learn of the other's
 * end.
 */
public final class MessageStreams {
  private static final Duration BEAT = Duration.ofSeconds(15);

  /** How long a stream may go on after its login ended. */
  private static final Duration CHECK = Duration.ofSeconds(2);

  private final Semaphore places;
  private final Set<Thread> serving = new HashSet<>();
  private volatile boolean stopping;

  /**
   * No stream yet.
   *
   * @param most streams at once
   */
  public MessageStreams(int most) {
    this.places = new Semaphore(most);
  }

  /** Ends the streams. */
  public void stop() {
    stopping = true;
    synchronized (serving) {
      serving.forEach(Thread::interrupt);
    }
  }

  private void begin() {
    synchronized (serving) {
      serving.add(Thread.currentThread());
    }
  }

  private void end() {
    synchronized (serving) {
      serving.remove(Thread.currentThread());
    }
  }

  /**
   * Streams until the end, and closes the source.
   *
   * @param allowed whether the client's login lasts
   * @throws HttpProblem 503 when there are too many streams
   */
  public void serve(Exchange exchange, MessageSource source, BooleanSupplier allowed)
      throws IOException {
    try (source) {
      if (!places.tryAcquire()) {
        throw new HttpProblem(503, "too many event streams are open");
      }
      begin();
      try {
        exchange.setHeader("Cache-Control", "no-store");
        exchange.setHeader("X-Accel-Buffering", "no");
        try (OutputStream output = exchange.liveStream(200, "text/event-stream")) {
          output.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
          output.flush();
          send(output, source, allowed);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        end();
        places.release();
      }
    }
  }

  private void send(OutputStream output, MessageSource source, BooleanSupplier allowed)
      throws IOException, InterruptedException {
    long said = System.nanoTime();
    long checked = said;
    while (!stopping) {
      boolean silent = true;
      for (Message message : source.next(CHECK)) {
        output.write(message.bytes());
        silent = false;
      }
      long now = System.nanoTime();
      if (silent && now - said >= BEAT.minus(CHECK).toNanos()) {
        output.write(": beat\n\n".getBytes(StandardCharsets.UTF_8));
        silent = false;
      }
      if (!silent) {
        output.flush();
        said = now;
      }
      if (now - checked >= CHECK.toNanos()) {
        if (!allowed.getAsBoolean()) {
          return;
        }
        checked = now;
      }
    }
  }
}
