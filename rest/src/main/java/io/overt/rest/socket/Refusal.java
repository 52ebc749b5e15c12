package io.overt.rest.socket;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a WebSocket with the reason why there is no tunnel for it; public for Jetty. */
public final class Refusal implements Session.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

  private final TunnelRefused why;
  private final Runnable ending;

  Refusal(TunnelRefused why, Runnable ending) {
    this.why = why;
    this.ending = ending;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    session.close(why.code(), why.reason(), Callback.NOOP);
    session.demand();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("the client did not wait for the reason", cause);
  }

  @Override
  public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
    ending.run();
    callback.succeed();
  }
}
