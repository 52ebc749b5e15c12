package io.overt.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Closes connections on which a request began but its headers do not come to an end. An idle
 * timeout alone does not: a byte now and then keeps it away.
 */
final class SlowClients extends AbstractLifeCycle implements Connection.Listener {
  private final Map<HttpConnection, Progress> connections = new ConcurrentHashMap<>();
  private final long patience;
  private volatile boolean watching;

  /**
   * How far a connection was when it was first seen so.
   *
   * @param bytes received when the last request was complete
   * @param since nanosecond clock when more than that arrived; 0 for not yet
   */
  private record Progress(long messages, long bytes, long since) {}

  SlowClients(Duration patience) {
    this.patience = patience.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      connections.put(http, new Progress(0, 0, 0));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      connections.remove(http);
    }
  }

  @Override
  protected void doStart() {
    watching = true;
    Thread.ofVirtual().name("slow-clients").start(this::watch);
  }

  @Override
  protected void doStop() {
    watching = false;
  }

  private void watch() {
    try {
      while (watching) {
        Thread.sleep(Math.clamp(patience / 4_000_000, 50, 1_000));
        long now = System.nanoTime();
        connections.replaceAll((connection, progress) -> look(connection, progress, now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Progress look(HttpConnection connection, Progress last, long now) {
    long messages = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean answering = messages > connection.getMessagesOut();
    if (answering || messages != last.messages()) {
      return new Progress(messages, bytes, 0);
    }
    if (bytes == last.bytes()) {
      return last;
    }
    if (last.since() == 0) {
      return new Progress(messages, last.bytes(), now);
    }
    if (now - last.since() > patience) {
      connection.getEndPoint().close();
    }
    return last;
  }
}
