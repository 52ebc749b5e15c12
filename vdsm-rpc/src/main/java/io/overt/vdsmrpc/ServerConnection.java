package io.overt.vdsmrpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One peer of the server after its CONNECT frame: its subscriptions, and what its frames mean. The
 * rules are those of VDSM's broker, which VDSM's Python client and the engine's Java client rely
 * on: no ACK, no receipt but for DISCONNECT, every MESSAGE with {@code subscription} and {@code
 * content-length}.
 */
final class ServerConnection {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final StompConnection stomp;
  private final RpcPeer peer;
  private final RpcLimits limits;
  private final Calls calls;
  private final Exchange exchange;
  private final Map<String, String> destinationsById = new ConcurrentHashMap<>();

  /** What a connection reaches beyond itself. */
  interface Exchange {
    /** Delivers to all who subscribed, on any connection; false when nobody did. */
    boolean forward(String destination, byte[] body);
  }

  ServerConnection(
      StompConnection stomp, RpcPeer peer, RpcLimits limits, Calls calls, Exchange exchange) {
    this.stomp = stomp;
    this.peer = peer;
    this.limits = limits;
    this.calls = calls;
    this.exchange = exchange;
  }

  RpcPeer peer() {
    return peer;
  }

  StompConnection stomp() {
    return stomp;
  }

  /** Answers frames until the peer goes; the text says why it ended. */
  String serve() throws IOException {
    for (StompFrame frame = stomp.read(); frame != null; frame = stomp.read()) {
      switch (frame.command()) {
        case StompFrame.SEND -> send(frame);
        case StompFrame.SUBSCRIBE -> subscribe(frame);
        case StompFrame.UNSUBSCRIBE -> unsubscribe(frame);
        case StompFrame.DISCONNECT -> {
          disconnect(frame);
          return "disconnected by the peer";
        }
        default -> throw new MalformedFrameException("A client does not send " + frame.command());
      }
    }
    return "closed by the peer";
  }

  /** Sends a message to every subscription of this peer that covers the destination. */
  boolean deliver(String destination, byte[] body) {
    boolean delivered = false;
    for (Map.Entry<String, String> subscription : destinationsById.entrySet()) {
      if (Destinations.covers(subscription.getValue(), destination)) {
        delivered |= message(destination, subscription.getKey(), body);
      }
    }
    return delivered;
  }

  private void send(StompFrame frame) {
    String destination = frame.header("destination");
    if (destination == null) {
      error("SEND without a destination");
    } else if (Destinations.isForRequests(destination)) {
      // Kept per request, never in a table by request id: ids of two engines may collide.
      String replyTo = frame.header("reply-to");
      calls.start(
          frame.body(),
          peer,
          Optional.ofNullable(frame.header("ovirtCorrelationId")),
          body -> answer(replyTo, body));
    } else if (Destinations.covers(Destinations.EVENTS, destination)
        || !exchange.forward(destination, frame.body())) {
      // Events are this server's own word: a peer may not speak them for it.
      error("Subscription not available");
    }
  }

  private void answer(@Nullable String replyTo, byte[] body) {
    if (replyTo == null) {
      error("SEND of a request without reply-to");
      return;
    }
    List<Map.Entry<String, String>> candidates = new ArrayList<>();
    for (Map.Entry<String, String> subscription : destinationsById.entrySet()) {
      if (Destinations.covers(subscription.getValue(), replyTo)) {
        candidates.add(subscription);
      }
    }
    // One answer for one request, by the narrowest subscription.
    candidates.stream()
        .max((a, b) -> Integer.compare(a.getValue().length(), b.getValue().length()))
        .ifPresentOrElse(
            subscription -> message(replyTo, subscription.getKey(), body),
            () -> error("Subscription not available"));
  }

  private boolean message(String destination, String subscription, byte[] body) {
    return stomp.send(
        StompFrame.withBody(
            StompFrame.MESSAGE,
            body,
            "destination",
            destination,
            "content-type",
            "application/json",
            "subscription",
            subscription));
  }

  private void subscribe(StompFrame frame) {
    String destination = frame.header("destination");
    String id = frame.header("id");
    if (destination == null || id == null) {
      error("SUBSCRIBE needs destination and id");
    } else if (destinationsById.size() >= limits.maxSubscriptions()) {
      error("More than " + limits.maxSubscriptions() + " subscriptions");
    } else if (destinationsById.putIfAbsent(id, destination) != null) {
      error("Subscription id already exists");
    }
  }

  private void unsubscribe(StompFrame frame) {
    String id = frame.header("id");
    if (id == null || destinationsById.remove(id) == null) {
      error("UNSUBSCRIBE of an unknown id");
    }
  }

  private void disconnect(StompFrame frame) throws IOException {
    String receipt = frame.header("receipt");
    destinationsById.clear();
    if (receipt != null) {
      stomp.send(StompFrame.of(StompFrame.RECEIPT, "receipt-id", receipt));
    }
    // Closing with unread input would reset the connection and lose the receipt on its way.
    stomp.deadlines().phaseStarted(LAST_WORDS);
    while (stomp.read() != null) {
      // Nothing counts after DISCONNECT.
    }
  }

  private void error(String message) {
    stomp.send(
        StompFrame.withBody(
            StompFrame.ERROR,
            message.getBytes(StandardCharsets.UTF_8),
            "message",
            message,
            "content-type",
            "text/plain"));
  }
}
