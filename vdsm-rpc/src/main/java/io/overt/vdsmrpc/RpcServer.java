package io.overt.vdsmrpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's end: listens, shakes hands, hands verbs to a {@link VerbHandler} and sends events. A
 * server costs one listening socket and one virtual thread, a connection two virtual threads, so
 * hundreds of simulated hosts fit in one process; they may also share one server and be told apart
 * by {@link RpcPeer#host()}.
 */
public final class RpcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

  private static final int BACKLOG = 256;
  private static final Duration TAKEN_FOR = Duration.ofSeconds(2);

  private final ServerSocket listener;
  private final @Nullable SSLContext tls;
  private final RpcLimits limits;
  private final PeerListener peers;
  private final VerbThreads threads;
  private final Calls calls;
  private final @Nullable StreamHandler streams;
  private final Map<Long, ServerConnection> connections = new ConcurrentHashMap<>();
  private final Map<Socket, Boolean> sockets = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();

  private RpcServer(Builder builder, VerbHandler handler) throws IOException {
    tls = builder.tls;
    limits = builder.limits;
    peers = builder.peers;
    threads = new VerbThreads(limits);
    calls = new Calls(handler, threads, limits);
    streams = builder.streams;
    listener = listen(builder.address);
    Thread.ofVirtual().name("rpc-accept-" + listener.getLocalPort()).start(this::accept);
  }

  /**
   * A predecessor's socket outlives it for moments where a child process was just being started: it
   * is closed in the child only once the child's program runs.
   */
  private static ServerSocket listen(InetSocketAddress address) throws IOException {
    long due = System.nanoTime() + TAKEN_FOR.toNanos();
    while (true) {
      ServerSocket listener = new ServerSocket();
      try {
        listener.setReuseAddress(true);
        listener.bind(address, BACKLOG);
        return listener;
      } catch (IOException failure) {
        listener.close();
        if (!(failure instanceof BindException) || System.nanoTime() > due) {
          throw failure;
        }
        pause();
      }
    }
  }

  /** A server for these verbs; without further words in plain text on a free loopback port. */
  public static Builder builder(VerbHandler handler) {
    return new Builder(handler);
  }

  /** Where it listens, the port being the real one when any free port was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many peers have connected and not gone. */
  public int peerCount() {
    return connections.size();
  }

  /**
   * Sends an event to every peer that subscribed to {@code jms.queue.events}. Never blocks: a peer
   * that reads too slowly loses its connection, not single events.
   *
   * @param event "|component|operation|id"
   * @param params the event's data, {@code notify_time} included
   * @return how many peers it went to
   */
  public int publish(String event, Map<String, ?> params) {
    return publish(event, params, peer -> true);
  }

  /** Sends an event to those peers only that also pass the filter, as one simulated host's. */
  public int publish(String event, Map<String, ?> params, Predicate<RpcPeer> receivers) {
    return deliver(
        Destinations.EVENTS, Json.print(Envelope.notification(event, params)), receivers);
  }

  private int deliver(String destination, byte[] body, Predicate<RpcPeer> receivers) {
    int delivered = 0;
    for (ServerConnection connection : connections.values()) {
      if (receivers.test(connection.peer()) && connection.deliver(destination, body)) {
        delivered++;
      }
    }
    return delivered;
  }

  /** Closes, giving running verbs and their answers two seconds. */
  @Override
  public void close() {
    close(Duration.ofSeconds(2));
  }

  /** Stops listening, waits for running verbs and unsent answers up to the deadline, and closes. */
  public void close(Duration deadline) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long due = System.nanoTime() + deadline.toNanos();
    closeListener();
    if (!threads.drain(deadline)) {
      LOG.warn("Verbs still run on port {} after {}", listener.getLocalPort(), deadline);
    }
    for (ServerConnection connection : connections.values()) {
      long left = Math.max(50, (due - System.nanoTime()) / 1_000_000);
      connection.stomp().closeAfterSending(Duration.ofMillis(left));
    }
    sockets.keySet().forEach(RpcServer::closeQuietly);
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException failure) {
      LOG.warn("Could not close the listening socket on port {}", port(), failure);
    }
  }

  private void accept() {
    while (!closed.get()) {
      try {
        Socket socket = listener.accept();
        if (open.incrementAndGet() > limits.maxConnections()) {
          open.decrementAndGet();
          LOG.warn("Refused {}: {} connections", socket, limits.maxConnections());
          socket.close();
        } else {
          Thread.ofVirtual()
              .name("rpc-" + socket.getRemoteSocketAddress())
              .start(() -> serve(socket));
        }
      } catch (IOException failure) {
        if (!closed.get()) {
          LOG.error("Cannot accept on port {}", port(), failure);
          pause();
        }
      }
    }
  }

  /** Before it is tried again. */
  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket raw) {
    sockets.put(raw, true);
    try {
      if (closed.get()) {
        return;
      }
      raw.setTcpNoDelay(true);
      raw.setKeepAlive(true);
      Socket socket = tls == null ? raw : shakeHands(raw, tls);
      PeerIdentity identity =
          socket instanceof SSLSocket secured ? identity(secured) : PeerIdentity.anonymous();
      DeadlineInputStream input = new DeadlineInputStream(socket);
      input.phaseStarted(limits.handshakeTimeout());
      if (streams != null && input.peek() == StreamOpening.FIRST) {
        StreamOpening.read(input).serve(raw, socket, input, identity, streams);
      } else {
        serve(new StompConnection(raw, socket, input, limits), raw, identity);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.info("No connection with {}: {}", raw.getRemoteSocketAddress(), String.valueOf(failure));
    } finally {
      closeQuietly(raw);
      sockets.remove(raw);
      open.decrementAndGet();
    }
  }

  private SSLSocket shakeHands(Socket raw, SSLContext context) throws IOException {
    SSLSocket socket = Tls.serverSide(context, raw);
    try (Deadline _ = new Deadline(raw, limits.handshakeTimeout())) {
      socket.startHandshake();
    }
    return socket;
  }

  private static PeerIdentity identity(SSLSocket socket) throws IOException {
    return PeerIdentity.of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
  }

  private void serve(StompConnection stomp, Socket raw, PeerIdentity identity) {
    @Nullable RpcPeer peer = null;
    String reason = "";
    try {
      String host = new Handshake(stomp).accept();
      peer = new RpcPeer(ids.incrementAndGet(), raw.getRemoteSocketAddress(), host, identity);
      var connection =
          new ServerConnection(
              stomp, peer, limits, calls, (to, body) -> deliver(to, body, any -> true) > 0);
      connections.put(peer.id(), connection);
      peers.connected(peer);
      reason = connection.serve();
    } catch (IOException | RuntimeException failure) {
      Throwable first = stomp.reason();
      reason = String.valueOf((first == null ? failure : first).getMessage());
      LOG.info("Connection with {} ended: {}", raw.getRemoteSocketAddress(), reason);
    } finally {
      stomp.end(new IOException(reason));
      if (peer != null) {
        connections.remove(peer.id());
        peers.disconnected(peer, reason);
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // Closing is all that was wanted.
    }
  }

  /** Collects what a server needs. */
  public static final class Builder {
    private final VerbHandler handler;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private @Nullable SSLContext tls;
    private RpcLimits limits = RpcLimits.defaults();
    private PeerListener peers = PeerListener.none();
    private @Nullable StreamHandler streams;

    private Builder(VerbHandler handler) {
      this.handler = handler;
    }

    /** Where to listen; port 0 for any free one. */
    public Builder address(InetSocketAddress address) {
      this.address = address;
      return this;
    }

    /** Mutual TLS: every peer has to show a certificate that this context trusts. */
    public Builder tls(SSLContext context) {
      this.tls = context;
      return this;
    }

    /** Other limits than {@link RpcLimits#defaults()}. */
    public Builder limits(RpcLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Who hears of peers that come and go. */
    public Builder peers(PeerListener listener) {
      this.peers = listener;
      return this;
    }

    /** Who gives streams of bytes, which are asked for on the same port; without one, nobody. */
    public Builder streams(StreamHandler handler) {
      this.streams = handler;
      return this;
    }

    /**
     * Listens from now on.
     *
     * @throws UncheckedIOException when the address cannot be bound
     */
    public RpcServer start() {
      try {
        return new RpcServer(this, handler);
      } catch (IOException failure) {
        throw new UncheckedIOException(
            "Cannot listen on " + address + ": " + failure.getMessage(), failure);
      }
    }
  }
}
