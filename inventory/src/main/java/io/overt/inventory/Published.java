package io.overt.inventory;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The snapshot that this node shows, and those who wait for the next one. */
final class Published {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private volatile Snapshot snapshot = Snapshot.EMPTY;
  private volatile @Nullable UUID incarnation;

  Snapshot snapshot() {
    return snapshot;
  }

  @Nullable UUID incarnation() {
    return incarnation;
  }

  /** Shows committed changes; those that are shown already are passed over. */
  void publish(List<ChangeSet> sets) {
    lock.lock();
    try {
      for (ChangeSet set : sets) {
        if (set.position() <= snapshot.position()) {
          continue;
        }
        if (set.position() != snapshot.position() + 1) {
          throw new IllegalStateException(
              "change " + set.position() + " does not follow " + snapshot.position());
        }
        snapshot = set.snapshot();
        if (!set.changes().isEmpty()) {
          subscribers.forEach(subscriber -> subscriber.offer(set));
        }
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Shows a state that was loaded, unless it is older than what is shown. */
  void replace(Snapshot loaded, UUID from) {
    lock.lock();
    try {
      if (from.equals(incarnation) && loaded.position() <= snapshot.position()) {
        return;
      }
      snapshot = loaded;
      incarnation = from;
      subscribers.forEach(subscriber -> subscriber.resync(loaded));
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Registers a subscriber; its first change is the one after the returned snapshot. */
  Snapshot add(Subscriber subscriber) {
    lock.lock();
    try {
      subscribers.add(subscriber);
      return snapshot;
    } finally {
      lock.unlock();
    }
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  void closeSubscribers() {
    subscribers.forEach(Subscriber::close);
  }

  boolean await(long position, Duration atMost) throws InterruptedException {
    if (snapshot.position() >= position) {
      return true;
    }
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (snapshot.position() < position) {
        if (nanos <= 0) {
          return false;
        }
        nanos = moved.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
