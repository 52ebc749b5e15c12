package io.overt.sdk;

import io.overt.sdk.document.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who wait for something that an event mentions it, so that they look at once and need
 * not ask all the time. One stream serves all who wait; there is none long after the last of them.
 */
final class Changes implements AutoCloseable {
  /** How long to wait for an event, when there is a stream and when there is none. */
  private static final Duration WITH_STREAM = Duration.ofSeconds(2);

  private static final Duration WITHOUT = Duration.ofMillis(500);

  /** What an event tells of may be complete only a moment after it: how to look after one. */
  private static final Duration ALERT = Duration.ofMillis(150);

  private static final int LOOKS = 3;
  private static final Duration LINGER = Duration.ofSeconds(20);

  private final Connection connection;
  private final Set<Watch> watches = new CopyOnWriteArraySet<>();
  private @Nullable Subscription subscription;
  private long idle;

  Changes(Connection connection) {
    this.connection = connection;
  }

  /** Looks out for events of an object, or of calls with a correlation id. */
  Watch watch(String... ids) {
    Watch watch = new Watch(this, Set.copyOf(List.of(ids)));
    synchronized (this) {
      watches.add(watch);
      if (subscription == null) {
        EventLoop loop =
            new EventLoop(
                connection, connection.events(), Duration.ofSeconds(2), this::tell, _ -> {});
        subscription = loop;
        // Only what is yet to come matters: the stream begins with that when it is given no index.
        loop.start(Long.MIN_VALUE);
      }
    }
    return watch;
  }

  private void tell(Node event) {
    Set<Object> mentioned = new HashSet<>();
    for (Object value : event.values().values()) {
      if (value instanceof Node node) {
        node.id().ifPresent(mentioned::add);
      }
    }
    event.text("correlation_id").ifPresent(mentioned::add);
    for (Watch watch : watches) {
      if (watch.ids.stream().anyMatch(mentioned::contains)) {
        watch.news.release();
      }
    }
  }

  /** Who waits once mostly waits again soon: the stream stays open for a while. */
  private synchronized void end(Watch watch) {
    watches.remove(watch);
    if (watches.isEmpty()) {
      long mark = ++idle;
      Thread.ofVirtual().name("overt-changes-idle").start(() -> closeAfterLinger(mark));
    }
  }

  private void closeAfterLinger(long mark) {
    try {
      Thread.sleep(LINGER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (mark == idle && watches.isEmpty()) {
        close();
      }
    }
  }

  @Override
  public synchronized void close() {
    Subscription open = subscription;
    subscription = null;
    if (open != null) {
      open.close();
    }
  }

  private synchronized boolean streaming() {
    return subscription != null && subscription.streaming();
  }

  /** Somebody who waits. */
  static final class Watch implements AutoCloseable {
    private final Changes changes;
    private final Set<String> ids;
    private final Semaphore news = new Semaphore(0);
    private int alert;

    private Watch(Changes changes, Set<String> ids) {
      this.changes = changes;
      this.ids = ids;
    }

    /**
     * Waits for an event, or until it is time to look anyway.
     *
     * @param most what is left of the waiter's patience
     */
    void await(Duration most, Exchange exchange) {
      Duration pace = alert > 0 ? ALERT : changes.streaming() ? WITH_STREAM : WITHOUT;
      alert--;
      Duration time = pace.compareTo(most) < 0 ? pace : most;
      try {
        if (news.tryAcquire(time.toMillis() + 1, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
          alert = LOOKS;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Transport(exchange, "the thread was interrupted", e);
      }
    }

    @Override
    public void close() {
      changes.end(this);
    }
  }
}
