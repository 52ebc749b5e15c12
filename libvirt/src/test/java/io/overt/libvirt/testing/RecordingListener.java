package io.overt.libvirt.testing;

import io.overt.libvirt.CloseReason;
import io.overt.libvirt.ConnectionListener;
import io.overt.libvirt.DomainEvent;
import io.overt.libvirt.LifecycleDetail;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps what it hears, and waits for what should come. */
public final class RecordingListener implements ConnectionListener {
  private final List<DomainEvent> all = new CopyOnWriteArrayList<>();
  private final BlockingQueue<DomainEvent> fresh = new LinkedBlockingQueue<>();
  private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();

  @Override
  public void event(DomainEvent event) {
    all.add(event);
    fresh.add(event);
  }

  @Override
  public void closed(CloseReason reason) {
    closed.add(reason);
  }

  /** The next event of a type about a domain; those before it are passed over. */
  public <E extends DomainEvent> E await(Class<E> type, UUID domain, Predicate<E> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try {
      while (System.nanoTime() < end) {
        DomainEvent event = fresh.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event != null
            && event.domain().uuid().equals(domain)
            && type.isInstance(event)
            && condition.test(type.cast(event))) {
          return type.cast(event);
        }
      }
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no such " + type.getSimpleName() + " within 60 s, but " + all);
  }

  public DomainEvent.Lifecycle await(UUID domain, LifecycleDetail detail) {
    return await(DomainEvent.Lifecycle.class, domain, event -> event.detail() == detail);
  }

  public CloseReason awaitClose() throws InterruptedException {
    CloseReason reason = closed.poll(60, TimeUnit.SECONDS);
    if (reason == null) {
      throw new AssertionError("the connection did not close within 60 s");
    }
    return reason;
  }
}
