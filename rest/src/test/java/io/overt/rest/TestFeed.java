package io.overt.rest;

import io.overt.model.Call;
import io.overt.model.types.Event;
import io.overt.rest.events.EventFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Events in memory. */
final class TestFeed implements EventFeed {
  private final List<Event> events = new ArrayList<>();

  synchronized void append(String description) {
    Event event = new Event();
    event.index(events.size() + 1L);
    event.id(String.valueOf(events.size() + 1));
    event.description(description);
    events.add(event);
    notifyAll();
  }

  @Override
  public synchronized long newest() {
    return events.size();
  }

  @Override
  public synchronized List<Event> after(long index, int max, Duration wait, Call caller)
      throws InterruptedException {
    if (events.size() <= index) {
      wait(Math.min(wait.toMillis(), 200));
    }
    return List.copyOf(events.subList((int) Math.min(index, events.size()), events.size()));
  }
}
