package io.overt.vdsmrpc;

/**
 * Hears of peers that come and go; called on the connection's thread, so it must not block long.
 */
public interface PeerListener {
  /** The peer has sent its CONNECT frame and was let in. */
  default void connected(RpcPeer peer) {}

  /** The connection has ended; called once for every {@link #connected}. */
  default void disconnected(RpcPeer peer, String reason) {}

  /** Hears nothing. */
  static PeerListener none() {
    return new PeerListener() {};
  }
}
