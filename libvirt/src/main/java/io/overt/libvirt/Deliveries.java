package io.overt.libvirt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a connection's events off libvirt's loop and gives them to the listeners, in order. */
final class Deliveries implements Upcalls.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private sealed interface Delivery {}

  private record Happened(DomainEvent event) implements Delivery {}

  private record Closed(CloseReason reason) implements Delivery {}

  private record End() implements Delivery {}

  private final LinkedBlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();

  Deliveries(String uri) {
    Thread.ofVirtual().name("libvirt events of " + uri).start(this::deliver);
  }

  Subscription add(ConnectionListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void event(DomainEvent event) {
    queue.add(new Happened(event));
  }

  @Override
  public void closed(CloseReason reason) {
    queue.add(new Closed(reason));
  }

  void end() {
    queue.add(new End());
  }

  private void deliver() {
    try {
      while (true) {
        // Without a deadline: the end arrives through the queue too.
        Delivery delivery = queue.take();
        if (delivery instanceof End) {
          return;
        }
        listeners.forEach(listener -> give(delivery, listener));
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void give(Delivery delivery, ConnectionListener listener) {
    try {
      switch (delivery) {
        case Happened(DomainEvent event) -> listener.event(event);
        case Closed(CloseReason reason) -> listener.closed(reason);
        case End() -> {}
      }
    } catch (RuntimeException problem) {
      LOG.error("A listener of libvirt events failed", problem);
    }
  }
}
