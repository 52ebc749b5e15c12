package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** 401: the engine does not know who asks, or the login was refused. */
public final class Unauthorized extends ApiException {
  private static final long serialVersionUID = 1L;

  Unauthorized(Exchange exchange, int status, String reason, @Nullable String detail) {
    super(exchange, status, reason, detail, null);
  }
}
