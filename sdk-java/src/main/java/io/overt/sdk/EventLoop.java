package io.overt.sdk;

import io.overt.sdk.document.MalformedDocument;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens until it is closed: to the stream, as often as it breaks, or by polling. */
final class EventLoop implements Subscription {
  /** The engine sends a beat every 15 s. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** What engines say that do not stream. */
  private static final Set<Integer> NO_STREAM = Set.of(400, 404, 405, 406, 415, 501);

  private final Connection connection;
  private final Events events;
  private final Duration pace;
  private final Consumer<Node> consumer;
  private final Consumer<ApiException> failures;
  private volatile long lastIndex;
  private volatile long heard = System.nanoTime();
  private volatile boolean closed;
  private volatile boolean streaming;
  private volatile @Nullable InputStream stream;
  private volatile @Nullable Thread thread;

  EventLoop(
      Connection connection,
      Events events,
      Duration pace,
      Consumer<Node> consumer,
      Consumer<ApiException> failures) {
    this.connection = connection;
    this.events = events;
    this.pace = pace;
    this.consumer = consumer;
    this.failures = failures;
  }

  void start(long index) {
    lastIndex = index;
    thread = Thread.ofVirtual().name("overt-events").start(this::run);
    Thread.ofVirtual().name("overt-events-watch").start(this::watch);
  }

  private void run() {
    try {
      loop();
    } finally {
      // What the consumer throws ends the listening too, and is told as any thread's end is.
      closed = true;
    }
  }

  private void loop() {
    boolean streams = true;
    int failed = 0;
    while (!closed) {
      try {
        if (streams) {
          streams = listen();
          failed = 0;
        } else {
          if (lastIndex == Long.MIN_VALUE) {
            lastIndex = events.newest();
          }
          events.read(lastIndex).forEach(this::deliver);
          failed = 0;
          sleep(pace);
        }
      } catch (ApiException e) {
        if (closed) {
          return;
        }
        failures.accept(e);
        if (e instanceof Unauthorized) {
          connection.forgetToken();
        }
        failed++;
        Duration pause = pace.multipliedBy(Math.min(failed, 15));
        sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      }
    }
  }

  /** Until the stream ends; false if the engine has none. */
  private boolean listen() {
    Exchange exchange = connection.exchange("GET", "events");
    HttpResponse<InputStream> response =
        connection.wire().open(connection.streaming("events", position(), exchange), exchange);
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (NO_STREAM.contains(status) || (status < 300 && !type.startsWith("text/event-stream"))) {
        return false;
      }
      if (status >= 300) {
        throw Faults.of(exchange, new Wire.Answer(status, type, null, body.readAllBytes()));
      }
      stream = body;
      heard = System.nanoTime();
      streaming = true;
      read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
      return true;
    } catch (IOException e) {
      if (closed) {
        return true;
      }
      throw new Transport(exchange, "the stream broke: " + e.getMessage(), e);
    } finally {
      streaming = false;
      stream = null;
    }
  }

  /** Nowhere in particular, until the first event tells where it is. */
  private Map<String, String> position() {
    return lastIndex == Long.MIN_VALUE ? Map.of() : Map.of("from", Long.toString(lastIndex));
  }

  /** Messages (WHATWG HTML, section 9.2): lines of fields, ended by an empty one. */
  private void read(BufferedReader lines) throws IOException {
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
      heard = System.nanoTime();
      if (line.startsWith("data:")) {
        data.append(line.substring("data:".length())).append('\n');
      } else if (line.isEmpty() && !data.isEmpty()) {
        deliver(event(data.toString()));
        data.setLength(0);
      }
    }
  }

  private static Node event(String json) throws IOException {
    try {
      return Node.read(Schema.current().type("event"), json);
    } catch (MalformedDocument e) {
      throw new IOException("an event cannot be read: " + e.getMessage(), e);
    }
  }

  private void deliver(Node event) {
    long index = Events.index(event);
    if (!closed && index > lastIndex) {
      consumer.accept(event);
      lastIndex = index;
    }
  }

  /** A peer that vanished without a word is noticed by its silence. */
  private void watch() {
    while (!closed) {
      sleep(Duration.ofSeconds(5));
      InputStream open = stream;
      if (open != null && System.nanoTime() - heard > SILENCE.toNanos()) {
        close(open);
      }
    }
  }

  private static void close(InputStream open) {
    try {
      open.close();
    } catch (IOException e) {
      // It is closed one way or the other.
      return;
    }
  }

  private void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public long lastIndex() {
    return lastIndex;
  }

  @Override
  public boolean streaming() {
    return streaming;
  }

  @Override
  public void close() {
    closed = true;
    InputStream open = stream;
    if (open != null) {
      close(open);
    }
    Thread running = thread;
    if (running != null && !running.equals(Thread.currentThread())) {
      running.interrupt();
    }
  }
}
