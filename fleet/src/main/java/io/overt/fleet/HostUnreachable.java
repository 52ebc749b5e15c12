package io.overt.fleet;

import org.jspecify.annotations.Nullable;

/**
 * There is no connection to the host, or no answer came in time: what was asked may have happened.
 */
public final class HostUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostUnreachable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
