package io.overt.inventory;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one listener on a thread of its own. When its queue is full everything in it is replaced by
 * one order to resync, so that a slow listener holds up nobody.
 */
final class Subscriber implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

  private sealed interface Message {}

  private record Changed(ChangeSet changes) implements Message {}

  private record Resync(Snapshot snapshot) implements Message {}

  private final ChangeListener listener;
  private final BlockingQueue<Message> queue;
  private final Published published;
  private final Snapshot start;
  private final Thread thread;

  Subscriber(ChangeListener listener, int queueSize, Published published) {
    this.listener = listener;
    this.queue = new ArrayBlockingQueue<>(queueSize);
    this.published = published;
    this.thread = Thread.ofVirtual().name("inventory-subscriber").unstarted(this::run);
    this.start = published.add(this);
    thread.start();
  }

  /** Called in order, under the lock of {@link Published}. */
  void offer(ChangeSet changes) {
    if (!queue.offer(new Changed(changes))) {
      LOG.warn("A listener is {} changes behind and has to resync", queue.size());
      resync(changes.snapshot());
    }
  }

  /** Called in order, under the lock of {@link Published}. */
  void resync(Snapshot snapshot) {
    queue.clear();
    queue.add(new Resync(snapshot));
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        deliver(queue.take());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Message message) {
    try {
      switch (message) {
        case Changed(ChangeSet changes) -> listener.changed(changes);
        case Resync(Snapshot snapshot) -> listener.resync(snapshot);
      }
    } catch (RuntimeException e) {
      LOG.error("A listener failed on {}", message.getClass().getSimpleName(), e);
    }
  }

  @Override
  public Snapshot start() {
    return start;
  }

  @Override
  public void close() {
    published.remove(this);
    thread.interrupt();
  }
}
