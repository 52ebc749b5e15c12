package io.overt.vdsmrpc;

/** Hears of the end of one connection. */
@FunctionalInterface
public interface ClosedListener {
  /** The connection has ended; called once, after the last event, for a local close as well. */
  void closed(RpcConnectionException cause);
}
