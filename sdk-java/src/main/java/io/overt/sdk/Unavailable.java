package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** 502, 503 and 504: the engine cannot answer now; a little later it may. */
public final class Unavailable extends ApiException {
  private static final long serialVersionUID = 1L;

  Unavailable(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
  }
}
