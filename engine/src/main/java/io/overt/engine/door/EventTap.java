package io.overt.engine.door;

import io.overt.engine.events.Events;
import io.overt.engine.resource.Platform;
import io.overt.inventory.ChangeListener;
import io.overt.inventory.ChangeSet;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.inventory.Snapshot;
import io.overt.model.Call;
import io.overt.model.types.Event;
import io.overt.rest.events.EventFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Events as they come, for streams: nobody polls, the change feed wakes who waits. */
public final class EventTap implements EventFeed, ChangeListener {
  private final Platform platform;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  public EventTap(Platform platform) {
    this.platform = platform;
  }

  /** Begins to listen to the inventory. */
  public void open() {
    platform.inventory().onChange(this);
  }

  @Override
  public long newest() {
    List<Entity<Event>> events = platform.snapshot().all(Kinds.EVENT);
    return events.isEmpty() ? 0 : index(events.getFirst());
  }

  @Override
  public List<Event> after(long index, int max, Duration wait, Call caller)
      throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    long seen = index;
    List<Event> visible = List.of();
    // Events that this caller may not see are no reason to answer, and none to look again.
    while (visible.isEmpty() && System.nanoTime() - end < 0) {
      awaitAfter(seen, end);
      seen = Math.max(seen, newest());
      visible = oldestFirst(index, max, caller);
    }
    return visible;
  }

  private void awaitAfter(long index, long end) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = end - System.nanoTime();
      while (newest() <= index && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Event> oldestFirst(long index, int max, Call call) {
    Snapshot snapshot = platform.snapshot();
    List<Entity<Event>> events = snapshot.all(Kinds.EVENT);
    int first = 0;
    while (first < events.size() && index(events.get(first)) > index) {
      first++;
    }
    List<Event> result = new ArrayList<>();
    for (int at = first - 1; at >= 0 && result.size() < max; at--) {
      Entity<Event> event = events.get(at);
      if (!Events.isDeleted(event)
          && platform.visibility().visible(snapshot, platform.caller(call), event)) {
        result.add(Events.presenter().present(event, snapshot, call));
      }
    }
    return result;
  }

  private static long index(Entity<Event> event) {
    return Objects.requireNonNullElse(event.value().index(), 0L);
  }

  @Override
  public void changed(ChangeSet changes) {
    boolean events =
        changes.changes().stream()
            .anyMatch(change -> change.key().kind().equals(Kinds.EVENT.name()));
    if (events) {
      signal();
    }
  }

  @Override
  public void resync(Snapshot snapshot) {
    signal();
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
