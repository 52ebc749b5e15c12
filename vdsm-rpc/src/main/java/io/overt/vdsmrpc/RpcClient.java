package io.overt.vdsmrpc;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's end: one connection to one agent, shared by any number of threads. Answers are
 * matched by request id, in whatever order they come. The connection is not made again when it
 * ends; its owner hears of the end and decides.
 */
public final class RpcClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcClient.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final String name;
  private final Duration callTimeout;
  private final int maxBodyBytes;
  private final StompConnection stomp;
  private final PeerIdentity identity;
  private final Map<String, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();
  private final ClientEvents events;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Boolean> receipt = new CompletableFuture<>();
  private volatile @Nullable RpcConnectionException ended;

  private sealed interface Answer {
    record Result(@Nullable Object value) implements Answer {}

    record Refusal(int code, String message) implements Answer {}

    record NoAnswer(RpcConnectionException cause) implements Answer {}
  }

  private RpcClient(Builder builder, StompConnection stomp, PeerIdentity identity) {
    this.name = builder.host + ":" + builder.port;
    this.callTimeout = builder.callTimeout;
    this.maxBodyBytes = builder.limits.maxBodyBytes();
    this.stomp = stomp;
    this.identity = identity;
    this.events = new ClientEvents(name, builder.events, builder.closed);
  }

  /** A client of the agent at this host name or address, to be connected. */
  public static Builder builder(String host, int port) {
    return new Builder(host, port);
  }

  /** Calls with the default deadline and no correlation id. */
  public @Nullable Object call(String method, Map<String, ?> params) {
    return call(method, params, null, null);
  }

  /**
   * Calls a verb and waits for its answer.
   *
   * @param method the verb, as "Host.getCapabilities"
   * @param params named parameters, values of {@link Json}
   * @param deadline how long to wait for the answer; null for the client's default (180 s)
   * @param correlationId the flow this call belongs to, for the agent's log; null for none
   * @return the result as the agent sent it, {@code true} for a verb without a result
   * @throws IllegalArgumentException when a parameter has no JSON form or the request is too large
   * @throws RpcException when the agent answered with an error
   * @throws RpcTimeoutException when no answer came in time; the connection stays open
   * @throws RpcConnectionException when the connection has ended or ends while waiting
   */
  public @Nullable Object call(
      String method,
      Map<String, ?> params,
      @Nullable Duration deadline,
      @Nullable String correlationId) {
    Duration wait = deadline == null ? callTimeout : deadline;
    String id = UUID.randomUUID().toString();
    byte[] body = Json.print(Envelope.request(method, params, id));
    if (body.length > maxBodyBytes) {
      throw new IllegalArgumentException(
          "The request for %s has %d bytes, more than %d"
              .formatted(method, body.length, maxBodyBytes));
    }
    var answer = new CompletableFuture<Answer>();
    pending.put(id, answer);
    try {
      if (!stomp.send(frame(body, correlationId))) {
        throw gone("Cannot send " + method + " to " + name);
      }
      RpcConnectionException already = ended;
      if (already != null) {
        // Ended before this call was in the map of those to be told.
        throw again(already, method);
      }
      return switch (answer.get(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        case Answer.Result(Object value) -> value;
        case Answer.Refusal(int code, String message) -> throw new RpcException(code, message);
        case Answer.NoAnswer(RpcConnectionException cause) -> throw again(cause, method);
      };
    } catch (TimeoutException late) {
      throw new RpcTimeoutException("No answer to " + method + " from " + name + " in " + wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RpcConnectionException(
          "Interrupted while waiting for " + method + " of " + name, interrupted);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      pending.remove(id);
    }
  }

  /** Whether calls can still be sent. */
  public boolean isOpen() {
    return ended == null && stomp.reason() == null;
  }

  /** What the agent's certificate proves. */
  public PeerIdentity identity() {
    return identity;
  }

  /** Says DISCONNECT, waits up to two seconds for the receipt, and closes. */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      stomp.send(StompFrame.of(StompFrame.DISCONNECT, "receipt", UUID.randomUUID().toString()));
      try {
        receipt.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException noReceipt) {
        LOG.debug("No receipt for DISCONNECT from {}", name);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      stomp.closeAfterSending(CLOSE_TIMEOUT);
    }
  }

  private StompFrame frame(byte[] body, @Nullable String correlationId) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("destination", Destinations.REQUESTS);
    headers.put("reply-to", Destinations.RESPONSES);
    headers.put("content-type", "application/json");
    if (correlationId != null) {
      headers.put("ovirtCorrelationId", correlationId);
    }
    return new StompFrame(StompFrame.SEND, headers, body);
  }

  private void start() {
    stomp.send(subscription(Destinations.EVENTS));
    stomp.send(subscription(Destinations.RESPONSES));
    Thread.ofVirtual().name("rpc-client-" + name).start(this::read);
  }

  private static StompFrame subscription(String destination) {
    return StompFrame.of(
        StompFrame.SUBSCRIBE,
        "destination",
        destination,
        "ack",
        "auto",
        "id",
        UUID.randomUUID().toString());
  }

  private void read() {
    Throwable cause;
    try {
      for (StompFrame frame = stomp.read(); frame != null; frame = stomp.read()) {
        handle(frame);
      }
      cause = new EOFException("closed by the peer");
    } catch (IOException | RuntimeException failure) {
      cause = failure;
    }
    end(cause);
  }

  private void end(Throwable seen) {
    stomp.end(seen);
    Throwable first = stomp.reason() == null ? seen : stomp.reason();
    var gone =
        new RpcConnectionException(
            "Connection with "
                + name
                + (closing.get() ? " closed by this side" : " ended: " + first.getMessage()),
            first);
    ended = gone;
    receipt.complete(false);
    List<CompletableFuture<Answer>> unanswered = new ArrayList<>(pending.values());
    unanswered.forEach(each -> each.complete(new Answer.NoAnswer(gone)));
    events.close(gone);
  }

  private void handle(StompFrame frame) throws IOException {
    switch (frame.command()) {
      case StompFrame.MESSAGE -> message(frame);
      case StompFrame.RECEIPT -> receipt.complete(true);
      case StompFrame.ERROR ->
          // STOMP ties no ERROR to a call; going on would leave some caller waiting in vain.
          throw new MalformedFrameException("The agent reports: " + errorText(frame));
      default -> throw new MalformedFrameException("A server does not send " + frame.command());
    }
  }

  private static String errorText(StompFrame frame) {
    String message = frame.header("message");
    String text = message == null ? new String(frame.body(), StandardCharsets.UTF_8) : message;
    return text.length() <= 200 ? text : text.substring(0, 200);
  }

  private void message(StompFrame frame) throws IOException {
    Object value;
    try {
      value = Json.parse(frame.body());
    } catch (Json.MalformedJsonException malformed) {
      throw new MalformedFrameException("A message of the agent: " + malformed.getMessage());
    }
    if (value instanceof List<?> batch) {
      for (Object each : batch) {
        member(each);
      }
    } else {
      member(value);
    }
  }

  private void member(@Nullable Object value) throws IOException {
    if (!(value instanceof Map<?, ?> members)) {
      throw new MalformedFrameException("A message of the agent is no JSON object");
    }
    Object id = members.get("id");
    if (id == null && members.get("method") instanceof String method) {
      event(method, members.get("params"));
    } else if (id != null) {
      answer(String.valueOf(id), members);
    } else {
      throw new MalformedFrameException("The agent could not read a request: " + error(members));
    }
  }

  private void event(String method, @Nullable Object params) throws IOException {
    @SuppressWarnings("unchecked") // The parser makes maps with string keys only.
    Map<String, Object> named =
        params instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    if (!events.add(method, named)) {
      throw new IOException("The listener is too slow for the events of " + name);
    }
  }

  private void answer(String id, Map<?, ?> members) {
    CompletableFuture<Answer> waiting = pending.get(id);
    if (waiting == null) {
      LOG.info("Answer of {} to a call that nobody waits for any more", name);
    } else if (members.get("error") != null) {
      waiting.complete(error(members));
    } else {
      waiting.complete(new Answer.Result(members.get("result")));
    }
  }

  private static Answer.Refusal error(Map<?, ?> members) {
    if (members.get("error") instanceof Map<?, ?> error) {
      int code =
          error.get("code") instanceof Number number
              ? number.intValue()
              : RpcException.INTERNAL_ERROR;
      return new Answer.Refusal(code, String.valueOf(error.get("message")));
    }
    return new Answer.Refusal(RpcException.INTERNAL_ERROR, String.valueOf(members.get("error")));
  }

  private RpcConnectionException gone(String what) {
    RpcConnectionException cause = ended;
    Throwable reason = cause == null ? stomp.reason() : cause;
    return new RpcConnectionException(
        what + (reason == null ? "" : ": " + reason.getMessage()), reason);
  }

  /** A new exception for each caller, so that its trace shows the caller. */
  private static RpcConnectionException again(RpcConnectionException cause, String method) {
    return new RpcConnectionException(
        "No answer to " + method + ": " + cause.getMessage(), cause.getCause());
  }

  /** Collects what a connection needs. */
  public static final class Builder {
    private final String host;
    private final int port;
    private @Nullable SSLContext tls;
    private @Nullable String expectedName;
    private @Nullable String stompHost;
    private Duration heartBeat = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(20);
    private Duration callTimeout = Duration.ofMinutes(3);
    private RpcLimits limits = RpcLimits.defaults();
    private EventListener events = (method, params) -> {};
    private ClosedListener closed = cause -> {};

    private Builder(String host, int port) {
      this.host = host;
      this.port = port;
    }

    /** Mutual TLS with this certificate and CA; plain text without it. */
    public Builder tls(SSLContext context) {
      this.tls = context;
      return this;
    }

    /**
     * The name or address that the agent's certificate has to carry; by default none is checked.
     */
    public Builder expectedName(String name) {
      this.expectedName = name;
      return this;
    }

    /** The {@code host} header, for a server that simulates many hosts; by default the host. */
    public Builder stompHost(String name) {
      this.stompHost = name;
      return this;
    }

    /**
     * A silent agent is given up within this time (30 s); heart-beats go both ways at half of it.
     */
    public Builder heartBeat(Duration heartBeat) {
      this.heartBeat = heartBeat;
      return this;
    }

    /** For TCP, TLS and CONNECT together (20 s). */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /** For calls without a deadline of their own (180 s). */
    public Builder callTimeout(Duration timeout) {
      this.callTimeout = timeout;
      return this;
    }

    /** Other limits than {@link RpcLimits#defaults()}. */
    public Builder limits(RpcLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Who hears the agent's events; without one they are dropped. */
    public Builder events(EventListener listener) {
      this.events = listener;
      return this;
    }

    /** Who hears of the connection's end. */
    public Builder closed(ClosedListener listener) {
      this.closed = listener;
      return this;
    }

    /**
     * Connects, shakes hands and subscribes to answers and events.
     *
     * @throws RpcConnectionException when the agent cannot be reached, is not the expected one,
     *     does not accept this side's certificate, or does not answer in time; no listener is
     *     called then
     */
    public RpcClient connect() {
      long due = System.nanoTime() + connectTimeout.toNanos();
      Socket raw = new Socket();
      try (Deadline _ = new Deadline(raw, connectTimeout)) {
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
        raw.connect(new InetSocketAddress(host, port), (int) connectTimeout.toMillis());
        Socket socket = tls == null ? raw : Tls.clientSide(tls, raw, host, expectedName);
        PeerIdentity identity = PeerIdentity.anonymous();
        if (socket instanceof SSLSocket secured) {
          secured.startHandshake();
          identity =
              PeerIdentity.of((X509Certificate) secured.getSession().getPeerCertificates()[0]);
        }
        var stomp = new StompConnection(raw, socket, limits);
        try {
          greet(stomp);
        } catch (IOException | RuntimeException failure) {
          stomp.end(failure);
          throw failure;
        }
        var client = new RpcClient(this, stomp, identity);
        client.start();
        return client;
      } catch (IOException | RuntimeException failure) {
        close(raw, failure);
        String late =
            System.nanoTime() - due >= 0 ? " (no answer within " + connectTimeout + ")" : "";
        throw new RpcConnectionException(
            "Cannot connect to %s:%d%s: %s".formatted(host, port, late, failure.getMessage()),
            failure);
      }
    }

    /**
     * Connects for a stream of bytes instead of verbs.
     *
     * @param path what the agent knows the stream by
     * @param user for whom, as others shall read it
     * @param take whether who has it now is to lose it
     * @throws StreamRefused when the agent does not give it
     * @throws RpcConnectionException when there is no connection in time
     */
    public ByteStream stream(String path, String user, boolean take) {
      Socket raw = new Socket();
      try (Deadline _ = new Deadline(raw, connectTimeout)) {
        raw.connect(new InetSocketAddress(host, port), (int) connectTimeout.toMillis());
        return StreamOpening.open(
            raw,
            tls,
            expectedName == null ? host : expectedName,
            new StreamHandler.Request(PeerIdentity.anonymous(), path, user, take));
      } catch (IOException | RuntimeException failure) {
        close(raw, failure);
        if (failure instanceof StreamRefused refusal) {
          throw refusal;
        }
        throw new RpcConnectionException(
            "Cannot connect to %s:%d: %s".formatted(host, port, failure.getMessage()), failure);
      }
    }

    private void greet(StompConnection stomp) throws IOException {
      long half = heartBeat.toMillis() / 2;
      var asked = new HeartBeat(half, half);
      stomp.send(
          StompFrame.of(
              StompFrame.CONNECT,
              "accept-version",
              "1.2",
              "heart-beat",
              asked.toString(),
              "host",
              stompHost == null ? host : stompHost));
      StompFrame frame = stomp.read();
      if (frame == null) {
        throw new EOFException("closed by the peer before CONNECTED");
      }
      if (!frame.command().equals(StompFrame.CONNECTED)) {
        throw new MalformedFrameException(
            "CONNECTED expected, got " + frame.command() + " " + errorText(frame));
      }
      HeartBeat answered = HeartBeat.parse(frame.headers().getOrDefault("heart-beat", "0,0"));
      stomp.heartBeats(
          answered.wants() == 0 ? 0 : Math.max(half, answered.wants()), answered.sends());
    }

    private static void close(Socket socket, Throwable failure) {
      try {
        socket.close();
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
    }
  }
}
