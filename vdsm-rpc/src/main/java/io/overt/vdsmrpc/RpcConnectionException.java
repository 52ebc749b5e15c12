package io.overt.vdsmrpc;

import org.jspecify.annotations.Nullable;

/** The connection could not be made, or ended before the answer came. */
public final class RpcConnectionException extends RpcTransportException {
  RpcConnectionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
