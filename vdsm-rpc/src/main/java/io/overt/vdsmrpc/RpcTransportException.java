package io.overt.vdsmrpc;

import org.jspecify.annotations.Nullable;

/**
 * No answer came. Whether the peer carried out the call is unknown, unless the connection was never
 * made.
 */
public abstract sealed class RpcTransportException extends RuntimeException
    permits RpcConnectionException, RpcTimeoutException {
  RpcTransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
