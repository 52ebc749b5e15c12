package io.overt.rest.events;

import io.overt.codec.JsonCodec;
import io.overt.model.Call;
import io.overt.model.types.Event;
import io.overt.rest.document.Decoration;
import io.overt.rest.document.View;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.HttpProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML, section 9.2): one message per event, its number as the message's
 * id, the event's JSON as its data. A client that reconnects with {@code Last-Event-ID} misses
 * nothing.
 */
public final class EventStream {
  private static final int BATCH = 200;
  private static final Duration BEAT = Duration.ofSeconds(15);

  private final EventFeed feed;
  private final Semaphore places;
  private final Set<Thread> serving = new HashSet<>();
  private volatile boolean stopping;

  public EventStream(EventFeed feed, int most) {
    this.feed = feed;
    this.places = new Semaphore(most);
  }

  /** Whether the client asks for a stream rather than for a document. */
  public static boolean wanted(Exchange exchange) {
    return exchange.method().equals("GET")
        && exchange.headers("Accept").stream().anyMatch(type -> type.contains("text/event-stream"));
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

  /** Streams until the client leaves or the server stops. */
  public void serve(Exchange exchange, String base, Call caller) throws IOException {
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
        send(output, start(exchange), base, caller);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
      places.release();
    }
  }

  private long start(Exchange exchange) {
    Long known = number(exchange.header("Last-Event-ID"));
    if (known == null) {
      known = number(exchange.query().get("from"));
    }
    return known == null ? feed.newest() : known;
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.strip().matches("[0-9]{1,18}") ? Long.valueOf(text.strip()) : null;
  }

  private void send(OutputStream output, long from, String base, Call caller)
      throws IOException, InterruptedException {
    long index = from;
    while (!stopping) {
      List<Event> events = feed.after(index, BATCH, BEAT, caller);
      if (events.isEmpty()) {
        output.write(": beat\n\n".getBytes(StandardCharsets.UTF_8));
      }
      for (Event event : events) {
        Long number = event.index();
        index = number == null ? index + 1 : number;
        output.write(message(index, event, base));
      }
      output.flush();
    }
  }

  private static byte[] message(long index, Event event, String base) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    JsonCodec.write(
        event, Decoration.ofEntity(View.model(), base, "/events/" + event.id(), event, null), json);
    String data = json.toString(StandardCharsets.UTF_8).strip().replace("\n", "\ndata: ");
    return ("id: " + index + "\nevent: event\ndata: " + data + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
