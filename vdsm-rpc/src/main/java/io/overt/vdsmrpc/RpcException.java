package io.overt.vdsmrpc;

/**
 * A verb's error, as it goes over the wire in the {@code error} object. A handler throws it to
 * answer with it; a client's call throws it when the peer answered with one.
 */
public class RpcException extends RuntimeException {
  /** The request is no JSON. */
  public static final int PARSE_ERROR = -32700;

  /** The request is JSON, but no JSON-RPC 2.0 request. */
  public static final int INVALID_REQUEST = -32600;

  /** No such verb. */
  public static final int UNKNOWN_METHOD = -32601;

  /** The verb exists, its parameters are wrong. */
  public static final int INVALID_PARAMETERS = -32602;

  /** A fault of the answering side. */
  public static final int INTERNAL_ERROR = -32603;

  /** VDSM's "recovering from crash or initializing": ask again later. */
  public static final int RECOVERING = 99;

  private final int code;

  /** An error with a JSON-RPC code (negative) or a VDSM code (positive). */
  public RpcException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The same with the failure behind it, which stays on this side of the wire. */
  public RpcException(int code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The error's number. */
  public int code() {
    return code;
  }
}
