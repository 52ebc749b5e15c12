package io.overt.sdk;

import io.overt.sdk.types.Event;
import java.time.Duration;
import java.util.function.Consumer;

/** Events as they happen. */
public final class EventFeed {
  private final Events events;

  EventFeed(Events events) {
    this.events = events;
  }

  /** Begins with the events that come after the one with this index. */
  public EventFeed after(long index) {
    return new EventFeed(events.after(index));
  }

  /** How often to ask an engine that does not stream. */
  public EventFeed pollEvery(Duration time) {
    return new EventFeed(events.pollEvery(time));
  }

  /** Is told what interrupts the listening, which goes on by itself. */
  public EventFeed onFailure(Consumer<ApiException> listener) {
    return new EventFeed(events.onFailure(listener));
  }

  /**
   * Listens on a thread of its own. The consumer is called with one event after the other; what it
   * throws ends the listening.
   */
  public Subscription subscribe(Consumer<Event> consumer) {
    return events.subscribe(node -> consumer.accept(Event.of(node)));
  }
}
