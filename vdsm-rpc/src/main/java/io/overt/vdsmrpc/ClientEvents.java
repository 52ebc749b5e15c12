package io.overt.vdsmrpc;

import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to the listener in order and off the reading thread, so that a listener may call
 * verbs by the same connection. Bounded: losing one event silently would leave the engine's picture
 * wrong, so a listener too slow ends the connection instead, and the engine reads everything anew.
 */
final class ClientEvents {
  private static final Logger LOG = LoggerFactory.getLogger(ClientEvents.class);
  private static final int MOST_WAITING = 10_000;

  private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final String name;
  private final EventListener listener;
  private final ClosedListener closed;

  private sealed interface Item {
    record Event(String method, Map<String, Object> params) implements Item {}

    record End(RpcConnectionException cause) implements Item {}
  }

  ClientEvents(String name, EventListener listener, ClosedListener closed) {
    this.name = name;
    this.listener = listener;
    this.closed = closed;
    Thread.ofVirtual().name("rpc-events-" + name).start(this::run);
  }

  /** False when the listener is too far behind. */
  boolean add(String method, Map<String, Object> params) {
    return queue.size() < MOST_WAITING && queue.add(new Item.Event(method, params));
  }

  void close(RpcConnectionException cause) {
    queue.add(new Item.End(cause));
  }

  private void run() {
    try {
      while (true) {
        switch (queue.take()) {
          case Item.Event(String method, Map<String, Object> params) -> {
            try {
              listener.event(method, params);
            } catch (RuntimeException fault) {
              LOG.error("The listener failed on event {} of {}", method, name, fault);
            }
          }
          case Item.End(RpcConnectionException cause) -> {
            closed.closed(cause);
            return;
          }
        }
      }
    } catch (InterruptedException interrupted) {
      LOG.warn("Events of {} are no longer handed on", name);
    }
  }
}
