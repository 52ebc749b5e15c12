package io.overt.inventory;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshot that this node shows, and those who wait for the next one. */
final class Published {
  private static final Logger LOG = LoggerFactory.getLogger(Published.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Snapshot> first = new CompletableFuture<>();
  private volatile @Nullable Snapshot snapshot;
  private volatile @Nullable UUID incarnation;

  /** The newest one; waits for the first. */
  Snapshot snapshot() {
    Snapshot known = snapshot;
    return known == null ? awaitFirst() : known;
  }

  private Snapshot awaitFirst() {
    try {
      return first.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The loading failed: who waits for the first snapshot gets this. */
  void fail(RuntimeException failure) {
    if (!first.completeExceptionally(failure)) {
      LOG.warn("A part of the inventory could not be loaded; loading it again", failure);
    }
  }

  @Nullable UUID incarnation() {
    return incarnation;
  }

  /** Shows committed changes; those that are shown already are passed over. */
  void publish(List<ChangeSet> sets) {
    lock.lock();
    try {
      for (ChangeSet set : sets) {
        long shown = snapshot().position();
        if (set.position() <= shown) {
          continue;
        }
        if (set.position() != shown + 1) {
          throw new IllegalStateException("change " + set.position() + " does not follow " + shown);
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
      Snapshot shown = snapshot;
      if (shown != null && from.equals(incarnation) && !isNewer(loaded, shown)) {
        return;
      }
      snapshot = loaded;
      incarnation = from;
      first.complete(loaded);
      subscribers.forEach(subscriber -> subscriber.resync(loaded));
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isNewer(Snapshot loaded, Snapshot shown) {
    return loaded.position() > shown.position()
        || (loaded.position() == shown.position() && shown.broken());
  }

  /** Registers a subscriber; its first change is the one after the returned snapshot. */
  Snapshot add(Subscriber subscriber) {
    awaitFirst();
    lock.lock();
    try {
      subscribers.add(subscriber);
      return snapshot();
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
    if (snapshot().position() >= position) {
      return true;
    }
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (snapshot().position() < position) {
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
