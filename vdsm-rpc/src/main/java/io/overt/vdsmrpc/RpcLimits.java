package io.overt.vdsmrpc;

import java.time.Duration;

/**
 * What one end tolerates from its peers, so that a slow or broken one costs a bounded amount of
 * memory and time.
 *
 * @param handshakeTimeout server: from accepting a connection to its CONNECT frame
 * @param frameTimeout from the first to the last byte of one frame
 * @param writeTimeout how long one write may be stuck before the peer is given up
 * @param maxBodyBytes largest body of a frame
 * @param maxHeaderLineBytes longest command or header line
 * @param maxHeaders most headers of a frame
 * @param maxSubscriptions most subscriptions of a connection
 * @param maxConnections server: most open connections, shaken hands or not
 * @param concurrentCalls server: most verbs that run at once
 * @param waitingCalls server: most verbs that wait for their turn; one more is answered with an
 *     error
 * @param maxQueuedFrames most frames waiting for a peer to read them
 * @param maxQueuedBytes most bytes waiting for a peer to read them
 */
public record RpcLimits(
    Duration handshakeTimeout,
    Duration frameTimeout,
    Duration writeTimeout,
    int maxBodyBytes,
    int maxHeaderLineBytes,
    int maxHeaders,
    int maxSubscriptions,
    int maxConnections,
    int concurrentCalls,
    int waitingCalls,
    int maxQueuedFrames,
    long maxQueuedBytes) {

  /** 10 s handshake, 64 MiB bodies, 8 KiB lines, 64 headers, 64 verbs at once and 256 waiting. */
  public static RpcLimits defaults() {
    return new RpcLimits(
        Duration.ofSeconds(10),
        Duration.ofSeconds(120),
        Duration.ofSeconds(60),
        64 << 20,
        8 << 10,
        64,
        64,
        1024,
        64,
        256,
        8192,
        256L << 20);
  }

  /** The same with another bound on verbs that run at once and that wait. */
  public RpcLimits withCalls(int concurrent, int waiting) {
    return new RpcLimits(
        handshakeTimeout,
        frameTimeout,
        writeTimeout,
        maxBodyBytes,
        maxHeaderLineBytes,
        maxHeaders,
        maxSubscriptions,
        maxConnections,
        concurrent,
        waiting,
        maxQueuedFrames,
        maxQueuedBytes);
  }

  /** The same with other bounds on time. */
  public RpcLimits withTimeouts(Duration handshake, Duration frame, Duration write) {
    return new RpcLimits(
        handshake,
        frame,
        write,
        maxBodyBytes,
        maxHeaderLineBytes,
        maxHeaders,
        maxSubscriptions,
        maxConnections,
        concurrentCalls,
        waitingCalls,
        maxQueuedFrames,
        maxQueuedBytes);
  }

  /** The same with other bounds on what one peer may send and leave unread. */
  public RpcLimits withSizes(int bodyBytes, int connections, long queuedBytes) {
    return new RpcLimits(
        handshakeTimeout,
        frameTimeout,
        writeTimeout,
        bodyBytes,
        maxHeaderLineBytes,
        maxHeaders,
        maxSubscriptions,
        connections,
        concurrentCalls,
        waitingCalls,
        maxQueuedFrames,
        queuedBytes);
  }
}
