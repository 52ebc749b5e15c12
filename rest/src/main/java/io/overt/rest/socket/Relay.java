package io.overt.rest.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a WebSocket and a tunnel until either ends. Each direction takes the next
 * bytes when the last have left, so that who is slow is waited for and nothing piles up.
 */
public final class Relay implements Session.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int CHUNK = 16 << 10;
  private static final Duration SLOWEST = Duration.ofSeconds(60);

  /** How often a silent client is asked whether it is there. */
  private static final Duration PING = Duration.ofSeconds(30);

  private final Tunnel tunnel;
  private final Runnable ending;
  private volatile boolean ended;
  private volatile @Nullable Session opened;

  Relay(Tunnel tunnel, Runnable ending) {
    this.tunnel = tunnel;
    this.ending = ending;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    opened = session;
    session.setIdleTimeout(PING.multipliedBy(3));
    Thread.ofVirtual().name("relay").start(() -> toClient(session));
    Thread.ofVirtual().name("relay-ping").start(() -> ping(session));
    session.demand();
  }

  private void toClient(Session session) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream input = tunnel.input();
      for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
        send(session, ByteBuffer.wrap(chunk, 0, count));
      }
      session.close(StatusCode.NORMAL, "the console ended", Callback.NOOP);
    } catch (IOException e) {
      LOG.debug("the tunnel broke", e);
      session.close(StatusCode.SERVER_ERROR, "the console broke off", Callback.NOOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private static void send(Session session, ByteBuffer bytes)
      throws IOException, InterruptedException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    session.sendBinary(
        bytes, Callback.from(() -> sent.complete(null), sent::completeExceptionally));
    try {
      sent.get(SLOWEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      session.disconnect();
      throw new IOException("the client takes nothing", e);
    }
  }

  private void ping(Session session) {
    try {
      while (!ended) {
        Thread.sleep(PING);
        session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not on the connection's own thread, which must not wait. */
  @Override
  public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    callback.succeed();
    Session session = session();
    Thread.ofVirtual().name("relay").start(() -> toTunnel(session, bytes));
  }

  private Session session() {
    return Objects.requireNonNull(opened, "the WebSocket is not open yet");
  }

  private void toTunnel(Session session, byte[] bytes) {
    try {
      tunnel.output().write(bytes);
      tunnel.output().flush();
      session.demand();
    } catch (IOException e) {
      LOG.debug("the tunnel broke", e);
      end();
      session.close(StatusCode.SERVER_ERROR, "the console broke off", Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketPartialText(String payload, boolean last) {
    session().close(StatusCode.BAD_DATA, "only binary frames are taken", Callback.NOOP);
    end();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("the WebSocket broke", cause);
    end();
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    end();
    callback.succeed();
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      tunnel.close();
      ending.run();
    }
  }
}
