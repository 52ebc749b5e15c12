package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** No answer: the engine cannot be reached, broke off, or is not who it should be. */
public final class Transport extends ApiException {
  private static final long serialVersionUID = 1L;

  Transport(Exchange exchange, String reason, @Nullable Throwable cause) {
    super(exchange, 0, reason, null, cause);
  }
}
