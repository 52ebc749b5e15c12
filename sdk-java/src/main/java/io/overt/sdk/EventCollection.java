package io.overt.sdk;

import io.overt.sdk.types.Event;

/** The place of events, which can be listened to. */
public abstract class EventCollection extends CollectionService<Event> {
  protected EventCollection(Connection connection, String type, String path) {
    super(connection, type, path, Event::of);
  }

  /** What happens after the event with this index, as it happens. */
  public EventFeed after(long index) {
    return live().after(index);
  }

  /** What happens from now on, as it happens. */
  public EventFeed live() {
    return new EventFeed(connection().events());
  }

  /** The index of the newest event; 0 if there is none. */
  public long newest() {
    return connection().events().newest();
  }
}
