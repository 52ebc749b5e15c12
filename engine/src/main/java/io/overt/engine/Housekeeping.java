package io.overt.engine;

import io.overt.access.session.Sessions;
import io.overt.events.notifier.Notifier;
import io.overt.inventory.Entity;
import io.overt.inventory.Inventory;
import io.overt.inventory.InventoryException;
import io.overt.inventory.Kind;
import io.overt.inventory.Kinds;
import io.overt.model.Struct;
import io.overt.model.types.Event;
import io.overt.model.types.Job;
import io.overt.model.types.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can wait for a quiet moment: makes the inventory's indexes once the first clients are
 * served, and removes what has served its time: ended jobs, old events, expired sessions.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration AFTER_START = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Duration JOBS_KEPT = Duration.ofDays(7);

  /** oVirt: AuditLogAgingThreshold. */
  private static final Duration EVENTS_KEPT = Duration.ofDays(30);

  /** Objects removed in one transaction. */
  private static final int BATCH = 500;

  private final Inventory inventory;
  private final Sessions sessions;
  private final Notifier notifier;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  Housekeeping(Inventory inventory, Sessions sessions, Notifier notifier, Clock clock) {
    this.inventory = inventory;
    this.sessions = sessions;
    this.notifier = notifier;
    this.clock = clock;
  }

  void open() {
    Thread.ofPlatform().daemon().name("housekeeping").start(this::run);
  }

  private void run() {
    try {
      if (!closed.await(AFTER_START.toMillis(), TimeUnit.MILLISECONDS)) {
        prepare();
      }
      while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        sweep();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prepare() {
    try {
      inventory.prepare();
    } catch (RuntimeException e) {
      LOG.warn("a part of the inventory is not ready: {}", e.getMessage());
    }
  }

  /** One round; what fails is tried again in the next one. */
  void sweep() {
    try {
      Instant now = clock.instant();
      remove(Kinds.JOB, job -> ended(job, now.minus(JOBS_KEPT)));
      removeEvents(now.minus(EVENTS_KEPT));
      sessions.sweep();
      notifier.sweep();
    } catch (InventoryException e) {
      LOG.warn("housekeeping is postponed: {}", e.getMessage());
    }
  }

  /** Those that nobody is to hear of any more. */
  private void removeEvents(Instant limit) {
    // The newest come first.
    List<Entity<Event>> events = inventory.snapshot().all(Kinds.EVENT);
    if (!events.isEmpty() && before(events.getLast().value().time(), limit)) {
      Set<Long> awaited = notifier.awaited();
      remove(Kinds.EVENT, event -> before(event.time(), limit) && !awaited.contains(event.index()));
    }
  }

  private static boolean ended(Job job, Instant limit) {
    return job.status() != JobStatus.STARTED && before(job.endTime(), limit);
  }

  private static boolean before(@Nullable Instant time, Instant limit) {
    return time != null && time.isBefore(limit);
  }

  private <T extends Struct> void remove(Kind<T> kind, Predicate<T> old) {
    List<Entity<T>> candidates;
    do {
      candidates =
          inventory.snapshot().all(kind).stream()
              .filter(entity -> old.test(entity.value()))
              .limit(BATCH)
              .toList();
      List<Entity<T>> batch = candidates;
      if (!batch.isEmpty()) {
        inventory.change(transaction -> batch.forEach(transaction::delete));
      }
    } while (candidates.size() == BATCH && closed.getCount() > 0);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
