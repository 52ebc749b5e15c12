package io.overt.vdsmrpc;

/** A stream that is not given, or cannot be had; the message is for whoever asked. */
public final class StreamRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Somebody else has it (RFC 4918). */
  public static final int BUSY = 423;

  /** There is no such stream. */
  public static final int MISSING = 404;

  /** The peer may not have it. */
  public static final int FORBIDDEN = 403;

  private final int status;

  /**
   * @param status of HTTP
   */
  public StreamRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
