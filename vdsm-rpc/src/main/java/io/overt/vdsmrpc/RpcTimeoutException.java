package io.overt.vdsmrpc;

/** The answer did not come before the call's deadline; the connection is still open. */
public final class RpcTimeoutException extends RpcTransportException {
  RpcTimeoutException(String message) {
    super(message, null);
  }
}
