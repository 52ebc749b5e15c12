package io.overt.rest.socket;

import java.nio.charset.StandardCharsets;

/**
 * A client that may have a tunnel cannot have it now. A browser's page never sees the answer of an
 * opening that failed, so it is told when the WebSocket is closed again.
 */
public final class TunnelRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For the time being there is nothing to connect to. */
  public static final int CONFLICT = 4409;

  /** Somebody else has it, and could be made to leave. */
  public static final int BUSY = 4423;

  /** What a close frame holds besides its code (RFC 6455, 5.5). */
  private static final int MOST_BYTES = 123;

  private final int code;

  /**
   * @param code of the close frame, from 4000 to 4999
   */
  public TunnelRefused(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }

  String reason() {
    String text = String.valueOf(getMessage());
    while (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
    return text;
  }
}
