package io.overt.rest.socket;

import io.overt.model.ApiFault;
import io.overt.rest.http.Endpoint;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.JsonObject;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/** Where clients get a {@link Relay}: a page of this server, or a program that is none. */
public final class SocketDoor implements Endpoint {
  private static final int MOST = 1_000;
  private static final String BINARY = "binary";

  private final Tunnels tunnels;
  private final Semaphore places = new Semaphore(MOST);

  public SocketDoor(Tunnels tunnels) {
    this.tunnels = tunnels;
  }

  /** Answers what is no WebSocket. */
  @Override
  public void serve(Exchange exchange) throws IOException {
    exchange.setHeader("Upgrade", "websocket");
    refuse(exchange, 426, "a WebSocket is expected here");
  }

  /** Whether the request wants to become a WebSocket. */
  public static boolean wanted(Exchange exchange) {
    return exchange.method().equals("GET")
        && "websocket".equalsIgnoreCase(exchange.header("Upgrade"));
  }

  /**
   * Makes the request's connection a relay, or answers why not.
   *
   * @return whether the callback is somebody else's from now on
   */
  public boolean upgrade(Exchange exchange, Request request, Response response, Callback callback)
      throws IOException {
    String origin = exchange.header("Origin");
    if (origin != null && !origin.equalsIgnoreCase(exchange.origin())) {
      refuse(exchange, 403, "a page of " + origin + " may not do this");
      return false;
    }
    if (!places.tryAcquire()) {
      refuse(exchange, 503, "too many consoles are open");
      return false;
    }
    Tunnel tunnel = null;
    boolean upgraded = false;
    try {
      Session.Listener listener;
      try {
        tunnel = tunnels.open(exchange.query());
        listener = new Relay(tunnel, places::release);
      } catch (TunnelRefused e) {
        listener = new Refusal(e, places::release);
      }
      upgraded = upgrade(listener, request, response, callback);
      if (!upgraded) {
        refuse(exchange, 400, "this is no opening of a WebSocket");
      }
      return upgraded;
    } catch (ApiFault e) {
      refuse(exchange, e.category().status(), e.detail() == null ? e.reason() : e.detail());
      return false;
    } finally {
      if (!upgraded) {
        places.release();
        if (tunnel != null) {
          tunnel.close();
        }
      }
    }
  }

  private static boolean upgrade(
      Session.Listener listener, Request request, Response response, Callback callback) {
    ServerWebSocketContainer container = ServerWebSocketContainer.get(request.getContext());
    return container.upgrade(
        (asked, answer, created) -> {
          if (asked.hasSubProtocol(BINARY)) {
            answer.setAcceptedSubProtocol(BINARY);
          }
          return listener;
        },
        request,
        response,
        callback);
  }

  private static void refuse(Exchange exchange, int status, @Nullable String detail)
      throws IOException {
    exchange.setHeader("Connection", "close");
    JsonObject fault = new JsonObject().put("reason", "Operation Failed");
    exchange.answer(
        status, "application/json", fault.put("detail", String.valueOf(detail)).bytes());
  }
}
