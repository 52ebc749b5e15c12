package io.overt.rest.events;

import io.overt.codec.JsonCodec;
import io.overt.model.Call;
import io.overt.model.types.Event;
import io.overt.rest.document.Decoration;
import io.overt.rest.document.View;
import io.overt.rest.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system's events: one message for each, its number as the message's id, the event's JSON as
 * its data. A client that reconnects with {@code Last-Event-ID} misses nothing.
 */
public final class EventMessages implements MessageSource {
  private static final int BATCH = 200;

  private final EventFeed feed;
  private final String base;
  private final Call caller;
  private long index;

  /** From where the client left off, or from now. */
  public EventMessages(EventFeed feed, Exchange exchange, String base, Call caller) {
    this.feed = feed;
    this.base = base;
    this.caller = caller;
    Long known = number(exchange.header("Last-Event-ID"));
    if (known == null) {
      known = number(exchange.query().get("from"));
    }
    this.index = known == null ? feed.newest() : known;
  }

  /** Whether the client asks for a stream rather than for a document. */
  public static boolean wanted(Exchange exchange) {
    return exchange.method().equals("GET")
        && exchange.headers("Accept").stream().anyMatch(type -> type.contains("text/event-stream"));
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.strip().matches("[0-9]{1,18}") ? Long.valueOf(text.strip()) : null;
  }

  @Override
  public List<Message> next(Duration wait) throws InterruptedException {
    List<Message> messages = new ArrayList<>();
    for (Event event : feed.after(index, BATCH, wait, caller)) {
      Long number = event.index();
      index = number == null ? index + 1 : number;
      messages.add(new Message(Long.toString(index), "event", json(event)));
    }
    return messages;
  }

  private String json(Event event) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      JsonCodec.write(
          event,
          Decoration.ofEntity(View.model(), base, "/events/" + event.id(), event, null),
          json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return json.toString(StandardCharsets.UTF_8).strip();
  }
}
